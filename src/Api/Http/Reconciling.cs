using Ledger.Kernel;
using Ledger.Store;
using Projections;

namespace Api.Http;

/// <summary>Once a Shanghai day, after midnight: the views are held against the events (domain.md R16). A service that
/// has just begun waits for the day to turn.</summary>
sealed class Reconciling(LedgerNode node, ILogger<Reconciling> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reconciler = new Reconciler(node);
        var done = ShanghaiDay.Of(node.Desk.Now);
        using var tick = new PeriodicTimer(Look, node.Clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            try
            {
                var today = ShanghaiDay.Of(node.Desk.Now);
                if (today <= done || !node.State.IsGood)
                    continue;
                // Another node may have been first.
                if (await reconciler.LastAsync(stoppingToken) is not { } last || last < today)
                {
                    if (await reconciler.RunAsync(today, stoppingToken) is not { } runs)
                        continue;
                    foreach (var run in runs.Where(r => r.Mismatches > 0))
                        log.LogError(
                            "View {View} did not fit its events at {Count} items; what can be made was made anew",
                            run.Projection,
                            run.Mismatches
                        );
                }
                done = today;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Tried again at the next tick.
                log.LogError(error, "The views could not be held against the events");
            }
    }
}
