using System.Collections.Immutable;
using System.Text;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Support;

namespace Store.Tests.Simulation;

/// <summary>Something a caller wants recorded.</summary>
/// <param name="Streams">Each gets one event, in this order.</param>
/// <param name="Reservation">Which it takes, or gives back where it holds it; null: none.</param>
/// <param name="Says">What it says: another text under the same key is a reuse of it.</param>
sealed record Wish(string Key, ImmutableArray<Guid> Streams, ReservationKey? Reservation, string Says)
{
    public Guid Id(int position) => TestLedger.Handles.EventId("sim", Key, position);

    public ImmutableArray<Guid> Ids => [.. Enumerable.Range(0, Streams.Length).Select(Id)];
}

/// <summary>
/// Callers on some nodes of one log, whose store does what a seed says. Each insists on its wishes as a client does:
/// the same key until there is an answer. What it was answered is held against the log at once and at the end
/// (operations.md §2).
/// </summary>
sealed class SimulatedTrade
{
    static readonly ItemGraded Event = new("GB/T 30323-2013", 905, 1, false);
    static readonly Envelope Envelope = new("sim", new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), "local", "ADM", "0");

    readonly Random random;
    readonly SimulatedThread thread;
    readonly FaultPlan faults;
    readonly InMemoryLog log;
    readonly InMemoryWitness witness;
    readonly Dictionary<Guid, Wish> wishes = [];
    readonly HashSet<string> acknowledged = [];

    /// <summary>Keys of which a caller was told that nobody knows.</summary>
    readonly HashSet<string> doubtful = [];
    readonly StringBuilder trace = new();

    SimulatedTrade(int seed, Flaw flaw)
    {
        random = new Random(seed);
        thread = new(random);
        faults = new(random, thread.Clock, random.Next(4) * 10);
        log = new(TestLedger.Keys.Log, locks: random.Next(2) == 0, flaw);
        witness = new(faults);
    }

    /// <summary>Lets one seed run to its end.</summary>
    /// <returns>What was answered when, to be compared with another run of the same seed.</returns>
    /// <exception cref="Exception">Something does not hold.</exception>
    public static string Run(int seed, Flaw flaw = Flaw.None)
    {
        var trade = new SimulatedTrade(seed, flaw);
        trade.thread.Run(trade.RunAsync);
        return trade.trace.ToString();
    }

    async Task RunAsync()
    {
        SimulatedNode[] nodes =
        [
            .. Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => new SimulatedNode(log, new InMemoryWriteLog(log, faults), witness, thread.Clock)),
        ];
        Guid[] streams = [.. Enumerable.Range(1, 6).Select(i => new Guid(i, 0, 0, new byte[8]))];
        ReservationKey[] reservations = [new("sim", "a"), new("sim", "b")];
        var callers = Enumerable
            .Range(0, random.Next(2, 7))
            .Select(caller => CallAsync(caller, nodes, streams, reservations))
            .ToArray();
        foreach (var caller in callers)
            await caller;
        foreach (var node in nodes)
            await node.Lane.DisposeAsync();
        foreach (var task in log.Background)
            await task;
        Check(nodes);
    }

    async Task CallAsync(int caller, SimulatedNode[] nodes, Guid[] streams, ReservationKey[] reservations)
    {
        Wish? before = null;
        for (var i = random.Next(3, 9); i > 0; i--)
        {
            var wish = Wanted($"{caller}-{i}", before, streams, reservations);
            await InsistAsync(wish, nodes);
            before = wish;
        }
    }

    /// <summary>Mostly something new; at times what was said before, or something else under the same key.</summary>
    Wish Wanted(string key, Wish? before, Guid[] streams, ReservationKey[] reservations)
    {
        if (before is not null && random.Next(6) == 0)
            return random.Next(3) == 0 ? before with { Says = "something else" } : before;
        var some = streams.ToArray();
        random.Shuffle(some);
        var wish = new Wish(
            key,
            [.. some.Take(random.Next(1, 4))],
            random.Next(3) == 0 ? reservations[random.Next(reservations.Length)] : null,
            key
        );
        foreach (var id in wish.Ids)
            wishes[id] = wish;
        return wish;
    }

    async Task InsistAsync(Wish wish, SimulatedNode[] nodes)
    {
        if (log.Known(wish.Id(0)) is not null)
            doubtful.Add(wish.Key);
        while (true)
        {
            await faults.CommitAsync();
            IsAbsent(wish);
            if (Sealed(wish) is not { } command)
                return;
            var node = nodes[random.Next(nodes.Length)];
            var outcome = (await node.Lane.WriteAsync([command], patient: random.Next(2) == 0, default))[0];
            trace.Append(thread.Clock.Elapsed).Append(' ').Append(wish.Key).Append(' ').AppendLine(Text(outcome));
            switch (outcome)
            {
                case WriteOutcome.Appended recorded:
                    IsProved(wish, recorded);
                    acknowledged.Add(wish.Key);
                    return;
                case WriteOutcome.Known known:
                    Holds(known.EventIds.SequenceEqual(wishes[wish.Id(0)].Ids), $"{wish.Key}: other events.");
                    acknowledged.Add(wish.Key);
                    return;
                case WriteOutcome.Unknown:
                    doubtful.Add(wish.Key);
                    break;
                case WriteOutcome.Stale:
                case WriteOutcome.Refused { Refusal.Code: "unavailable" }:
                    IsAbsent(wish);
                    break;
                case WriteOutcome.Refused { Refusal.Code: "idempotency-key-reused" }:
                    Holds(wish.Says != wishes[wish.Id(0)].Says, $"{wish.Key}: the same was taken for another.");
                    return;
                default:
                    throw new InvalidOperationException($"{wish.Key}: {Text(outcome)}; {node.State.Broken?.Detail}");
            }
        }
    }

    static string Text(WriteOutcome outcome) =>
        outcome is WriteOutcome.Refused refused ? refused.Refusal.Code : outcome.GetType().Name;

    /// <summary>Decides it on what stands; null where the reservation is another's: nothing is to be
    /// recorded.</summary>
    SealedCommand? Sealed(Wish wish)
    {
        var tips = wish.Streams.ToDictionary(s => s, log.Tip);
        ImmutableArray<ReservationChange> reservations = [];
        if (wish.Reservation is { } key)
        {
            var (mine, holder) = ($"{wish.Streams[0]}", log.Reservation(key));
            // A repeat is judged by its key first.
            if (holder is not null && holder != mine && log.Known(wish.Id(0)) is null)
                return null;
            reservations = [new(key, holder, holder == mine ? null : mine)];
        }
        var decided = new DecidedCommand("sim", wish.Key, TestLedger.Said(wish.Says))
        {
            Expects = [.. tips.Select(t => new Expectation(t.Key, t.Value.N))],
            Reservations = reservations,
            Appends = [.. wish.Streams.Select(s => new Append(s, GoodsStreams.Item, Event, Envelope))],
        };
        return new(
            decided,
            [
                .. decided.Appends.Select(
                    (a, i) =>
                    {
                        var (n, prev) = tips[a.Stream];
                        var leaf = Encoding.ASCII.GetBytes($"{wish.Key}/{i} {a.Stream} {n + 1} {prev}");
                        return new SealedEvent(wish.Id(i), a, n + 1, prev, leaf, Merkle.LeafHash(leaf), "{}", "{}", []);
                    }
                ),
            ],
            [],
            []
        );
    }

    /// <summary>Whoever was told that nothing was written must not find it later.</summary>
    void IsAbsent(Wish wish) =>
        Holds(
            doubtful.Contains(wish.Key) || wish.Ids.All(id => log.Known(id) is null),
            $"{wish.Key}: said not to be written, and it is."
        );

    void IsProved(Wish wish, WriteOutcome.Appended recorded)
    {
        Holds(
            wish.Ids.Select((id, i) => log.Known(id)?.Index == recorded.FirstIndex + (ulong)i).All(holds => holds),
            $"{wish.Key}: not where it was acknowledged."
        );
        var (size, root) = InMemoryWitness.Read(recorded.Batch.Checkpoint);
        Holds(witness.Last is { } last && last.Size >= size, $"{wish.Key}: signed before the house witness had it.");
        Holds(log.Heads.Any(h => (h.Size, h.Root) == (size, root)), $"{wish.Key}: signed a tree that is none.");
        foreach (var (i, e) in recorded.Command.Events.Index())
            Holds(
                Merkle.VerifyInclusion(
                    recorded.FirstIndex + (ulong)i,
                    size,
                    e.LeafHash,
                    recorded.Batch.Inclusion(recorded.FirstIndex + (ulong)i),
                    root
                ),
                $"{wish.Key}: its proof does not hold."
            );
    }

    /// <summary>What operations.md §2 promises (I1 to I5 and I9), and that nobody holds what another holds.</summary>
    void Check(SimulatedNode[] nodes)
    {
        Holds(nodes.All(n => n.State.IsGood), "A node is broken.");
        Holds(log.Rejections == 0, "The store was given what it cannot take.");
        var entries = log.Entries;
        var found = new HashSet<string>();
        var tips = new Dictionary<Guid, (long N, Hash Hash)>();
        var held = new Dictionary<ReservationKey, string>();
        for (var i = 0; i < entries.Count; )
        {
            var wish = wishes[entries[i].Event.Id];
            Holds(found.Add(wish.Key), $"{wish.Key} is recorded twice.");
            Holds(
                entries.Skip(i).Take(wish.Ids.Length).Select(e => e.Event.Id).SequenceEqual(wish.Ids),
                $"{wish.Key} is not recorded as a whole."
            );
            foreach (var (e, _) in entries.Skip(i).Take(wish.Ids.Length))
            {
                var tip = tips.GetValueOrDefault(e.Append.Stream);
                Holds((e.N, e.Prev) == (tip.N + 1, tip.Hash), $"{wish.Key} does not follow what was before it.");
                tips[e.Append.Stream] = (e.N, e.LeafHash);
            }
            if (wish.Reservation is { } key)
                Take(held, key, wish);
            i += wish.Ids.Length;
        }
        Holds(acknowledged.IsSubsetOf(found), "Something acknowledged is gone.");
        var root = Merkle.Root([.. entries.Select(e => e.Event.LeafHash)]);
        Holds((log.Head.Size, log.Head.Root) == ((ulong)entries.Count, root), "The head is not that of the leaves.");
        Holds(
            witness.Last is not { } last || log.Heads.Any(h => (h.Size, h.Root) == last),
            "The house witness has seen another tree."
        );
    }

    static void Take(Dictionary<ReservationKey, string> held, ReservationKey key, Wish wish)
    {
        var mine = $"{wish.Streams[0]}";
        if (!held.TryGetValue(key, out var holder))
            held[key] = mine;
        else
        {
            Holds(holder == mine, $"{wish.Key} took what {holder} holds.");
            held.Remove(key);
        }
    }

    static void Holds(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }
}

/// <summary>A node: its own lane and tree, over the log that all share.</summary>
sealed class SimulatedNode
{
    public SimulatedNode(InMemoryLog log, IWriteLog connection, IHouseWitness witness, TimeProvider clock)
    {
        Log = connection;
        Lane = new(connection, TestLedger.Keys.Log, State, new(log), witness, clock);
    }

    public IWriteLog Log { get; }
    public LogState State { get; } = new();
    public CommitLane Lane { get; }
}
