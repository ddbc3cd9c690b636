using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>One audit under way.</summary>
/// <param name="Size">Leaves of the newest head when it began.</param>
sealed record AuditRun(
    LedgerDatabase Database,
    AuditReads Reads,
    AuditScope Scope,
    ulong Size,
    Findings Findings,
    Action<string> Progress
);

/// <summary>Steps 1 to 8 in one pass over the leaves: each page is read once, and each step looks at each leaf in
/// turn.</summary>
sealed class LogPass : IDisposable
{
    readonly AuditRun run;
    readonly HeadsOfTree heads;
    readonly HouseWitnessAudit witness;
    readonly TreeReader stored;
    readonly StoredLeaves leaves;
    readonly StoredTiles tiles;
    readonly SignedLeaves signatures;
    readonly Chains chains;
    readonly EventsOfLeaves events;

    /// <summary>Null where the audit does not start at leaf 0: a map is made of all of them.</summary>
    readonly HeadMaps? maps;

    public LogPass(AuditRun run, HeadsOfTree heads, HouseWitnessAudit witness)
    {
        (this.run, this.heads, this.witness) = (run, heads, witness);
        stored = new(run.Reads.Tree);
        leaves = new(run.Findings);
        tiles = new(run.Reads, run.Scope.Published, run.Findings);
        signatures = new(run.Size, run.Scope.AllSignatures, run.Findings);
        chains = new(run.Reads, run.Database.Handles, run.Findings);
        events = new(run.Reads, run.Database.Handles, run.Findings);
        maps = run.Scope.From == 0 ? new(run.Scope.Held, run.Findings) : null;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        if (await StartAsync(stop) is not { } tree)
            return;
        for (var first = run.Scope.From; first < run.Size; )
        {
            var end = Math.Min(first + AuditReads.PageSize, run.Size);
            var page = await run.Reads.PageAsync(first, end, stop);
            for (var index = first; index < end; index++)
                Look(page, index, tree);
            await tiles.CompareAsync(page, tree.Filled(), stop);
            await signatures.LookAtSeenAsync(stored, stop);
            first = end;
            run.Progress($"leaf {end} of {run.Size}, {run.Findings.Count} findings");
        }
        heads.End();
        maps?.Compare(run.Progress, stop);
        if (maps?.Newest is var (map, mapped))
            await new StoredMap(run.Database, run.Findings).CompareAsync(map, mapped, run.Progress, stop);
        await events.LookAtEventsAsync(await SeqBeforeAsync(stop), stop);
    }

    /// <summary>The tree where the audit starts, checked as far as it can be; null where it cannot be made.</summary>
    async Task<TreeOfLeaves?> StartAsync(CancellationToken stop)
    {
        await signatures.LearnAsync(run.Reads, run.Scope.From, stop);
        if (maps is null)
            run.Findings.Skip("Head maps are not compared: they are made of all leaves, from 0 on.");
        try
        {
            var tree = new TreeOfLeaves(await stored.EdgeAsync(run.Scope.From, stop));
            var head = await run.Reads.HeadUpToAsync(run.Scope.From, stop);
            if (head is null)
                run.Findings.Add(FindingKinds.Head, $"There is no head up to size {run.Scope.From}.");
            else if (head.Size == run.Scope.From)
                heads.StartAt(head, tree.Root(), isNewest: run.Size == run.Scope.From);
            else
                heads.StartAfter(head);
            await witness.LookLeftOfAsync(run.Scope.From, stored, stop);
            if (witness.Size == run.Scope.From)
                witness.LookAtRoot(tree.Root());
            return tree;
        }
        catch (BrokenLogException error)
        {
            run.Findings.Add(
                FindingKinds.Tile,
                $"The tree left of leaf {run.Scope.From} is not whole: {error.Message} Audit from 0."
            );
            return null;
        }
    }

    void Look(AuditPage page, ulong index, TreeOfLeaves tree)
    {
        var leaf = leaves.Look(page, index);
        chains.Look(leaf);
        events.Look(leaf, page.Covering(index));
        signatures.Look(leaf);
        maps?.Look(leaf);
        tree.Add(leaf.Hash);
        var reached = index + 1;
        if (page.Heads.GetValueOrDefault(reached) is { } head)
            heads.Look(head, tree.Root(), leaf.Row?.Event?.Seq, isNewest: reached == run.Size);
        if (page.Checkpoints.GetValueOrDefault(reached) is { } checkpoint)
            heads.Look(checkpoint, tree.Root());
        if (witness.Size == reached)
            witness.LookAtRoot(tree.Root());
    }

    async Task<long> SeqBeforeAsync(CancellationToken stop) =>
        run.Scope.From == 0
            ? long.MinValue
            : (await run.Reads.HeadUpToAsync(run.Scope.From, stop))?.Seq ?? long.MinValue;

    public void Dispose() => maps?.Dispose();
}
