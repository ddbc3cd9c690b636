using System.Diagnostics;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Supervision;
using Projections;
using Projections.Regulator;

namespace Api.Jobs;

/// <summary>What the alerts show becomes a suspicion, once for each pattern and item: an authority takes it up or
/// dismisses it.</summary>
sealed class SuspicionSweep(LedgerNode node, ILogger<SuspicionSweep> log)
    : Sweep(node, log, TimeSpan.FromSeconds(2), "A suspicion could not be raised")
{
    /// <summary>It looks for a twentieth of its time at most.</summary>
    const int Rest = 20;

    readonly SuspicionQuery suspects = new(node.Database);

    /// <summary>Suspicions that are on record; null before the first look.</summary>
    HashSet<Guid>? known;

    /// <summary>How far the view had come when there was nothing left to do.</summary>
    long settled = -1;

    long resting;

    protected override async Task LookAsync(CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var now = (await Freshness.OfAsync(Node.Database, new AlertsView(), stop)).Sequence;
        if (now == settled || began < resting)
            return;
        known ??= await IdsAsync(stop);
        var all = true;
        foreach (var suspect in await suspects.ReadAsync(stop))
        {
            var id = CaseCommand.StreamOf(suspect.Pattern, suspect.Item, Node.Database.Handles);
            if (known.Contains(id))
                continue;
            if (await RaiseAsync(suspect, id, stop) is Answer.Accepted)
                known.Add(id);
            else
                all = false;
        }
        if (all)
            settled = now;
        resting = began + Rest * (Stopwatch.GetTimestamp() - began);
    }

    /// <summary>Ids of every suspicion and case.</summary>
    async Task<HashSet<Guid>> IdsAsync(CancellationToken stop)
    {
        var ids = new HashSet<Guid>();
        await foreach (var page in Node.Reader.PagesAsync(CaseStreams.Case, 5_000, stop))
            ids.UnionWith(page);
        return ids;
    }

    Task<Answer> RaiseAsync(SuspectItem suspect, Guid id, CancellationToken stop) =>
        ActAsync(
            "SUSPICION",
            $"suspicion/{id}",
            new RaiseSuspicion(id, suspect.Pattern, [new(suspect.Item)], [.. suspect.Events]),
            null,
            suspect.Division,
            stop
        );
}
