using Support;

namespace Api.Tests.Http;

/// <summary>Many commands on one stream at once wait for each other in their order; none is sent away.</summary>
public sealed class Crowding_one_stream(RunningService running)
{
    const int Crowd = 64;

    [Fact]
    public async Task Sixty_four_staff_entries_of_one_market_are_all_taken()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, Crowd)
                .Select(i => caller.PostAsync($"/api/v1/markets/{stall.Code}/staff", Entry($"G-{100 + i}")))
        );
        Assert.Equal(
            Enumerable.Range(2, Crowd).Select(v => (long)v),
            replies.Select(r => (long)r.Is(201).Json["version"]!).Order()
        );
    }

    [Fact]
    public async Task Two_nodes_take_all_of_them_too()
    {
        var connection = await TestLedger.NewAsync();
        await using var first = await TestService.StartAsync(connection: connection);
        await using var second = await TestService.StartAsync(connection: connection);
        Caller[] nodes = [new(first.Client), new(second.Client)];
        var stall = await MarketClient.OpenAsync(nodes[0]);
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, Crowd)
                .Select(i => nodes[i % 2].PostAsync($"/api/v1/markets/{stall.Code}/staff", Entry($"G-{100 + i}")))
        );
        Assert.All(replies, r => r.Is(201));
    }

    [Fact]
    public async Task Roles_of_one_party_and_queries_of_one_reader_are_all_taken()
    {
        var caller = await running.CallerAsync();
        var word = Goods.NewParty(Goods.NewMarket());
        (await caller.PostAsync("/api/v1/parties", new { kind = "person", @ref = word })).Is(201);
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, Crowd)
                .Select(i =>
                    caller.PostAsync(
                        $"{Goods.PathOf(word)}/roles",
                        new
                        {
                            role = i % 2 == 0 ? "CLK" : "SEL",
                            basis = Paper.Hash($"paper-{i}"),
                            validFrom = "2025-01-01",
                        }
                    )
                )
        );
        Assert.DoesNotContain(replies, r => r.Status >= 500);
    }

    /// <summary>Each command stands on two things, named in either order: whoever took them as they are named would
    /// wait for the other for ever.</summary>
    [Fact]
    public async Task Commands_on_the_same_two_streams_never_wait_for_each_other()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var vin = Goods.NewVin();
        var one = await stall.RegisterAsync(identifier: vin);
        var evidence = new string('a', 64);
        var raised = new
        {
            identifier = vin,
            evidence,
            occurredAt = Goods.Day,
        };
        var other = (await stall.PostAsync($"{one}/identity-conflicts", raised)).Location;
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, Crowd)
                .Select(i =>
                    caller.PostAsync(
                        $"{(i % 2 == 0 ? one : other)}/identity-conflicts/resolutions",
                        new
                        {
                            other = Id(i % 2 == 0 ? other : one),
                            genuine = Id(one),
                            decidedBy = "成都市公安局交通管理局",
                            evidence,
                            occurredAt = Goods.Day,
                        }
                    )
                )
        );
        Assert.Single(replies.Select(r => r.Status), 201);
        Assert.DoesNotContain(replies, r => r.Status >= 500);
    }

    static string Id(string path) => path.Split('/')[^1];

    static object Entry(string person) =>
        new
        {
            person,
            desk = "1号柜台",
            roles = Clerk,
        };

    static readonly string[] Clerk = ["CLK"];
}
