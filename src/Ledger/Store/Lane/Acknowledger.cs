using System.Threading.Channels;
using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>A batch that is durable and whose callers wait for their answer.</summary>
sealed record Durable(
    RightEdge Before,
    RightEdge After,
    Hash Root,
    List<FilledTile> Filled,
    List<(LaneItem Item, Judged Judged)> Callers,
    DateTimeOffset At
);

/// <summary>
/// The step behind the commit: the guard stores the new head, then the checkpoint is signed and the callers are
/// answered. It overlaps the next batch, and one call of the guard may cover several (proof.md §4).
/// </summary>
sealed class Acknowledger(LogIdentity log, LogState state, TreeReader tree, IHouseWitness guard) : IAsyncDisposable
{
    readonly Channel<Durable> durable = Channel.CreateBounded<Durable>(8);
    Task? worker;

    /// <summary>The edge whose size the guard stands at, as far as this process knows.</summary>
    RightEdge? guarded;

    (ulong Size, string Note) signed = (ulong.MaxValue, "");

    public ValueTask GiveAsync(Durable batch)
    {
        worker ??= Task.Run(RunAsync);
        return durable.Writer.WriteAsync(batch);
    }

    /// <summary>Another process may have written since: the guard must not have seen more, nor another tree.</summary>
    public async Task TakeOverAsync(RightEdge edge)
    {
        if (await GuardCheck.FaultAsync(tree, guard, edge.Size, CancellationToken.None) is not { } fault)
            return;
        state.Break(fault.Fault, fault.Detail);
        throw new BrokenLogException(fault.Detail);
    }

    async Task RunAsync()
    {
        while (await durable.Reader.WaitToReadAsync())
        {
            var batches = new List<Durable>();
            while (durable.Reader.TryRead(out var next))
                batches.Add(next);
            try
            {
                await AdvanceAsync(batches);
            }
            catch (Exception error)
            {
                state.Break(LogFault.Forked, $"The house witness could not be asked: {error.Message}");
            }
            foreach (var batch in batches)
                Answer(batch);
        }
    }

    void Answer(Durable batch)
    {
        // Durable, but not to be signed for: the callers learn it from the record once the log is mended.
        if (!state.IsGood)
        {
            foreach (var (item, judged) in batch.Callers)
                item.End(judged.Outcome is null ? new WriteOutcome.Unknown() : new WriteOutcome.Stale());
            return;
        }
        var committed = new CommittedBatch(Sign(batch), batch.After, batch.Filled);
        foreach (var (item, judged) in batch.Callers)
            item.End(
                judged.Outcome
                    ?? new WriteOutcome.Recorded(
                        item.Command,
                        judged.Stream,
                        judged.Version,
                        batch.At,
                        judged.FirstIndex,
                        committed
                    )
            );
    }

    /// <summary>The guard and the callers are shown the same checkpoint: it is signed once.</summary>
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
        if (guarded is not null && guarded.Size == last.After.Size)
            return;
        var checkpoint = Sign(last);
        var old = guarded?.Size ?? first.Before.Size;
        var proof =
            old == 0 ? []
            : FollowOneAnother(old, batches) ? InMemory(last.After, batches)
            : await StoredAsync(old, last.After.Size);
        for (var tries = 0; tries < 4; tries++)
        {
            switch (await guard.AdvanceAsync(old, checkpoint, proof, CancellationToken.None))
            {
                case GuardAnswer.Stored:
                    guarded = last.After;
                    return;
                case GuardAnswer.At at when at.Size >= last.After.Size:
                    // Another process was faster, with a later tree: it must be one that ours leads to.
                    if (await GuardCheck.FaultAsync(tree, guard, null, CancellationToken.None) is { } fault)
                        state.Break(fault.Fault, fault.Detail);
                    guarded = null;
                    return;
                case GuardAnswer.At at:
                    old = at.Size;
                    proof = old == 0 ? [] : await StoredAsync(old, last.After.Size);
                    break;
                case GuardAnswer.Refused refused:
                    state.Break(LogFault.Forked, $"The house witness refused size {last.After.Size}: {refused.Reason}");
                    return;
            }
        }
        state.Break(LogFault.Forked, "The house witness kept standing elsewhere.");
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
