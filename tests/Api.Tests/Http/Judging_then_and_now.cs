using System.Text.Json.Nodes;

namespace Api.Tests.Http;

/// <summary>An item as of a time, judged under the law of that time and of another.</summary>
public sealed class Judging_then_and_now(RunningService running)
{
    [Fact]
    public async Task Shows_what_the_flip_day_of_the_wipe_standard_changes()
    {
        var caller = await running.CallerAsync();
        var phone = await (await MarketClient.OpenAsync(caller)).RegisterAsync("electronics");
        var verdicts = (await caller.GetAsync($"{phone}/verdicts?asOf=2026-12-31T15:59:59.999Z&law=2027-01-01"))
            .Is(200)
            .Items;
        var gate = Of(verdicts, "list-item", "wipe-gate-resale");
        Assert.Equal(
            ("hit", "warn", "hit", "block", true),
            (
                (string?)gate["then"],
                (string?)gate["thenSeverity"],
                (string?)gate["now"],
                (string?)gate["nowSeverity"],
                (bool?)gate["differs"]
            )
        );
        Assert.Equal("GB 46864-2025", (string?)gate["citation"]);
    }

    [Fact]
    public async Task Says_the_first_day_on_which_it_changes()
    {
        var caller = await running.CallerAsync();
        var taxi = (
            await caller.PostAsync(
                "/api/v1/items",
                new
                {
                    category = "used-car",
                    identifiers = new[] { Goods.NewVin() },
                    firstRegistered = "2019-03-15",
                    scrapCategory = "taxi-small",
                    occurredAt = Goods.Day,
                }
            )
        ).Is(201).Location;
        var verdicts = (await caller.GetAsync($"{taxi}/verdicts?asOf=2026-01-05&law=2026-03-15")).Is(200).Items;
        var freeze = Of(verdicts, "transfer", "scrap-last-year-freeze");
        Assert.Equal(("pass", "hit"), ((string?)freeze["then"], (string?)freeze["now"]));
        // From the limit itself another rule speaks.
        Assert.Equal("2027-03-15", (string?)freeze["firstDay"]);
    }

    [Fact]
    public async Task Knows_no_item_before_its_first_fact()
    {
        var caller = await running.CallerAsync();
        var item = await (await MarketClient.OpenAsync(caller)).RegisterAsync();
        (await caller.GetAsync($"{item}/verdicts?asOf=2020-01-01")).Refuses(404, "item-not-found");
        (await caller.GetAsync($"{item}/verdicts?law=tomorrow")).Is(400);
    }

    static JsonNode Of(IEnumerable<JsonNode> verdicts, string act, string rule) =>
        Assert.Single(verdicts, v => (string?)v["act"] == act && (string?)v["ruleId"] == rule);
}
