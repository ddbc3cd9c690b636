using Support;

namespace Api.Tests.Http;

/// <summary>Two nodes of the service on one database.</summary>
public sealed class Racing_over_http(RunningService running)
{
    [Fact]
    public async Task Two_markets_that_list_one_car_at_once_have_one_winner()
    {
        var connection = await TestLedger.NewAsync();
        await using var first = await TestService.StartAsync(connection: connection);
        await using var second = await TestService.StartAsync(connection: connection);
        Caller[] nodes = [new(first.Client), new(second.Client)];
        MarketClient[] stalls =
        [
            await MarketClient.OpenAsync(nodes[0]),
            await MarketClient.OpenAsync(nodes[1], "510302"),
        ];
        var item = await stalls[0].RegisterAsync();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(i =>
                    nodes[i % 2]
                        .PostAsync(
                            $"{item}/listings",
                            new
                            {
                                market = stalls[i / 2 % 2].Code,
                                askFen = 100 + i,
                                occurredAt = Goods.Day,
                            }
                        )
                )
        );

        var winner = Assert.Single(replies, r => r.Status == 201);
        var listed = (await nodes[1].GetAsync(winner.Location)).Is(200);
        var market = (string?)listed.Json["events"]![0]!["facts"]!["market"];
        Assert.All(
            replies.Where(r => r != winner),
            r => Assert.Equal(market, (string?)r.Refuses(409, "already-listed").Json["facts"]!["market"])
        );
        foreach (var node in nodes)
        {
            var versions = (await node.GetAsync($"{item}/history")).Items.Select(e => (long)e["version"]!);
            Assert.Equal([1, 2, 3], versions);
        }
    }

    [Fact]
    public async Task Many_deeds_on_one_item_leave_no_gap_in_its_versions()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    caller.PostAsync(
                        $"{item}/brands",
                        new
                        {
                            brand = "flood",
                            brandSource = $"insurer {i}",
                            occurredAt = Goods.Day,
                        }
                    )
                )
        );
        var versions = replies.Select(r => (long)r.Is(201).Json["version"]!).Order();
        Assert.Equal([3, 4, 5, 6, 7, 8], versions);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_key_sent_eight_times_at_once_is_one_event(int round)
    {
        var caller = await running.CallerAsync();
        var (serial, key) = (Goods.NewSerial(), Goods.NewKey());
        var body = new
        {
            category = "appliance",
            identifiers = new[] { serial },
            model = $"round {round}",
            occurredAt = Goods.Day,
        };
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => caller.PostAsync("/api/v1/items", body, key))
        );
        Assert.Single(replies.Select(r => r.Is(201).Text).Distinct());
        Assert.Single((await caller.GetAsync($"{replies[0].Location}/history")).Items);
    }
}
