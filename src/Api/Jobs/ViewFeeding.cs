using System.Threading.Channels;
using Ledger.Store;
using Projections;

namespace Api.Jobs;

/// <summary>Feeds the views: at once when something was committed here, and by looking for what other processes
/// committed; a page at most in each <see cref="Pace"/>, so that under load a page is many events.</summary>
sealed class ViewFeeding(LedgerNode node, ILogger<ViewFeeding> log) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50),
        Look = TimeSpan.FromMilliseconds(250);

    readonly ViewFeed feed = new(node.Database, node.Clock);
    readonly Channel<bool> committed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Wake() => committed.Writer.TryWrite(true);
        node.Lane.Committed += Wake;
        try
        {
            while (true)
            {
                if (!await TurnAsync(stoppingToken))
                    await WaitAsync(stoppingToken);
                await Task.Delay(Pace, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
        finally
        {
            node.Lane.Committed -= Wake;
        }
    }

    /// <returns>Whether there is more to feed at once.</returns>
    async Task<bool> TurnAsync(CancellationToken stop)
    {
        try
        {
            var turn = await feed.TurnAsync(stop);
            foreach (var (view, why) in turn.Standing)
                log.LogError("The view {View} cannot be written: {Why}", view, why);
            return turn.HasMore;
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(error, "The views could not be fed");
            return false;
        }
    }

    async Task WaitAsync(CancellationToken stop)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
        look.CancelAfter(Look);
        try
        {
            await committed.Reader.ReadAsync(look.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing was committed here; another process may have.
        }
    }
}
