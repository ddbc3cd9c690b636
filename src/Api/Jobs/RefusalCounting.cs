using Ledger.Store;

namespace Api.Jobs;

/// <summary>Writes what was refused and warned every two seconds, and when the service ends.</summary>
sealed class RefusalCounting(LedgerNode node, ILogger<RefusalCounting> log) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Pace, node.Clock);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
                try
                {
                    await node.WriteRefusalsAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    log.LogWarning(error, "The counts of refusals could not be written; they are tried again");
                }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }
}
