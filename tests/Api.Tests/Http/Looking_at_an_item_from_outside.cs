using System.Net;
using Api.Pages.Shared;

namespace Api.Tests.Http;

/// <summary>Anybody looks at an item by its tag, or by a link of its owner or its market: no person, no number of the
/// thing (domain.md §5, P1).</summary>
public sealed class Looking_at_an_item_from_outside(RunningService running)
{
    [Fact]
    public async Task By_a_link_that_ends_and_whose_uses_are_counted()
    {
        var caller = await running.CallerAsync();
        var (stall, other) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller));
        var serial = Goods.NewSerial();
        var item = await stall.RegisterAsync("appliance", serial);
        await stall.ListAsync(item);
        async Task<Reply> AskAsync(string path, object body, string role, string actor, string? site = null) =>
            await caller.PostAsync(
                $"{item}/public-links{path}",
                body,
                null,
                [("Ledger-Role", role), ("Ledger-Actor", actor), .. site is null ? [] : new[] { ("Ledger-Site", site) }]
            );
        (await AskAsync("", new { }, "CLK", "clerk", other.Code)).Refuses(403, "not-the-keeper");
        (await AskAsync("", new { }, "CON", Goods.NewParty(stall.Code))).Refuses(403, "not-the-keeper");
        (await AskAsync("", new { days = 31 }, "CON", stall.Owner)).Refuses(422, "value-out-of-range");
        var links = new[]
        {
            (await AskAsync("", new { days = 3 }, "CON", stall.Owner)).Is(201),
            (await AskAsync("", new { }, "CLK", "clerk", stall.Code)).Is(201),
        };
        foreach (var link in links)
        {
            var seen = (await caller.GetAsync(link.Location)).Is(200);
            Assert.Equal("appliance", (string?)seen.Json["category"]);
            Assert.Equal(stall.Code, (string?)seen.Json["listings"]![0]!["market"]);
            var page = (await caller.GetAsync((string)link.Json["address"]!)).Is(200);
            foreach (var text in new[] { seen.Text, WebUtility.HtmlDecode(page.Text) })
            {
                Assert.DoesNotContain(serial.Split('/')[1], text, StringComparison.Ordinal);
                Assert.DoesNotContain(stall.Owner.Split('/')[1], text, StringComparison.Ordinal);
            }
        }
        // Neither its key nor its number leads there.
        foreach (var code in (string[])["x", serial, serial.Split('/')[1], links[0].Id, new string('a', 43)])
            (await caller.GetAsync($"/api/v1/public/items/{Uri.EscapeDataString(code)}")).Refuses(
                404,
                "public-code-not-found"
            );
        var path = $"/{links[0].Id}/revocations";
        (await AskAsync(path, new { }, "CLK", "clerk", other.Code)).Refuses(403, "not-the-keeper");
        (await AskAsync("/00000000-0000-8000-8000-000000000000/revocations", new { }, "CON", stall.Owner)).Refuses(
            404,
            "link-not-found"
        );
        (await AskAsync(path, new { }, "CON", stall.Owner)).Is(201);
        (await caller.GetAsync(links[0].Location)).Refuses(404, "public-code-not-found");
        (await caller.GetAsync((string)links[0].Json["address"]!)).Is(404);
        (await caller.GetAsync(links[1].Location)).Is(200);
        var told = (await caller.GetAsync($"{item}/public-links")).Is(200).Items.ToList();
        Assert.Equal([3, 2], told.Select(l => (int)l["uses"]!));
        Assert.Equal([true, false], told.Select(l => l["revokedAt"] is null));
        Assert.DoesNotContain(told, l => l.AsObject().ContainsKey("token"));
    }

    [Fact]
    public async Task By_the_tag_that_stands_on_it()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        var tag = new Fuzz.Chance(7_001).Tag();
        await stall.PostAsync(
            $"{item}/tags",
            new
            {
                tag,
                medium = "qr",
                occurredAt = Goods.Day,
            }
        );
        foreach (var code in (string[])[tag, $"tag:{tag}", tag.ToLowerInvariant()])
            (await caller.GetAsync($"/api/v1/public/items/{Uri.EscapeDataString(code)}")).Is(200);
        (await caller.GetAsync($"/public/items/{tag}?lang=en")).Is(200);
    }

    /// <summary>Every word of the enumerations that pages show has a text in both languages.</summary>
    [Fact]
    public void Every_word_has_a_text()
    {
        foreach (var texts in WireTexts.All)
        foreach (var value in Enum.GetValuesAsUnderlyingType(texts.Of))
        {
            var word = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(Enum.GetName(texts.Of, value)!);
            Assert.True(texts.Texts.ContainsKey(word), $"{texts.Of.Name}: {word}");
            Assert.NotEqual(word, texts.Say(word, chinese: true));
        }
    }
}
