using Ledger.Store;
using Ledger.Store.Mapping;

namespace Api.Http;

/// <summary>
/// Logs a head map where anything was logged since the last one: at most one every <c>LEDGER_HEAD_MAP_SECONDS</c>
/// (default 300), and soon after the first new leaf of a quiet log.
/// </summary>
sealed class HeadMapping(LedgerNode node, ILogger<HeadMapping> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    static TimeSpan Every =>
        int.TryParse(Environment.GetEnvironmentVariable("LEDGER_HEAD_MAP_SECONDS"), out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var builder = new HeadMapBuilder(node);
        var every = Every;
        using var tick = new PeriodicTimer(every < Look ? every : Look, node.Clock);
        var last = DateTimeOffset.MinValue;
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            if (node.Clock.GetUtcNow() - last < every || !node.State.IsGood)
                continue;
            try
            {
                if (await builder.BuildAsync(stoppingToken) is not null)
                    last = node.Clock.GetUtcNow();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The map is late, nothing is lost: the next tick begins it again.
                log.LogError(error, "The head map could not be built");
            }
        }
    }
}
