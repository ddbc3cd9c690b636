using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>What stands in a market, how long, what stops it; and what the stations do.</summary>
public sealed class Asking_what_stands_here
{
    [Fact]
    public async Task Tells_age_and_blockers_and_forgets_what_is_gone()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var stall = await MarketClient.OpenAsync(caller);
        var old = await stall.RegisterAsync("appliance");
        await stall.ListAsync(old);
        var phone = await stall.RegisterAsync("electronics");
        await stall.ListAsync(phone);
        var gone = await stall.RegisterAsync("appliance");
        var listing = await stall.ListAsync(gone);
        await stall.PostAsync($"{listing.Location}/withdrawals", new { reason = "x", occurredAt = Goods.Day });
        var (deal, _) = await stall.DealAsync(old);
        await stall.PostAsync(
            $"{old}/encumbrances",
            new
            {
                kind = "mortgage",
                holder = Roll.Bank,
                since = "2026-01-01",
                occurredAt = Goods.Day,
            }
        );
        await service.CaughtUpAsync();
        var stock = await StockAsync(caller, stall.Code);
        Assert.Equal(2, stock.Count);
        var (first, second) = (Of(stock, old), Of(stock, phone));
        Assert.Equal(("in-deal", "red"), ((string?)first["life"], (string?)first["age"]));
        Assert.Equal(["encumbered"], first["blockers"]!.AsArray().Select(b => (string?)b));
        Assert.Equal(["data"], second["blockers"]!.AsArray().Select(b => (string?)b));
        Assert.Equal(2, (await StockAsync(caller, stall.Code, "&age=red&blocked=only")).Count);
        var page = (await caller.GetAsync($"/api/v1/market/stock?market={stall.Code}&limit=1")).Is(200).Json;
        var rest = (await caller.GetAsync($"/api/v1/market/stock?market={stall.Code}&cursor={page["next"]}")).Is(200);
        Assert.Single(rest.Items);
        await stall.PostAsync(
            $"{deal}/cancellations",
            new
            {
                by = "buyer",
                reason = "x",
                occurredAt = Goods.Day,
            }
        );
    }

    [Fact]
    public async Task Counts_what_each_station_registered_refused_and_left_open()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var stall = await MarketClient.OpenAsync(caller);
        var station = await stall.StationAsync();
        foreach (
            var (outcome, at) in ((string, string)[])
                [
                    ("register", "2026-01-05T05:00:00Z"),
                    ("register", "2026-01-06T05:00:00Z"),
                    ("refuse", "2026-01-05T06:00:00Z"),
                    ("leave", ""),
                ]
        )
        {
            var car = await stall.RegisterAsync();
            var (deal, id) = await stall.DealAsync(car);
            await stall.SettleAsync(deal, 1_000);
            await stall.PostAsync(
                $"{car}/transfer-submissions",
                new
                {
                    tradeId = id,
                    station,
                    papers = Papers,
                    occurredAt = Goods.Day,
                }
            );
            if (outcome is "register")
            {
                await stall.PostAsync(
                    $"{car}/vehicle-checks",
                    new
                    {
                        vinMatches = true,
                        engineMatches = true,
                        occurredAt = at,
                    },
                    station
                );
                await stall.PostAsync(
                    $"{car}/transfers",
                    new
                    {
                        tradeId = id,
                        station,
                        fromRegion = "510104",
                        toRegion = at.StartsWith("2026-01-06", StringComparison.Ordinal) ? "510302" : "510105",
                        occurredAt = at,
                    }
                );
            }
            else if (outcome is "refuse")
                await stall.PostAsync(
                    $"{car}/transfer-refusals",
                    new
                    {
                        tradeId = id,
                        reason = "登记证书缺页",
                        occurredAt = at,
                    },
                    station
                );
        }
        await service.CaughtUpAsync();
        var row = Assert.Single(
            (await caller.GetAsync($"/api/v1/regulator/stations?station={station}&from=2026-01&to=2026-01"))
                .Is(200)
                .Items
        );
        Assert.Equal(
            (4L, 2L, 1L, 1L, 5_000, 5_000, 180L),
            (
                (long)row["submitted"]!,
                (long)row["registered"]!,
                (long)row["refused"]!,
                (long)row["open"]!,
                (int)row["sameDayBp"]!,
                (int)row["crossCityBp"]!,
                (long)row["medianMinutes"]!
            )
        );
        Assert.Equal("登记证书缺页", (string?)row["reasons"]![0]);
        Assert.Empty((await caller.GetAsync("/api/v1/regulator/stations?from=2030-01")).Is(200).Items);
    }

    static readonly string[] Papers = [Paper.Hash("papers")];

    static async Task<List<JsonNode>> StockAsync(Caller caller, string market, string more = "") =>
        [.. (await caller.GetAsync($"/api/v1/market/stock?market={market}{more}")).Is(200).Items];

    static JsonNode Of(List<JsonNode> stock, string item) =>
        Assert.Single(stock, s => (string?)s["itemId"] == item.Split('/')[^1]);
}
