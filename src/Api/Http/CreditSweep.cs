using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>Once a Shanghai day, and at the start for days that were missed: ends the signals that have run out.
/// Readers
/// never wait for it; what has run out is not shown.</summary>
sealed class CreditSweep(LedgerNode node, ILogger<CreditSweep> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateOnly? done = null;
        using var tick = new PeriodicTimer(Look, node.Clock);
        do
        {
            var today = ShanghaiDay.Of(node.Desk.Now);
            if (today == done || !node.State.IsGood)
                continue;
            try
            {
                await node.Credit.ExpireAsync(today, stoppingToken);
                done = today;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Looked for again at the next tick; its key says which it is.
                log.LogError(error, "Signals that ran out could not be ended");
            }
        } while (await tick.WaitForNextTickAsync(stoppingToken));
    }
}
