using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Ledger.Kernel;
using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>
/// The one append path. Callers decide and sign in parallel; one worker drains what has come, reads what it is judged
/// on at the newest head, grows the tree, and appends it to the write log at that head, whole or not at all: events,
/// leaves and head are one order on every node (proof.md §4, ADR 0010).
/// </summary>
public sealed class CommitLane : IAsyncDisposable
{
    /// <summary>Bounds of a batch and of the queue (operations.md §3.1).</summary>
    public const int MostEvents = 256,
        MostBytes = 1 << 20,
        LongestQueue = 4096;

    /// <summary>How long a caller who does not import waits for the outcome.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How often a batch is judged again because another node was faster. Each time means that one of them
    /// has written.</summary>
    const int Rounds = 32;

    readonly IWriteLog log;
    readonly LogIdentity identity;
    readonly LogState state;
    readonly TreeReader tree;
    readonly TimeProvider clock;
    readonly Acknowledger acknowledger;
    readonly UnknownOutcomeResolver resolver;
    readonly Channel<LaneItem> queue = Channel.CreateBounded<LaneItem>(
        new BoundedChannelOptions(LongestQueue) { SingleReader = true }
    );
    readonly Task worker;
    RightEdge? edge;

    /// <summary>Events of this process are durable: whoever follows them may look.</summary>
    public event Action? Committed;

    /// <param name="clock">Gives the time of a batch, and measures how long anybody waits.</param>
    public CommitLane(
        IWriteLog log,
        LogIdentity identity,
        LogState state,
        TreeReader tree,
        IHouseWitness houseWitness,
        TimeProvider clock
    )
    {
        (this.log, this.identity, this.state, this.tree, this.clock) = (log, identity, state, tree, clock);
        acknowledger = new(identity, state, tree, houseWitness, clock);
        resolver = new(log, clock);
        worker = RunAsync();
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
        Task<WriteOutcome>[] waiting = [.. items.Select(i => patient ? i.Done : i.WithinAsync(Patience, clock))];
        var outcomes = new WriteOutcome[waiting.Length];
        for (var i = 0; i < waiting.Length; i++)
            outcomes[i] = await waiting[i];
        return outcomes;
    }

    async Task RunAsync()
    {
        // Off the caller's stack, on whatever schedules it: a simulation has one thread.
        await Task.Yield();
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
        try
        {
            if (state.Broken is { } broken)
                throw new BrokenLogException(broken.Detail);
            if (acknowledger.IsBehind)
                throw new TimeoutException(state.Unknown);
            for (var round = 0; round < Rounds; round++)
                if (await TurnAsync(batch))
                    return;
            EndAll(batch, new WriteOutcome.Stale());
        }
        catch (BrokenLogException error)
        {
            state.Break(LogFault.Forked, error.Message);
            EndAll(batch, new WriteOutcome.Refused(new("ledger-read-only")));
        }
        catch (Exception error) when (IsAway(error))
        {
            // Nothing was written.
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
            Telemetry.LaneStep.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    /// <summary>The store could not be asked.</summary>
    static bool IsAway(Exception error) => error is DbException or IOException or TimeoutException;

    /// <summary>Judges and appends once.</summary>
    /// <returns>False: nothing was written, because the head has moved.</returns>
    async Task<bool> TurnAsync(IReadOnlyList<LaneItem> batch)
    {
        var judged = new List<(LaneItem Item, BatchEntryResult Judged)>();
        try
        {
            AppendResult result;
            await using (var turn = await log.BeginAsync([.. batch.Select(i => i.Command)], CancellationToken.None))
            {
                await EdgeAtAsync(turn.State.Head);
                result = await AppendAsync(turn, batch, judged);
            }
            // The turn has ended: whatever comes next may begin one of its own.
            if (result is AppendResult.Rejected)
                await OneByOneAsync(batch);
            return result is not AppendResult.HeadMoved;
        }
        catch (OutcomeUnknownException)
        {
            Telemetry.OutcomesUnknown.Add(1);
            var mine = judged.Where(j => j.Judged.Outcome is null).Select(j => j.Item).ToList();
            // They may lean on what a neighbour was about to write, and nobody knows whether it did.
            EndAll(judged.Where(j => j.Judged.Outcome is not null).Select(j => j.Item), new WriteOutcome.Stale());
            await AnswerKnownAsync(await resolver.ResolveAsync(mine));
            return true;
        }
    }

    /// <summary>One of a batch is not taken by the store: a bug, but its neighbours are not to pay for it.</summary>
    async Task OneByOneAsync(IReadOnlyList<LaneItem> batch)
    {
        if (batch.Count == 1)
            batch[0].End(new WriteOutcome.Refused(new("internal-error")));
        else
            foreach (var item in batch)
                await CommitAsync([item]);
    }

    /// <summary>A head that this process did not write last is accepted only with its mark and its recomputed
    /// root.</summary>
    async Task EdgeAtAsync(Head head)
    {
        if (edge is not null && edge.Size == head.Size)
            return;
        if (!identity.Fits(head))
            throw new BrokenLogException($"The head of size {head.Size} does not carry the log's mark.");
        var loaded = await tree.EdgeAsync(head.Size, CancellationToken.None);
        if (loaded.Root() != head.Root)
            throw new BrokenLogException($"The leaves of size {head.Size} do not have the root of their head.");
        edge = loaded;
        await acknowledger.TakeOverAsync(loaded);
    }

    async Task<AppendResult> AppendAsync(
        IWriteTurn turn,
        IReadOnlyList<LaneItem> batch,
        List<(LaneItem Item, BatchEntryResult Judged)> judged
    )
    {
        var head = turn.State.Head;
        var judge = new LaneJudge(turn.State);
        // Whoever leaves may lean on what a neighbour is about to write: told only once that is durable and witnessed.
        judged.AddRange(batch.Select(item => (item, judge.Judge(item.Command))));
        var before = edge!;
        if (judge.Entries.Count == 0)
        {
            await acknowledger.GiveAsync(new(before, before, head.Root, [], judged, default));
            return AppendResult.Appended;
        }
        var filled = new List<FilledTile>();
        var grown = before.Append([.. judge.Entries.Select(e => e.Event.LeafHash)], filled);
        var root = grown.Root();
        var at = Instants.Cut(clock.GetUtcNow());
        // The edge has begun to grow: whatever ends other than well, it is loaded again.
        edge = null;
        var result = await turn.AppendAsync(
            new(head, root, at, judge.Entries, filled, judge.NewStreams, judge.ChangedReservations, judge.NewSubjects)
        );
        if (result is not AppendResult.Appended)
            return result;
        edge = grown;
        Committed?.Invoke();
        foreach (var tile in filled)
            tree.Keep(tile.Id, tile.Tile);
        Count(batch.Count, judge);
        await acknowledger.GiveAsync(new(before, grown, root, filled, judged, at));
        return result;
    }

    /// <summary>Found on record after their answer was lost. Like any batch they are told of it once the house witness
    /// stands at its head: no later batch may come that would carry it there.</summary>
    async Task AnswerKnownAsync(List<(LaneItem Item, BatchEntryResult Judged)> found)
    {
        if (found.Count == 0)
            return;
        try
        {
            var head = await log.HeadAsync(CancellationToken.None);
            await EdgeAtAsync(head);
            await acknowledger.GiveAsync(new(edge!, edge!, head.Root, [], found, default));
        }
        catch (Exception error) when (IsAway(error))
        {
            edge = null;
            EndAll(found.Select(f => f.Item), new WriteOutcome.Unknown());
        }
    }

    static void Count(int commands, LaneJudge judge)
    {
        Telemetry.BatchSize.Record(commands);
        Telemetry.EventsAppended.Add(judge.Entries.Count);
        foreach (var verdict in judge.Entries.SelectMany(e => e.Event.Append.Envelope.Verdicts))
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
