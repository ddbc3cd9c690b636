using Ledger.Goods;
using Ledger.Pipeline;
using Ledger.Store;
using Support;

namespace Store.Tests.Lane;

/// <summary>What a deed must be answered with.</summary>
enum Expected
{
    Recorded,

    /// <summary>The answer of the deed it repeats.</summary>
    TheSameAgain,
    StaleVersion,
    ItemExists,
}

/// <summary>Something a caller says to a desk.</summary>
sealed record Deed(string Key, Guid Item, ItemCommand Command, Expected Expected)
{
    /// <summary>The version its caller claims to have read.</summary>
    public long? IfMatch { get; init; }

    public CommandRequest Request =>
        new(Command with { Item = Item }, People.Who(Command), "test", Key, TestLedger.Said($"{Item} {Key}"), Day)
        {
            IfMatch = IfMatch,
            LateReason = "补录",
        };

    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>A day's work at many desks at once: of all deeds a tenth registers, a twentieth conflicts, a tenth repeats
/// another one.</summary>
static class Deeds
{
    /// <summary>First the registrations, then the others in an order that the seed fixes.</summary>
    public static (Deed[] First, Deed[] Then) Of(int count, int seed)
    {
        var random = new Random(seed);
        Deed[] first = [.. Enumerable.Range(0, count / 10).Select(i => Register($"r{i}", i, Expected.Recorded))];
        Deed[] repairs =
        [
            .. Enumerable.Range(0, count * 3 / 4).Select(i => Repair($"w{i}", random.Next(first.Length), random)),
        ];
        Deed[] conflicts =
        [
            .. Enumerable
                .Range(0, count / 20)
                .Select(i =>
                    i % 2 == 0
                        ? Repair($"c{i}", random.Next(first.Length), random) with
                        {
                            IfMatch = 1_000_000,
                            Expected = Expected.StaleVersion,
                        }
                        : Register($"c{i}", random.Next(first.Length), Expected.ItemExists)
                ),
        ];
        Deed[] sources = [.. first, .. repairs];
        var repeats = Enumerable
            .Range(0, count / 10)
            .Select(_ => sources[random.Next(sources.Length)] with { Expected = Expected.TheSameAgain });
        Deed[] then = [.. repairs, .. conflicts, .. repeats];
        random.Shuffle(then);
        return (first, then);
    }

    static Deed Register(string key, int serial, Expected expected)
    {
        var item = TestLedger.Handles.EntityId("item", "test", key);
        var named = TestLedger.Name($"serial:HAIER/{serial}");
        return new(key, item, new RegisterItem(item, "appliance", [named]), expected);
    }

    static Deed Repair(string key, int item, Random random) =>
        new(
            key,
            TestLedger.Handles.EntityId("item", "test", $"r{item}"),
            new RecordRepair($"更换部件 {random.Next(100)}", RepairOutcome.Fixed, random.Next(1, 9_000), "CNY", null),
            Expected.Recorded
        );

    /// <summary>A decided command of one event on a new stream.</summary>
    public static DecidedCommand Registration(string key)
    {
        var item = TestLedger.Handles.EntityId("item", "test", key);
        return new("test", key, TestLedger.Said(key))
        {
            Expects = [new(item, 0)],
            Appends =
            [
                new(
                    item,
                    GoodsStreams.Item,
                    new ItemRegistered("appliance", []),
                    new(key, new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), "local", "ADM", "0")
                ),
            ],
        };
    }

    /// <summary>Lets so many callers work the deeds off, each the next one that nobody has taken.</summary>
    public static async Task<(Deed Deed, Answer Answer)[]> DoAsync(Deed[] deeds, int callers, params TestLedger[] nodes)
    {
        var answers = new (Deed, Answer)[deeds.Length];
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        var pipeline = nodes[caller % nodes.Length].Pipeline;
                        for (int i; (i = Interlocked.Increment(ref next)) < deeds.Length; )
                        {
                            var deed = deeds[i];
                            answers[i] = (
                                deed,
                                await Patience.AnswerAsync(() =>
                                    pipeline.RecordAsync(deed.Request, CancellationToken.None)
                                )
                            );
                        }
                    })
                )
        );
        return answers;
    }
}
