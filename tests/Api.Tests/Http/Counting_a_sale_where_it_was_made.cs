namespace Api.Tests.Http;

/// <summary>A car that was never listed, registered by a station of another place: turnover, prices and histories name
/// the market of its deal, whoever posts the transfer.</summary>
public sealed class Counting_a_sale_where_it_was_made(RunningService running)
{
    [Fact]
    public async Task Wherever_the_station_is()
    {
        var caller = await running.CallerAsync();
        var (here, other) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller, "510703"));
        var station = await other.StationAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var item = await here.RegisterAsync(make: $"Make-{here.Code}");
            var (deal, id) = await here.DealAsync(item);
            await here.SettleAsync(deal, 700);
            await TransferAsync(caller, item, id, station);
            var complaint = new
            {
                tradeId = id,
                topic = "condition",
                occurredAt = Goods.Day,
            };
            (
                await caller.PostAsync(
                    $"{item}/complaints",
                    complaint,
                    null,
                    ("Ledger-Role", "CON"),
                    ("Ledger-Actor", here.Buyer)
                )
            ).Is(201);
        }
        await (await running.StartedAsync()).CaughtUpAsync();
        Assert.Equal([$"2026-01 {here.Code} 510104 3 2100"], await TurnoverAsync(caller, $"market={here.Code}"));
        Assert.Empty(await TurnoverAsync(caller, $"market={other.Code}"));
        var prices = await caller.GetAsync($"/api/v1/market/prices?market={here.Code}&division=510104");
        Assert.Equal(3, (int?)Assert.Single(prices.Is(200).Items)["count"]);
        var transfers = "event=ownership-transferred";
        Assert.Equal(3, await HistoriesAsync(caller, $"market={here.Code}&division=510104&{transfers}"));
        Assert.Equal(0, await HistoriesAsync(caller, $"market={other.Code}&{transfers}"));
        // What belongs to a deal of the market belongs to the market, whoever acts, wherever he is.
        foreach (var matter in (string[])["transfer-submitted", "complaint-filed"])
        {
            Assert.Equal(3, await HistoriesAsync(caller, $"market={here.Code}&event={matter}"));
            Assert.Equal(0, await HistoriesAsync(caller, $"market={other.Code}&event={matter}"));
        }
        var csv = await caller.GetAsync($"/api/v1/market/turnover?market={here.Code}", ("Accept", "text/csv"));
        Assert.Contains($"2026-01,{here.Code},510104,used-car,CNY,3,2100", csv.Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_is_unknown_where_no_desk_made_the_deal()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var station = await stall.StationAsync();
        var make = $"Nowhere-{stall.Code}";
        var item = await stall.RegisterAsync(make: make);
        var deal = (await caller.PostAsync($"{item}/trades", stall.Deal())).Is(201);
        await new MarketClient(caller, "parking-lot").SettleAsync(deal.Location, 700);
        await TransferAsync(caller, item, deal.Id, station);
        await (await running.StartedAsync()).CaughtUpAsync();
        Assert.Empty(await TurnoverAsync(caller, $"market={stall.Code}"));
        var all = await TurnoverAsync(caller, "category=used-car&from=2026-01&to=2026-01");
        Assert.Contains(all, r => r.StartsWith("2026-01 unknown unknown", StringComparison.Ordinal));
        Assert.Equal(
            1,
            (int?)(await caller.GetAsync($"/api/v1/market/prices?make={make}")).Is(200).Items.Single()["count"]
        );
        var province = (await caller.GetAsync("/api/v1/regulator/indicators?within=510000&period=2026-01")).Is(200);
        Assert.True((long)province.Items.First()["unplaced"]! > 0);
        var page = (await caller.GetAsync("/market/turnover?category=used-car&from=2026-01&to=2026-01&lang=en")).Is(
            200
        );
        Assert.Contains("<td>unknown</td>", page.Text, StringComparison.Ordinal);
    }

    static async Task TransferAsync(Caller caller, string item, string deal, string station)
    {
        var transfer = new
        {
            tradeId = deal,
            station,
            toRegion = "510703",
            registeredOn = "2026-01-05",
            occurredAt = Goods.Day,
        };
        await new MarketClient(caller, station).CheckAsync(item, deal, station);
        (await caller.PostAsync($"{item}/transfers", transfer)).Is(201);
    }

    static async Task<List<string>> TurnoverAsync(Caller caller, string filter) =>
        [
            .. (await caller.GetAsync($"/api/v1/market/turnover?{filter}"))
                .Is(200)
                .Items.Select(r =>
                    $"{r["month"]} {r["market"] ?? "unknown"} {r["division"] ?? "unknown"} {r["count"]} {r["totalFen"]}"
                ),
        ];

    static async Task<int> HistoriesAsync(Caller caller, string filter) =>
        (await caller.GetAsync($"/api/v1/regulator/histories?{filter}", ("Ledger-Purpose", "statistics")))
            .Is(200)
            .Items.Count();
}
