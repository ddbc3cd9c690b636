using Ledger;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;

namespace Store.Tests.Simulation;

/// <summary>What is wrong with a store on purpose: a simulation that does not find it proves nothing.</summary>
enum Flaw
{
    None,

    /// <summary>A batch that was written is said not to be.</summary>
    DeniesWhatItWrote,

    /// <summary>A batch that comes again is appended again, at whatever head there is.</summary>
    AppendsAgain,

    /// <summary>An outcome is told while an append hangs.</summary>
    DoesNotWait,
}

/// <summary>What one server keeps of a log, in memory: entries, and beside them the state that commands are judged
/// on.</summary>
/// <param name="locks">Whether one turn waits for the other, as in PostgreSQL; else several begin at one head, and all
/// but the first of them find that it has moved.</param>
sealed class InMemoryLog(LogIdentity identity, bool locks, Flaw flaw = Flaw.None) : IStoredTree
{
    /// <summary>Bytes of a leaf, as the tables have it.</summary>
    const int Longest = 16_384;

    readonly Lock gate = new();
    readonly List<(NewEntry New, DateTimeOffset At)> entries = [];
    readonly Dictionary<TileId, Tile> tiles = [];
    readonly Dictionary<Guid, KnownCommand> known = [];
    readonly Dictionary<Guid, (long N, Hash Hash)> streams = [];
    readonly Dictionary<ReservationKey, string> reservations = [];
    readonly Dictionary<Guid, bool> subjects = [];
    readonly Dictionary<(string Kind, Hash Mac), Guid> blind = [];
    readonly List<Head> heads = [new(0, Merkle.EmptyRoot, 0, identity.Mac(0, Merkle.EmptyRoot, 0))];
    readonly HashSet<TaskCompletionSource> pending = [];

    public Flaw Flaw => flaw;

    /// <summary>Null where turns do not wait for one another.</summary>
    public TurnLock? Turns { get; } = locks ? new() : null;

    /// <summary>Batches of which the store did not take an event.</summary>
    public int Rejections { get; private set; }

    /// <summary>What goes on after its caller has gone.</summary>
    public List<Task> Background { get; } = [];

    public Head Head => heads[^1];

    public IReadOnlyList<Head> Heads => heads;

    public IReadOnlyList<NewEntry> Entries
    {
        get
        {
            lock (gate)
                return [.. entries.Select(e => e.New)];
        }
    }

    /// <summary>Version and newest leaf of a stream.</summary>
    public (long N, Hash Hash) Tip(Guid stream)
    {
        lock (gate)
            return streams.GetValueOrDefault(stream);
    }

    public string? Reservation(ReservationKey key)
    {
        lock (gate)
            return reservations.GetValueOrDefault(key);
    }

    public KnownCommand? Known(Guid eventId)
    {
        lock (gate)
            return known.GetValueOrDefault(eventId);
    }

    /// <summary>All that some commands are judged on, as of the newest head.</summary>
    public StateAtHead StateFor(IReadOnlyList<SealedCommand> commands)
    {
        lock (gate)
        {
            var state = new StateAtHead(Head);
            void Copy<TKey, TValue>(
                IEnumerable<TKey> keys,
                Dictionary<TKey, TValue> from,
                Dictionary<TKey, TValue> into
            )
                where TKey : notnull
            {
                foreach (var key in keys)
                    if (from.TryGetValue(key, out var value))
                        into[key] = value;
            }
            Copy(commands.SelectMany(c => c.Events).Select(e => e.Id), known, state.Known);
            Copy(commands.SelectMany(c => c.Decided.Expects).Select(e => e.Stream), streams, state.Streams);
            Copy(commands.SelectMany(c => c.Decided.Reservations).Select(g => g.Key), reservations, state.Reservations);
            Copy(commands.SelectMany(c => c.Named), subjects, state.Subjects);
            Copy(
                commands.SelectMany(c => c.Subjects).SelectMany(s => s.Blind).Select(b => (b.Kind, Hash.Read(b.Mac))),
                blind,
                state.Blind
            );
            return state;
        }
    }

    public AppendResult Append(LogBatch batch)
    {
        lock (gate)
        {
            if (!Head.IsSameTree(batch.Expected))
                return AppendResult.HeadMoved;
            if (
                batch.Entries.Any(e =>
                    e.Event.Leaf.Length is 0 or > Longest
                    || known.ContainsKey(e.Event.Id)
                    || streams.GetValueOrDefault(e.Event.Append.Stream).N >= e.Event.N
                )
            )
            {
                Rejections++;
                return AppendResult.Rejected;
            }
            if (batch.Entries.Count > 0)
                Take(batch, batch.Root);
            return AppendResult.Appended;
        }
    }

    /// <summary>The same batch has come once more.</summary>
    public void AppendAgain(LogBatch batch)
    {
        lock (gate)
            if (flaw is not Flaw.AppendsAgain)
                Append(batch);
            else
                Take(batch, RootWith(batch.Entries));
    }

    Hash RootWith(IReadOnlyList<NewEntry> more) =>
        Merkle.Root([.. entries.Select(e => e.New.Event.LeafHash), .. more.Select(e => e.Event.LeafHash)]);

    void Take(LogBatch batch, Hash root)
    {
        foreach (var entry in batch.Entries)
        {
            var e = entry.Event;
            known[e.Id] = new(e.Append.Stream, e.N, entry.Command, (ulong)entries.Count);
            streams[e.Append.Stream] = (e.N, e.LeafHash);
            entries.Add((entry, batch.At));
        }
        foreach (var (key, value) in batch.Reservations)
            if (value is null)
                reservations.Remove(key);
            else
                reservations[key] = value;
        foreach (var subject in batch.Subjects)
        {
            subjects[subject.Subject] = true;
            foreach (var (kind, mac) in subject.Blind)
                blind[(kind, Hash.Read(mac))] = subject.Subject;
        }
        foreach (var tile in batch.Tiles)
            tiles[tile.Id] = tile.Tile;
        var size = (ulong)entries.Count;
        heads.Add(new(size, root, (long)size, identity.Mac(size, root, (long)size)));
    }

    public IReadOnlyList<LogEntry> Read(ulong from, int most)
    {
        lock (gate)
            return [.. entries.Select((e, i) => EntryOf(e.New, (ulong)i, e.At)).Skip((int)from).Take(most)];
    }

    static LogEntry EntryOf(NewEntry entry, ulong index, DateTimeOffset at)
    {
        var e = entry.Event;
        return new(
            index,
            new(e.Id, e.Append.Stream, e.N, at, e.Append.Event, e.Append.Envelope)
            {
                Type = EventCatalog.Of(e.Append.Event).WireName,
                Sequence = (long)index + 1,
                LeafIndex = (long)index,
            },
            entry.Command,
            e.Leaf,
            e.LeafHash
        );
    }

    /// <summary>An append is under way until this is completed.</summary>
    public TaskCompletionSource BeginAppend()
    {
        var append = new TaskCompletionSource();
        lock (gate)
            pending.Add(append);
        return append;
    }

    public void EndAppend(TaskCompletionSource append)
    {
        lock (gate)
            pending.Remove(append);
        append.TrySetResult();
    }

    /// <summary>The appends that are under way.</summary>
    public Task[] Pending()
    {
        lock (gate)
            return flaw is Flaw.DoesNotWait ? [] : [.. pending.Select(p => p.Task)];
    }

    public Task<ulong> SizeAsync(CancellationToken stop) => Task.FromResult(Head.Size);

    public Task<IReadOnlyList<FilledTile>> FullAsync(IReadOnlyCollection<TileId> ids, CancellationToken stop)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<FilledTile>>([
                .. ids.Where(tiles.ContainsKey).Select(id => new FilledTile(id, tiles[id])),
            ]);
    }

    public Task<IReadOnlyList<Hash>> HashesAsync(TileId id, int width, CancellationToken stop)
    {
        var first = id.Number << Tile.Height;
        lock (gate)
            return Task.FromResult<IReadOnlyList<Hash>>(
                id.Level == 0
                    ? [.. entries.Skip((int)first).Take(width).Select(e => e.New.Event.LeafHash)]
                    :
                    [
                        .. Enumerable
                            .Range(0, width)
                            .Select(i => new TileId(id.Level - 1, first + (ulong)i))
                            .TakeWhile(tiles.ContainsKey)
                            .Select(t => tiles[t].Root),
                    ]
            );
    }
}

/// <summary>One holder at a time, in the order they came.</summary>
sealed class TurnLock
{
    readonly LinkedList<TaskCompletionSource> waiting = new();
    bool held;

    public async Task TakeAsync(CancellationToken stop)
    {
        TaskCompletionSource? mine = null;
        lock (waiting)
            if (held)
                waiting.AddLast(mine = new());
            else
                held = true;
        if (mine is null)
            return;
        using var left = stop.Register(() => mine.TrySetCanceled(stop));
        await mine.Task;
    }

    public void Release()
    {
        TaskCompletionSource? next = null;
        lock (waiting)
            do
            {
                next = waiting.First?.Value;
                if (next is null)
                    held = false;
                else
                    waiting.RemoveFirst();
            } while (next is not null && next.Task.IsCompleted);
        // Who left in this very moment passes it on.
        if (next is not null && !next.TrySetResult())
            Release();
    }
}
