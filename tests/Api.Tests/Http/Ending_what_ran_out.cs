using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>What turns by the calendar alone is found by the service itself, also after days that were
/// missed.</summary>
public sealed class Ending_what_ran_out
{
    [Fact]
    public async Task Ends_a_listing_with_the_day_after_its_last()
    {
        var connection = await TestLedger.NewAsync();
        string listing,
            item;
        await using (var before = await TestService.StartAsync(connection: connection))
        {
            var stall = await MarketClient.OpenAsync(new(before.Client));
            item = await stall.RegisterAsync("appliance");
            listing = (
                await stall.PostAsync(
                    $"{item}/listings",
                    new
                    {
                        market = stall.Code,
                        askFen = 1_000,
                        endsOn = "2026-01-10",
                        occurredAt = Goods.Day,
                    }
                )
            ).Id;
            await before.CaughtUpAsync();
        }
        await using var after = await TestService.StartAsync(connection: connection);
        var ended = await FoundAsync(new(after.Client), item, "listing-expired.v1");
        Assert.Equal(
            (listing, "2026-01-11", "2026-01-10T16:00:00.000Z"),
            ((string?)ended["facts"]!["listingId"], (string?)ended["facts"]!["expiredOn"], (string?)ended["occurredAt"])
        );
    }

    [Fact]
    public async Task Notes_a_scrap_limit_that_has_come_and_tells_the_regulator()
    {
        var connection = await TestLedger.NewAsync();
        string taxi;
        await using (var before = await TestService.StartAsync(connection: connection))
        {
            var stall = await MarketClient.OpenAsync(new(before.Client));
            taxi = (
                await stall.PostAsync(
                    "/api/v1/items",
                    new
                    {
                        category = "used-car",
                        identifiers = new[] { Goods.NewVin() },
                        firstRegistered = "2017-06-30",
                        scrapCategory = "taxi-small",
                        occurredAt = Goods.Day,
                    }
                )
            ).Location;
            await before.CaughtUpAsync();
        }
        await using var after = await TestService.StartAsync(connection: connection);
        var caller = new Caller(after.Client);
        var reached = await FoundAsync(caller, taxi, "scrap-limit-reached.v1");
        // Its day was over before the ledger knew the car.
        Assert.Equal(
            ("2025-06-30", "scrap-years", "2026-01-05T02:00:00.000Z"),
            (
                (string?)reached["facts"]!["limitDate"],
                (string?)reached["facts"]!["ruleId"],
                (string?)reached["occurredAt"]
            )
        );
        await after.CaughtUpAsync();
        var alert = Assert.Single((await caller.GetAsync("/api/v1/regulator/alerts?kind=scrap-limit")).Is(200).Items);
        Assert.Equal((string?)reached["eventId"], (string?)alert["eventId"]);
    }

    static Task<JsonNode> FoundAsync(Caller caller, string item, string type) =>
        Patience.FoundAsync(async () =>
            (await caller.GetAsync($"{item}/history")).Is(200).Items.SingleOrDefault(e => (string?)e["type"] == type)
        );
}
