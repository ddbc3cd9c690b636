using System.Diagnostics;
using Ledger.Store;
using Ledger.Supervision;
using Projections;
using Projections.Regulator;

namespace Api.Http;

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
        var now = (await Freshness.OfAsync(Node.Database, Registry.Find("alerts")!, stop)).Sequence;
        if (now == settled || began < resting)
            return;
        known ??= await Node.Cases.IdsAsync(stop);
        var all = true;
        foreach (var suspect in await suspects.ReadAsync(stop))
        {
            var id = Node.Cases.StreamOf(suspect.Pattern, suspect.Item);
            if (known.Contains(id))
                continue;
            if (await RaiseAsync(suspect, id, stop) is Answer.Recorded)
                known.Add(id);
            else
                all = false;
        }
        if (all)
            settled = now;
        resting = began + Rest * (Stopwatch.GetTimestamp() - began);
    }

    Task<Answer> RaiseAsync(SuspectItem suspect, Guid id, CancellationToken stop)
    {
        var order = StreamOrder.OfSystem(Node.Database.Handles, "SUSPICION", $"suspicion/{id}", Node.Desk.Now);
        return Node.Cases.RecordAsync(
            id,
            new SuspicionRaised(suspect.Pattern, [new(suspect.Item)], [.. suspect.Events]),
            known: false,
            order with
            {
                RegionCode = suspect.Division,
                IsDatedHere = true,
            },
            stop
        );
    }
}
