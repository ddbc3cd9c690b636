using Ledger.Kernel;
using Ledger.Store;
using Projections;

namespace Api.Jobs;

/// <summary>Once a Shanghai day, after midnight: views and reservations are held against the events (domain.md R16). A
/// service that
/// has just begun waits for the day to turn.</summary>
sealed class ReconciliationJob(LedgerNode node, ILogger<ReconciliationJob> log)
    : Sweep(node, log, TimeSpan.FromMinutes(1), "The views could not be held against the events")
{
    readonly Reconciler reconciler = new(node);
    DateOnly done = ShanghaiDay.Of(node.Pipeline.Now);

    protected override async Task LookAsync(CancellationToken stop)
    {
        var today = ShanghaiDay.Of(Node.Pipeline.Now);
        if (today <= done)
            return;
        // Another node may have been first.
        if (await reconciler.LastAsync(stop) is not { } last || last < today)
        {
            if (await reconciler.RunAsync(today, stop) is not { } runs)
                return;
            foreach (var run in runs.Where(r => r.Mismatches > 0))
                Log.LogError(
                    "{View} did not fit the events at {Count} things; what of a view can be made was made anew, reservations are for rebuild",
                    run.Projection,
                    run.Mismatches
                );
        }
        done = today;
    }
}
