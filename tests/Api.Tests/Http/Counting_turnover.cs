namespace Api.Tests.Http;

public sealed class Counting_turnover(RunningService running)
{
    [Fact]
    public async Task It_agrees_with_a_sum_by_hand()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        foreach (var fen in (long[])[900, 100, 300])
            await stall.SellAsync(fen, "2026-01-15T02:00:00Z");
        // The last second of January and the first of February, in Shanghai.
        await stall.SellAsync(1_000, "2026-01-31T15:59:59Z");
        await stall.SellAsync(50, "2026-01-31T16:00:00Z");
        // Listed only: no sale.
        await stall.ListAsync(await stall.RegisterAsync("appliance"), 5_000);
        await (await running.StartedAsync()).CaughtUpAsync();

        var path = $"/api/v1/market/turnover?market={stall.Code}";
        Assert.Equal(["2026-02 1 50 50", "2026-01 4 2300 300"], await RowsAsync(caller, path));
        Assert.Equal(["2026-02 1 50 50"], await RowsAsync(caller, $"{path}&from=2026-02"));
        Assert.Equal(["2026-01 4 2300 300"], await RowsAsync(caller, $"{path}&to=2026-01-31"));
        Assert.Empty(await RowsAsync(caller, $"{path}&category=used-car"));
        Assert.Empty(await RowsAsync(caller, $"{path}&division=510300"));
        Assert.Equal(2, (await RowsAsync(caller, $"{path}&division=510100")).Count);
        var row = (await caller.GetAsync(path)).Items.First();
        Assert.Equal(("510104", "appliance", "CNY"), (Text("division"), Text("category"), Text("currency")));
        string? Text(string name) => (string?)row[name];
    }

    static async Task<List<string>> RowsAsync(Caller caller, string path) =>
        [
            .. (await caller.GetAsync(path))
                .Is(200)
                .Items.Select(r => $"{r["month"]} {r["count"]} {r["totalFen"]} {r["medianFen"]}"),
        ];
}
