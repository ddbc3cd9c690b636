using System.Diagnostics;
using System.Threading.Channels;
using Ledger.Kernel;
using Ledger.Proof;
using Npgsql;

namespace Ledger.Store.Lane;

/// <summary>
/// The one append path. Callers decide and sign in parallel; one worker drains what has come and commits it as one
/// transaction under the lane's lock, so that events, leaves and head are one order on every node (proof.md §4).
/// </summary>
public sealed class CommitLane : IAsyncDisposable
{
    /// <summary>Bounds of a batch and of the queue (operations.md §3.1).</summary>
    public const int MostEvents = 256,
        MostBytes = 1 << 20,
        LongestQueue = 4096;

    /// <summary>How long a caller who does not import waits for the outcome.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly LedgerDatabase database;
    readonly LogIdentity log;
    readonly LogState state;
    readonly TreeReader tree;
    readonly TimeProvider clock;
    readonly Acknowledger acknowledger;
    readonly Channel<LaneItem> queue = Channel.CreateBounded<LaneItem>(
        new BoundedChannelOptions(LongestQueue) { SingleReader = true }
    );
    readonly Task worker;
    RightEdge? edge;

    /// <summary>Events of this process are durable: whoever follows them may look.</summary>
    public event Action? Committed;

    public CommitLane(LedgerDatabase database, LogState state, TreeReader tree, IHouseWitness guard, TimeProvider clock)
    {
        (this.database, log, this.state, this.tree, this.clock) = (database, database.Log, state, tree, clock);
        acknowledger = new(log, state, tree, guard);
        worker = Task.Run(RunAsync);
    }

    /// <summary>Hands commands in, in their order; each gets its own outcome.</summary>
    /// <param name="patient">Wait for room in the queue; otherwise a full queue refuses with <c>overloaded</c>.</param>
    public async Task<WriteOutcome[]> WriteAsync(
        IReadOnlyList<SealedCommand> commands,
        bool patient,
        CancellationToken stop
    )
    {
        var items = commands.Select(c => new LaneItem(c)).ToArray();
        foreach (var item in items)
            if (!queue.Writer.TryWrite(item))
            {
                if (patient)
                    await queue.Writer.WriteAsync(item, stop);
                else
                    item.End(new WriteOutcome.Refused(new("overloaded")));
            }
        return await Task.WhenAll(items.Select(i => patient ? i.Done : i.WithinAsync(Patience)));
    }

    async Task RunAsync()
    {
        var batch = new List<LaneItem>();
        while (await queue.Reader.WaitToReadAsync())
        {
            Drain(batch);
            if (batch.Count > 0)
                await CommitAsync(batch);
            batch.Clear();
        }
        await acknowledger.DisposeAsync();
    }

    /// <summary>What is there, up to the bounds; one command may be larger than them alone.</summary>
    void Drain(List<LaneItem> batch)
    {
        var (events, bytes) = (0, 0);
        while (queue.Reader.TryPeek(out var next))
        {
            events += next.Command.Events.Length;
            bytes += next.Command.Size;
            if (batch.Count > 0 && (events > MostEvents || bytes > MostBytes))
                break;
            queue.Reader.TryRead(out _);
            if (next.Take())
                batch.Add(next);
        }
        Telemetry.LaneQueue.Record(queue.Reader.Count);
    }

    async Task CommitAsync(IReadOnlyList<LaneItem> batch)
    {
        using var span = Telemetry.Source.StartActivity("ledger.lane.commit");
        span?.SetTag("ledger.batch_size", batch.Count);
        var started = Stopwatch.GetTimestamp();
        NpgsqlConnection? connection = null;
        try
        {
            if (state.Broken is { } broken)
                throw new BrokenLogException(broken.Detail);
            if (acknowledger.IsBehind)
                throw new TimeoutException(state.Unknown);
            connection = await database.Lane.OpenConnectionAsync();
            var reads = await LaneReads.TakeAsync(
                connection,
                [.. batch.Select(i => i.Command)],
                database.Handles,
                CancellationToken.None
            );
            await EdgeAtAsync(reads.Head);
            await CommitAsync(connection, batch, reads);
        }
        catch (BrokenLogException error)
        {
            state.Break(LogFault.Forked, error.Message);
            EndAll(batch, new WriteOutcome.Refused(new("ledger-read-only")));
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // Before the first insert: nothing was written.
            edge = null;
            EndAll(batch, new WriteOutcome.Refused(new("unavailable")));
        }
        catch (Exception error)
        {
            // A bug: the lane goes on, and of what it had in hand nothing is claimed.
            span?.AddException(error);
            edge = null;
            EndAll(batch, new WriteOutcome.Unknown());
        }
        finally
        {
            if (connection is not null)
                await ReleaseAsync(connection);
            Telemetry.LaneStep.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    /// <summary>Rolls back a transaction that is still open: it holds the lane's lock.</summary>
    static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    /// <summary>A head that this process did not write last is accepted only with its mark and its recomputed
    /// root.</summary>
    async Task EdgeAtAsync(Head head)
    {
        if (edge is not null && edge.Size == head.Size)
            return;
        if (!log.Fits(head))
            throw new BrokenLogException($"The head of size {head.Size} does not carry the log's mark.");
        var loaded = await tree.EdgeAsync(head.Size, CancellationToken.None);
        if (loaded.Root() != head.Root)
            throw new BrokenLogException($"The leaves of size {head.Size} do not have the root of their head.");
        edge = loaded;
        await acknowledger.TakeOverAsync(loaded);
    }

    async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<LaneItem> batch, LaneReads reads)
    {
        var judge = new LaneJudge(reads);
        // Whoever leaves may lean on what a neighbour is about to write: told only once that is durable and guarded.
        var judged = batch.Select(item => (Item: item, Judged: judge.Judge(item.Command))).ToList();
        var before = edge!;
        if (judge.Events.Count == 0)
        {
            await acknowledger.GiveAsync(new(before, before, reads.Head.Root, [], judged, default));
            return;
        }
        var filled = new List<FilledTile>();
        var grown = before.Append([.. judge.Events.Select(e => e.Event.LeafHash)], filled);
        var root = grown.Root();
        var seq = reads.LastSeq + judge.Events.Count;
        var growth = new LaneWrites.Growth(
            reads.Head,
            new(grown.Size, root, seq, log.Mac(grown.Size, root, seq)),
            reads.LastSeq + 1,
            filled,
            Instants.Cut(clock.GetUtcNow())
        );
        // The edge has begun to grow: whatever ends other than well, it is loaded again.
        edge = null;
        try
        {
            await LaneWrites.CommitAsync(connection, judge, growth, database.Handles);
        }
        catch (PostgresException error) when (LacksMeans(error))
        {
            // Not committed, and it would be no other with fewer: a full disk, no memory, a lock that does not come.
            Activity.Current?.AddException(error);
            EndAll(batch, new WriteOutcome.Refused(new("unavailable")));
            return;
        }
        catch (PostgresException error) when (!EndsSession(error))
        {
            // Reads under the lock should have found it: a bug, but the neighbours are not to pay for it.
            Activity.Current?.AddException(error);
            Telemetry.LaneRollbacks.Add(1, new KeyValuePair<string, object?>("sqlstate", error.SqlState));
            await ReleaseAsync(connection);
            if (batch.Count == 1)
                batch[0].End(new WriteOutcome.Refused(new("internal-error")));
            else
                foreach (var item in batch)
                    await CommitAsync([item]);
            return;
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            Activity.Current?.AddException(error);
            Telemetry.OutcomesUnknown.Add(1);
            var mine = judged.Where(j => j.Judged.Outcome is null).Select(j => j.Item);
            await AnswerKnownAsync(await Settling.SettleAsync(database, [.. mine]));
            EndAll(batch, new WriteOutcome.Stale());
            return;
        }
        edge = grown;
        Committed?.Invoke();
        foreach (var tile in filled)
            tree.Keep(tile.Id, tile.Tile);
        Count(batch.Count, judge);
        await acknowledger.GiveAsync(new(before, grown, root, filled, judged, growth.At));
    }

    /// <summary>The server ended the session, perhaps after the commit: the outcome is as unknown as that of a lost
    /// connection.</summary>
    static bool EndsSession(PostgresException error) =>
        error.InvariantSeverity is "FATAL" or "PANIC" || error.SqlState.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>Classes of SQLSTATE that speak of the server and not of the statement: 40 rolled back, 53 out of
    /// resources, 55 not in the state, 57 intervention, 58 system error.</summary>
    static bool LacksMeans(PostgresException error) =>
        !EndsSession(error) && error.SqlState is ['4', '0', ..] or ['5', '3' or '5' or '7' or '8', ..];

    /// <summary>Found on record after their answer was lost. Like any batch they are told of it once the guard
    /// stands at
    /// its head: no later batch may come that would carry it there.</summary>
    async Task AnswerKnownAsync(List<(LaneItem Item, Judged Judged)> found)
    {
        if (found.Count == 0)
            return;
        try
        {
            await using var connection = await database.Lane.OpenConnectionAsync();
            var reads = await LaneReads.TakeAsync(connection, [], database.Handles, CancellationToken.None);
            await EdgeAtAsync(reads.Head);
            await acknowledger.GiveAsync(new(edge!, edge!, reads.Head.Root, [], found, default));
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            edge = null;
            EndAll(found.Select(f => f.Item), new WriteOutcome.Unknown());
        }
    }

    static void Count(int commands, LaneJudge judge)
    {
        Telemetry.BatchSize.Record(commands);
        Telemetry.EventsAppended.Add(judge.Events.Count);
        foreach (var verdict in judge.Events.SelectMany(e => e.Event.Append.Envelope.Verdicts))
            Telemetry.Verdicts.Add(1, new("rule", verdict.RuleId), new("result", WireWords.Of(verdict.Result)));
    }

    static void EndAll(IEnumerable<LaneItem> batch, WriteOutcome outcome)
    {
        foreach (var item in batch)
            item.End(outcome);
    }

    /// <summary>Takes nothing more, finishes what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await worker;
    }
}
