using Api.Settings;
using Ledger.Store;
using Ledger.Store.Publishing;

namespace Api.Jobs;

/// <summary>Takes the leaf key that <c>keys rotate</c> put into the data folder while the service runs. A key that the
/// log does not know signs nothing.</summary>
sealed class LeafKeyWatch(LedgerNode node, PublishingSettings settings, ILogger<LeafKeyWatch> log) : BackgroundService
{
    /// <summary>So soon a rotation is noticed.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Look, node.Clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The key for leaves could not be read");
            }
    }

    internal async Task LookAsync(CancellationToken stop)
    {
        var keys = node.Database.Keys;
        if (KeyFiles.Leaf(settings.Folder) is not { } found || found.Thumbprint == keys.Leaf.Thumbprint)
            return;
        if (await node.Chains.MaySignLeavesAsync(found, stop))
            keys.Rotate(found);
        else
            log.LogError("keys/leaf holds the key {Thumbprint}, which this log does not know", found.Thumbprint);
    }
}
