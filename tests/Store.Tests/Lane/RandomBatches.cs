using System.Text.Json;
using Ledger;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Vault;
using Support;

namespace Store.Tests.Lane;

/// <summary>Batches of 1–5 commands of 1–8 events on new and existing streams; some of a stale version, some
/// repeated. Not lawful histories: what the lane writes does not depend on the law.</summary>
sealed class RandomBatches(int seed)
{
    static readonly string[] Words = ["", "二手车 ✓", "naïve", "x", "𠮷野家", "\"\\/\t\n", "é", "{}", "null"];

    readonly Random random = new(seed);
    readonly Dictionary<Guid, (StreamKind Kind, long Version)> streams = [];
    readonly List<DecidedCommand> taken = [];
    readonly HashSet<string> kinds = [];
    int count;

    /// <summary>Wire names of the events that were written.</summary>
    public IReadOnlyCollection<string> Kinds => kinds;

    public IEnumerable<Guid> Streams => streams.Keys;

    /// <summary>One sample of each kind of event, as the goldens have it.</summary>
    static ILookup<StreamKind, LedgerEvent> Samples { get; } =
        EventCatalog.All.ToLookup(
            l => l.Kind,
            l =>
                (LedgerEvent)
                    JsonSerializer.Deserialize(
                        File.ReadAllText(Path.Combine(Places.Root, "tests/Ledger.Tests/Goldens", $"{l.WireName}.json")),
                        l.Type,
                        WireJson.Options
                    )!
        );

    /// <summary>Every party that a sample names, as a market's word.</summary>
    public static IReadOnlyList<PartyRef> Parties { get; } = Named();

    static List<PartyRef> Named()
    {
        var named = new List<PartyRef>();
        foreach (var e in Samples.SelectMany(s => s))
            e.WithParties(p =>
            {
                named.Add(Word(p));
                return p;
            });
        return named;
    }

    static PartyRef Word(PartyRef p) => p.Subject is { } id ? new(p.Scope, $"{id}") : p;

    /// <param name="book">Knows the parties.</param>
    public DecidedCommand[] Next(SubjectCache book)
    {
        // Streams of one batch differ: what Marten is given one by one must rest on the same versions.
        var used = new HashSet<Guid>();
        return [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Command(used, book)).OfType<DecidedCommand>()];
    }

    /// <summary>It is on record now.</summary>
    public void Took(DecidedCommand command)
    {
        taken.Add(command);
        var first = command.Appends[0];
        streams[first.Stream] = (first.Kind, command.Expects[0].Version + command.Appends.Length);
        kinds.UnionWith(command.Appends.Select(a => EventCatalog.Of(a.Event).WireName));
    }

    DecidedCommand? Command(HashSet<Guid> used, SubjectCache book)
    {
        if (taken.Count > 0 && random.Next(10) == 0)
            return taken[random.Next(taken.Count)];
        var key = $"k{++count}{Word()}";
        var isNew = streams.Count == 0 || random.Next(3) == 0;
        var stream = isNew
            ? TestLedger.Handles.EntityId("item", "test", key)
            : streams.Keys.ElementAt(random.Next(streams.Count));
        if (!used.Add(stream))
            return null;
        var (kind, version) = isNew ? (StreamKinds[random.Next(StreamKinds.Length)], 0L) : streams[stream];
        var stale = random.Next(10) == 0;
        return new("test", key, TestLedger.Said(key))
        {
            // On a new stream stale means one that does not exist, on an old one that it were new or older.
            Expects =
            [
                new(
                    stream,
                    !stale ? version
                        : version == 0 ? 3
                        : random.Next((int)version)
                ),
            ],
            Appends = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Append(stream, kind, key, book))],
        };
    }

    /// <summary>Each kind of stream; items, which have the most kinds of events, more often.</summary>
    static readonly StreamKind[] StreamKinds =
    [
        GoodsStreams.Item,
        GoodsStreams.Item,
        GoodsStreams.Item,
        .. Modules.All.SelectMany(m => m.Streams),
    ];

    Append Append(Guid stream, StreamKind kind, string key, SubjectCache book)
    {
        var kinds = Samples[kind].ToArray();
        var e = kinds[random.Next(kinds.Length)];
        if (e is ItemRegistered registered)
            e = registered with { Category = GoodsCategory.All[random.Next(GoodsCategory.All.Length)].Code };
        if (random.Next(2) == 0)
            e = e with { Facts = ExtraFields.Of([new("备注", Word() + random.Next(1_000))]) };
        return new(stream, kind, e.WithParties(p => book.IdOf(Word(p))), Envelope(key));
    }

    Envelope Envelope(string key) =>
        new(
            key,
            new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(random.Next(1_000_000_000)),
            $"actor{Word()}",
            "CLK",
            "0"
        )
        {
            Site = random.Next(2) == 0 ? null : "MK-510104-0001",
            Source = random.Next(2) == 0 ? null : Word(),
            Precision = random.Next(2) == 0 ? null : Precision.Day,
            SecondActor = random.Next(2) == 0 ? null : "second",
            Correlation = random.Next(2) == 0 ? null : $"trace-{Word()}",
        };

    string Word() => Words[random.Next(Words.Length)];
}
