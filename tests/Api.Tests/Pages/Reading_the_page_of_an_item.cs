using System.Text.Json.Nodes;
using Api.Pages.Shared;

namespace Api.Tests.Pages;

public sealed class Reading_the_page_of_an_item(Browser browser)
{
    [Theory]
    [InlineData("")]
    [InlineData("?asOf=2026-01-05")]
    public async Task It_shows_the_history_event_by_event(string query)
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        var told = (await open.Caller.GetAsync($"/api/v1/items/{open.Car}/history{query}")).Is(200);
        await tab.GoAsync($"/items/{open.Car}{query}");
        var shown = await tab.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('ol.timeline > li')].map(li => li.id)"
        );
        Assert.NotEmpty(shown);
        Assert.Equal(told.Items.Select(e => (string?)e["eventId"]), shown);
        var types = await tab.Page.Locator("ol.timeline > li h3 code").AllInnerTextsAsync();
        Assert.Equal(told.Items.Select(e => (string?)e["type"]), types);
    }

    [Fact]
    public async Task It_shows_every_fact_of_an_event()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        var told = (await open.Caller.GetAsync($"/api/v1/items/{open.Car}/history")).Is(200);
        await tab.GoAsync($"/items/{open.Car}");
        foreach (var e in told.Items)
        {
            var text = await tab.Page.Locator($"li[id='{e["eventId"]}']").InnerTextAsync();
            foreach (var (name, value) in e["facts"]!.AsObject())
            {
                Assert.Contains(FactWords.Of(name, chinese: true), text, StringComparison.Ordinal);
                // Categories are shown by their name; everything else as it is on the wire.
                if (name != "category" && value is JsonValue v && v.TryGetValue<string>(out var word))
                    Assert.Contains(word, text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task It_says_what_stands_now()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        await tab.GoAsync($"/items/{open.Car}?lang=en");
        var text = await tab.TextAsync();
        foreach (var word in (string[])[open.Car, open.Stall.Buyer, "52,300 km", "accident"])
            Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_a_name_is_text()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        var odd = $"/items/{open.Odd.Split('/')[^1]}";
        foreach (var path in (string[])[odd, "/market/listings", $"/regulator/histories?{Reading_a_page.Why}"])
        {
            await tab.GoAsync(path);
            Assert.Contains(
                Browser.OddMake,
                await tab.Page.Locator("main").TextContentAsync(),
                StringComparison.Ordinal
            );
            Assert.NotEqual("stolen", await tab.Page.TitleAsync());
            Assert.Equal(0, await tab.Page.Locator("script").CountAsync());
            Assert.Empty(tab.Faults);
        }
        // The turned text stays inside its own box: every place of it is isolated.
        await tab.GoAsync(odd);
        var loose = await tab.Page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('main *')].filter(e =>
              [...e.childNodes].some(n => n.nodeType === 3 && n.data.includes('\u202e')) && !e.closest('bdi')).length
            """
        );
        Assert.Equal(0, loose);
        // Nor does it turn what stands beside it: make and model each have their own.
        var shared = await tab.Page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('bdi')].filter(b =>
              b.textContent.includes('\u202e') && b.textContent.includes('M1')).length
            """
        );
        Assert.Equal(0, shared);
    }
}
