using Ledger.Goods;
using Ledger.Pipeline;
using Ledger.Trading;
using Support;

namespace Store.Tests;

/// <summary>Two nodes on one database: the loser gets the domain's refusal, not a conflict (domain.md §7).</summary>
public sealed class Racing_for_one_item
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task Listing_one_item_on_two_markets_has_one_winner(int writers)
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        var item = Guid.Parse("019b0000-0000-7000-8000-000000000001");
        await RegisterAsync(first, item);
        string[] markets = ["MK-510104-0001", "MK-510302-0001"];
        foreach (var market in markets)
            await first.OpenMarketAsync(market);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(i =>
                    Task.Run(() =>
                        (i % 2 == 0 ? first : second).RecordAsync(
                            new ListItem(
                                TestLedger.Handles.EntityId("listing", "test", $"l{i}"),
                                markets[i % 2],
                                null,
                                100,
                                "CNY",
                                null
                            ),
                            item,
                            $"l{i}",
                            Day
                        )
                    )
                )
        );

        Assert.Single(answers.OfType<Answer.Accepted>());
        var losers = answers.OfType<Answer.Refused>().Select(a => a.Refusals[0]).ToList();
        Assert.Equal(writers - 1, losers.Count);
        var state = (await first.Reader.ItemAsync(item, CancellationToken.None)).State!;
        Assert.All(
            losers,
            r =>
            {
                Assert.Equal("already-listed", r.Code);
                Assert.Equal(state.Trade.Listing!.Market, r.With["market"]);
            }
        );
    }

    [Fact]
    public async Task Selling_one_item_twice_opens_one_deal()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        var item = Guid.Parse("019b0000-0000-7000-8000-000000000002");
        await RegisterAsync(first, item);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(i =>
                    Task.Run(() =>
                        (i % 2 == 0 ? first : second).RecordAsync(
                            new OpenDeal(
                                TestLedger.Handles.EntityId("deal", "test", $"d{i}"),
                                new("test", "S"),
                                new("test", $"B{i}"),
                                PartyKind.Person,
                                PartyKind.Person,
                                DealMode.Retail
                            ),
                            item,
                            $"d{i}",
                            Day
                        )
                    )
                )
        );
        Assert.Single(answers.OfType<Answer.Accepted>());
        Assert.All(answers.OfType<Answer.Refused>(), a => Assert.Equal("item-in-other-deal", a.Refusals[0].Code));
        Assert.Equal(2, (await first.Reader.ItemAsync(item, CancellationToken.None)).Version);
    }

    [Fact]
    public async Task The_same_command_sent_at_once_is_recorded_once()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        var item = Guid.Parse("019b0000-0000-7000-8000-000000000003");
        await RegisterAsync(first, item);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    Task.Run(() =>
                        (i % 2 == 0 ? first : second).RecordAsync(
                            new RecordRepair("电池", RepairOutcome.Fixed, null, null, null),
                            item,
                            "repair",
                            Day
                        )
                    )
                )
        );
        Assert.All(answers, a => Assert.Equal(2, Assert.IsType<Answer.Accepted>(a).Version));
        Assert.Equal(2, (await first.Reader.ItemAsync(item, CancellationToken.None)).Version);
    }

    [Fact]
    public async Task Two_registrations_of_one_vin_make_one_item()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        var named = TestLedger.Name("vin:LSVAM4187C2184847");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Task.Run(() =>
                    {
                        var id = TestLedger.Handles.EntityId("item", "test", $"r{i}");
                        return (i % 2 == 0 ? first : second).RecordAsync(
                            new RegisterItem(id, "used-car", [named]),
                            id,
                            $"r{i}",
                            Day
                        );
                    })
                )
        );
        Assert.Single(answers.OfType<Answer.Accepted>());
        Assert.All(answers.OfType<Answer.Refused>(), a => Assert.Equal("item-exists", a.Refusals[0].Code));
    }

    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    static async Task RegisterAsync(TestLedger ledger, Guid item)
    {
        var named = TestLedger.Name($"serial:HAIER/{item:N}");
        Assert.IsType<Answer.Accepted>(
            await ledger.RecordAsync(
                new RegisterItem(item, "appliance", [named], Owner: new("test", "S")),
                item,
                $"register {item}",
                Day
            )
        );
    }
}
