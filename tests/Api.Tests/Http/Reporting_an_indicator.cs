using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>The plan's figures: signed baseline and target, counts by place, a report that keeps its figures.</summary>
public sealed class Reporting_an_indicator
{
    const string County = "510104";

    [Fact]
    public async Task Counts_by_place_against_its_target_and_shows_what_came_later()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var stall = await MarketClient.OpenAsync(caller, County);
        await SellAsync(stall, "2025-03-05T02:00:00Z");
        await SellAsync(stall, "2025-04-05T02:00:00Z");
        var baseline = new
        {
            region = "510000",
            year = 2023,
            value = 2,
            source = Paper.Hash("doc"),
        };
        var indicator = "/api/v1/indicators/used-car-trade";
        (await caller.PostAsync($"{indicator}/baselines", baseline)).Refuses(422, "counter-signature-missing");
        (await TwoAsync(caller, $"{indicator}/baselines", baseline)).Is(201);
        (await TwoAsync(caller, $"{indicator}/baselines", baseline)).Is(200);
        (
            await TwoAsync(
                caller,
                $"{indicator}/baselines",
                new
                {
                    region = "510000",
                    year = 2023,
                    value = 3,
                    source = Paper.Hash("doc"),
                }
            )
        ).Refuses(409, "baseline-exists");
        (
            await TwoAsync(
                caller,
                $"{indicator}/targets",
                new
                {
                    region = "510000",
                    targetYear = 2027,
                    growthBp = 5_000,
                }
            )
        ).Is(201);
        await service.CaughtUpAsync();
        var province = await FigureAsync(caller, "510000");
        Assert.Equal(
            (2L, 2L, 3L, 6_666, 2_247),
            (
                (long)province["count"]!,
                (long)province["baseline"]!,
                (long)province["target"]!,
                (int)province["shareBp"]!,
                (int)province["neededGrowthBp"]!
            )
        );
        (await TwoAsync(caller, $"{indicator}/reports", new { period = "2025" })).Is(201);
        (await TwoAsync(caller, $"{indicator}/reports", new { period = "2025" })).Refuses(409, "already-frozen");
        (await TwoAsync(caller, $"{indicator}/reports", new { period = "9999" })).Refuses(409, "period-still-open");
        await SellAsync(stall, "2025-05-05T02:00:00Z");
        await service.CaughtUpAsync();
        var later = await FigureAsync(caller, "510100");
        Assert.Equal((3L, 2L, 1L), ((long)later["count"]!, (long)later["frozen"]!, (long)later["restated"]!));
        (await caller.GetAsync("/api/v1/regulator/indicators?period=soon")).Is(400);
        // A target out of all proportion is shown as far as a figure goes.
        var vast = new
        {
            region = "510100",
            year = 2023,
            value = 9_000_000_000_000,
            source = Paper.Hash("doc"),
        };
        (await TwoAsync(caller, $"{indicator}/baselines", vast)).Is(201);
        var growth = new
        {
            region = "510100",
            targetYear = 2026,
            growthBp = 1_000_000,
        };
        (await TwoAsync(caller, $"{indicator}/targets", growth)).Is(201);
        Assert.Equal(int.MaxValue, (int)(await FigureAsync(caller, "510100"))["neededGrowthBp"]!);
        (await TwoAsync(caller, "/api/v1/indicators/happiness/reports", new { period = "2025" })).Refuses(
            422,
            "indicator-unknown"
        );
    }

    static async Task<JsonNode> FigureAsync(Caller caller, string region) =>
        Assert.Single(
            (await caller.GetAsync("/api/v1/regulator/indicators?period=2025")).Is(200).Items,
            i => (string?)i["region"] == region
        );

    static Task<Reply> TwoAsync(Caller caller, string path, object body) =>
        caller.PostAsync(path, body, null, ("Ledger-Second-Actor", "officer-2"));

    static async Task SellAsync(MarketClient stall, string at)
    {
        var car = await stall.RegisterAsync(at: at);
        var (deal, id) = await stall.DealAsync(car, at);
        await stall.SettleAsync(deal, 1_000, at);
        await stall.RegisterTransferAsync(car, id, at: at);
    }
}
