namespace Api.Tests.Pages;

/// <summary>For a person to look at: run explicitly (<c>-explicit only</c>), into a folder of the machine.</summary>
public sealed class Taking_pictures(Browser browser)
{
    [Theory(Explicit = true)]
    [InlineData("home", "/", 1280)]
    [InlineData("home-en", "/?lang=en", 1280)]
    [InlineData("item", "/items/{car}", 1280)]
    [InlineData("item-narrow", "/items/{car}", 390)]
    [InlineData("item-odd", "/items/{odd}", 1280)]
    [InlineData("item-missing", "/items/vin:LSVAM4187C2184847", 1280)]
    [InlineData("listings", "/market/listings", 1280)]
    [InlineData("listings-narrow", "/market/listings", 390)]
    [InlineData("turnover", "/market/turnover", 1280)]
    [InlineData("regulator", "/regulator/histories", 1280)]
    [InlineData("problem", "/problems/encumbered", 1280)]
    [InlineData("not-found", "/nothing/here", 1280)]
    [InlineData("docs", "/docs", 1280)]
    public async Task Of_each_page(string name, string path, int width)
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open, width: width);
        await tab.GoAsync(
            path.Replace("{car}", open.Car, StringComparison.Ordinal)
                .Replace("{odd}", open.Odd.Split('/')[^1], StringComparison.Ordinal)
        );
        var file = Path.Combine(Path.GetTempPath(), "shots", $"{name}.png");
        await tab.Page.ScreenshotAsync(new() { Path = file, FullPage = width == 390 });
        Assert.True(new FileInfo(file).Length > 1_000);
    }
}
