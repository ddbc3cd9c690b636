using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;

namespace Api.Jobs;

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

    /// <summary>What the ledger itself records: by the calendar, or as a consequence.</summary>
    /// <param name="verb">Part of the command's hash: whose act it is.</param>
    /// <param name="key">Says which act it is, so that one that was cut off is taken again and never twice.</param>
    /// <param name="at">When the law says that it occurs; null: when it is decided.</param>
    /// <returns>Refused where the thing has moved meanwhile: the view will say so.</returns>
    protected Task<Answer> ActAsync(
        string verb,
        string key,
        LedgerCommand command,
        DateTimeOffset? at,
        string? division,
        CancellationToken stop
    ) =>
        Node.Pipeline.RecordAsync(
            CommandRequest.OfSystem(Node.Database.Handles, verb, key, command, at ?? Node.Pipeline.Now) with
            {
                RegionCode = division,
                IsDatedHere = at is null,
            },
            stop
        );

    /// <summary>Never before what is known of the item already: what sorts too early has no effect.</summary>
    protected static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset newest) => at > newest ? at : newest;
}
