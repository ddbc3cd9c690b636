using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Support;

namespace Api.Tests.Pages;

public sealed partial class Using_the_keyboard(Browser browser)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/market/listings")]
    [InlineData("/market/turnover")]
    [InlineData("/market/prices")]
    [InlineData("/market/media")]
    [InlineData("/regulator/alerts")]
    [InlineData("/regulator/accesses")]
    [InlineData("/regulator/stations")]
    [InlineData("/regulator/register")]
    [InlineData("/market/stock")]
    [InlineData("/regulator/indicators")]
    [InlineData("/exporter/batches")]
    [InlineData("/regulator/histories")]
    [InlineData("/problems/encumbered")]
    [InlineData("/nothing/here")]
    public async Task Tab_reaches_the_skip_link_first(string path)
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        await tab.GoAsync(path);
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("跳到正文", await tab.Page.InnerTextAsync(":focus"));
        var box = (await tab.Page.Locator(":focus").BoundingBoxAsync())!;
        Assert.True(box is { X: >= 0, Y: >= 0, Height: > 10 }, "The skip link is not seen when it has the focus.");
        await tab.Page.Keyboard.PressAsync("Enter");
        // The browser follows the link when it comes to it: the key's answer does not wait for that.
        await tab.Page.WaitForFunctionAsync("() => document.activeElement.id === 'main'");
        Assert.Equal("#main", await tab.Page.EvaluateAsync<string>("() => location.hash"));
    }

    [Fact]
    public async Task Enter_finds_an_item()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open, script: false);
        await tab.GoAsync("/");
        await tab.Page.FocusAsync("#id");
        await tab.Page.Keyboard.TypeAsync($" {open.Car.ToLowerInvariant()} ");
        await SubmitAsync(tab);
        Assert.Contains("大众 M1", await tab.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/market/listings", "market")]
    [InlineData("/market/turnover", "market")]
    [InlineData("/regulator/histories", "party")]
    public async Task Enter_filters_a_list_and_keeps_what_was_asked(string path, string field)
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        await tab.GoAsync(path);
        var value = field == "market" ? open.Stall.Code : open.Stall.Buyer;
        // A query that is recorded says who asks, why and under which law.
        if (await tab.Page.Locator("#purpose").CountAsync() > 0)
        {
            await tab.Page.FillAsync("#actor", Roll.CodeOf("REG")!);
            await tab.Page.SelectOptionAsync("#role", "REG");
            await tab.Page.SelectOptionAsync("#purpose", "inspection");
            await tab.Page.FillAsync("#basis", "二手车流通管理办法第三十三条");
        }
        await tab.Page.FocusAsync($"#{field}");
        await tab.Page.Keyboard.TypeAsync(value);
        await SubmitAsync(tab);
        Assert.Equal(value, await tab.Page.InputValueAsync($"#{field}"));
        Assert.True(await tab.Page.Locator("tbody tr").CountAsync() > 0);
        Assert.Empty(tab.Faults);
    }

    static async Task SubmitAsync(Tab tab)
    {
        // Waiting begins before the key, and ends with the new page's first byte: nothing can come in between.
        var arrived = tab.Page.WaitForURLAsync(Asked(), new() { WaitUntil = WaitUntilState.Commit });
        await tab.Page.Keyboard.PressAsync("Enter");
        await arrived;
        await tab.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    [GeneratedRegex(@"/items/|\?")]
    private static partial Regex Asked();
}
