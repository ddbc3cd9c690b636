using Ledger.Store.Postgres;

namespace Api.Cluster;

/// <summary>
/// Keeps the private cluster running for as long as the service that owns it: a server that died, was killed or gave up
/// on
/// a full disk is started again, on the same socket, sooner at first and then with pauses; and its log stays small.
/// </summary>
sealed class ClusterKeeper(
    PrivateCluster cluster,
    LedgerDatabase database,
    TimeProvider clock,
    ILogger<ClusterKeeper> log
) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250),
        LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>Looks between two looks at the log.</summary>
    const int LogEvery = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Look;
        try
        {
            for (var looks = 0; ; looks++)
            {
                await Task.Delay(pause, clock, stoppingToken);
                pause = await KeepAsync(stoppingToken) ? Look : Longer(pause);
                if (looks % LogEvery == 0)
                    await BoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends, or could not start: no fault of this one.
        }
    }

    static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <returns>Whether it runs.</returns>
    async Task<bool> KeepAsync(CancellationToken stop)
    {
        try
        {
            if (await cluster.IsRunningAsync(stop))
                return true;
            log.LogError("PostgreSQL has ended; it is started again");
            await cluster.RestoreAsync(stop);
            // What is kept of the old one would fail once each.
            database.Source.Clear();
            database.Lane.Clear();
            log.LogWarning("PostgreSQL runs again");
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A full disk, or processes of the old server that have not ended yet: tried again.
            log.LogError("PostgreSQL could not be started again: {Why}", error.Message);
            return false;
        }
    }

    async Task BoundAsync(CancellationToken stop)
    {
        try
        {
            await cluster.BoundLogAsync(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError("PostgreSQL's log could not be cut: {Why}", error.Message);
        }
    }
}
