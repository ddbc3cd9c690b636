using Ledger.Store;

namespace Api.Http;

/// <summary>What the service does by itself, again and again: a look that fails is logged, and is taken again at the
/// next tick.</summary>
/// <param name="look">How often.</param>
/// <param name="failing">What is logged of a look that failed.</param>
abstract class Sweep(LedgerNode node, ILogger log, TimeSpan look, string failing) : BackgroundService
{
    protected LedgerNode Node { get; } = node;

    protected ILogger Log { get; } = log;

    /// <summary>Whether the first look waits for a tick.</summary>
    protected virtual bool Waits => true;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(look, Node.Clock);
        if (!Waits)
            await TryAsync(stoppingToken);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            await TryAsync(stoppingToken);
    }

    async Task TryAsync(CancellationToken stop)
    {
        try
        {
            // A log that is not trusted is not written to.
            if (Node.State.IsGood)
                await LookAsync(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.LogError(error, "{What}; it is tried again at the next look", failing);
        }
    }

    protected abstract Task LookAsync(CancellationToken stop);
}
