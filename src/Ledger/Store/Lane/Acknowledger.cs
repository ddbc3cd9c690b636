using System.Threading.Channels;
using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>A batch that is durable and whose callers wait for their answer.</summary>
sealed record Durable(
    RightEdge Before,
    RightEdge After,
    Hash Root,
    List<FilledTile> Filled,
    List<(LaneItem Item, BatchEntryResult Judged)> Callers,
    DateTimeOffset At
);

/// <summary>
/// The step behind the commit: the house witness stores the new head, then the checkpoint is signed and the callers are
/// answered. It overlaps the next batch, and one call of the house witness may cover several (proof.md §4).
/// </summary>
sealed class Acknowledger(
    LogIdentity log,
    LogState state,
    TreeReader tree,
    IHouseWitness houseWitness,
    TimeProvider clock
) : IAsyncDisposable
{
    readonly Channel<Durable> durable = Channel.CreateBounded<Durable>(8);
    Task? worker;

    /// <summary>The edge whose size the house witness stands at, as far as this process knows.</summary>
    RightEdge? witnessed;

    /// <summary>The newest head that the house witness could not be brought to; null: none.</summary>
    volatile Durable? owed;

    (ulong Size, string Note) signed = (ulong.MaxValue, "");

    /// <summary>How long the callers of a batch wait for a house witness that cannot be asked.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5),
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromSeconds(1);

    public ValueTask GiveAsync(Durable batch)
    {
        worker ??= RunAsync();
        return durable.Writer.WriteAsync(batch);
    }

    /// <summary>Another process may have written since: the house witness must not have seen more, nor another
    /// tree.</summary>
    public async Task TakeOverAsync(RightEdge edge)
    {
        if (await WitnessCheck.FaultAsync(tree, houseWitness, edge.Size, CancellationToken.None) is not { } fault)
            return;
        state.Break(fault.Fault, fault.Detail);
        throw new BrokenLogException(fault.Detail);
    }

    /// <summary>Whether the house witness could not be brought to what is durable: until it is, nothing more is to be
    /// committed.</summary>
    public bool IsBehind => owed is not null;

    async Task RunAsync()
    {
        // Off the caller's stack, on whatever schedules it: a simulation has one thread.
        await Task.Yield();
        while (await ComesAsync())
        {
            var batches = new List<Durable>();
            while (durable.Reader.TryRead(out var next))
                batches.Add(next);
            var known = await ReachAsync(batches.Count > 0 ? batches : [owed!], batches.Count > 0 ? Patience : default);
            foreach (var batch in batches)
                Answer(batch, known);
        }
    }

    /// <summary>Waits for a batch; while the house witness is owed a head, no longer than until it is asked
    /// again.</summary>
    /// <returns>False: no batch will come any more.</returns>
    async Task<bool> ComesAsync()
    {
        if (owed is null)
            return await durable.Reader.WaitToReadAsync();
        using var pause = new CancellationTokenSource(LongestPause, clock);
        try
        {
            return await durable.Reader.WaitToReadAsync(pause.Token);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Brings the house witness to the newest of these heads. What cannot be asked is asked again: a lost
    /// connection, a full disk, an answer that proves nothing say nothing about the log.</summary>
    /// <returns>False: nobody knows within the patience whether the house witness has it. It goes on being
    /// asked.</returns>
    async Task<bool> ReachAsync(List<Durable> batches, TimeSpan patience)
    {
        var started = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (state.IsGood)
                    await AdvanceAsync(batches);
                owed = null;
                state.Doubt(null);
                return true;
            }
            catch (BrokenLogException error)
            {
                state.Break(LogFault.Forked, error.Message);
            }
            catch (Exception error)
            {
                witnessed = null;
                state.Doubt(
                    $"The house witness could not be brought to size {batches[^1].After.Size}: {error.Message}"
                );
                if (clock.GetElapsedTime(started) + pause > patience)
                {
                    owed = batches[^1];
                    return false;
                }
                await Task.Delay(pause, clock);
            }
        }
    }

    void Answer(Durable batch, bool known)
    {
        // Durable, but not to be signed for: the callers learn it from the record, by the same key, once the house
        // witness has it or the log is mended.
        if (!known || !state.IsGood)
        {
            foreach (var (item, judged) in batch.Callers)
                item.End(
                    judged.Outcome is null or WriteOutcome.Known ? new WriteOutcome.Unknown() : new WriteOutcome.Stale()
                );
            return;
        }
        var committed = new CommittedBatch(Sign(batch), batch.After, batch.Filled);
        foreach (var (item, judged) in batch.Callers)
            item.End(
                judged.Outcome
                    ?? new WriteOutcome.Appended(
                        item.Command,
                        judged.Stream,
                        judged.Version,
                        batch.At,
                        judged.FirstIndex,
                        committed
                    )
            );
    }

    /// <summary>The house witness and the callers are shown the same checkpoint: it is signed once.</summary>
    string Sign(Durable batch)
    {
        if (signed.Size != batch.After.Size)
        {
            using var span = Telemetry.Source.StartActivity("ledger.checkpoint.sign");
            signed = (batch.After.Size, log.Sign(batch.After.Size, batch.Root));
        }
        return signed.Note;
    }

    async Task AdvanceAsync(List<Durable> batches)
    {
        var (first, last) = (batches[0], batches[^1]);
        if (witnessed is not null && witnessed.Size == last.After.Size)
            return;
        var checkpoint = Sign(last);
        var old = witnessed?.Size ?? first.Before.Size;
        var proof =
            old == 0 ? []
            : FollowOneAnother(old, batches) ? InMemory(last.After, batches)
            : await StoredAsync(old, last.After.Size);
        for (var tries = 0; tries < 4; tries++)
        {
            switch (await houseWitness.AdvanceAsync(old, checkpoint, proof, CancellationToken.None))
            {
                case HouseWitnessAnswer.Stored:
                    witnessed = last.After;
                    return;
                case HouseWitnessAnswer.At at when at.Size >= last.After.Size:
                    // Another process was faster, with a later tree: it must be one that ours leads to.
                    if (await WitnessCheck.FaultAsync(tree, houseWitness, null, CancellationToken.None) is { } fault)
                        state.Break(fault.Fault, fault.Detail);
                    witnessed = null;
                    return;
                case HouseWitnessAnswer.At at:
                    old = at.Size;
                    proof = old == 0 ? [] : await StoredAsync(old, last.After.Size);
                    break;
                case HouseWitnessAnswer.Refused when proof is not [] && tries == 0:
                    // The stored tree counts, not the one in memory.
                    proof = await StoredAsync(old, last.After.Size);
                    break;
                case HouseWitnessAnswer.Refused refused:
                    var proven = await WitnessCheck.RefusedAsync(
                        tree,
                        houseWitness,
                        (last.After.Size, last.Root),
                        refused.Reason,
                        CancellationToken.None
                    );
                    state.Break(proven.Fault, proven.Detail);
                    return;
            }
        }
        throw new TimeoutException("The house witness kept standing elsewhere.");
    }

    /// <summary>Another process, or a commit whose answer was lost, may have grown the tree in between.</summary>
    static bool FollowOneAnother(ulong size, List<Durable> batches)
    {
        foreach (var batch in batches)
        {
            if (batch.Before.Size != size)
                return false;
            size = batch.After.Size;
        }
        return true;
    }

    /// <summary>Every node of the proof lies on the new edge, or in a tile that was filled on the way to it.</summary>
    static Hash[] InMemory(RightEdge now, List<Durable> batches)
    {
        var filled = new Dictionary<TileId, Tile>();
        foreach (var tile in batches.SelectMany(b => b.Filled))
            filled[tile.Id] = tile.Tile;
        return ProofPlan
            .Consistency(batches[0].Before.Size, now.Size)
            .Resolve(id => now.On(id) ?? filled.GetValueOrDefault(id) ?? throw new BrokenLogException($"Tile {id}."));
    }

    Task<Hash[]> StoredAsync(ulong old, ulong size) =>
        tree.ResolveAsync(ProofPlan.Consistency(old, size), size, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        durable.Writer.TryComplete();
        if (worker is not null)
            await worker;
    }
}
