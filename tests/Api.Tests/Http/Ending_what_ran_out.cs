using Support;

namespace Api.Tests.Http;

/// <summary>What turns by the calendar alone is found by the service itself, also after days that were
/// missed.</summary>
public sealed class Ending_what_ran_out
{
    [Fact]
    public async Task Ends_a_listing_with_the_day_after_its_last()
    {
        var connection = await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        string listing,
            item;
        await using (var before = await TestService.StartAsync(connection: connection))
        {
            var stall = await Stall.OpenAsync(new(before.Client));
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
        var caller = new Caller(after.Client);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        System.Text.Json.Nodes.JsonNode? ended = null;
        while (ended is null)
        {
            await tick.WaitForNextTickAsync(patience.Token);
            ended = (await caller.GetAsync($"{item}/history"))
                .Is(200)
                .Items.SingleOrDefault(e => (string?)e["type"] == "listing-expired.v1");
        }
        Assert.Equal(
            (listing, "2026-01-11", "2026-01-10T16:00:00.000Z"),
            ((string?)ended["facts"]!["listingId"], (string?)ended["facts"]!["expiredOn"], (string?)ended["occurredAt"])
        );
    }
}
