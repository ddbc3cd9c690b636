using Ledger.Store;
using Ledger.Store.Mapping;

namespace Api.Jobs;

/// <summary>
/// Logs a head map where anything was logged since the last one: at most one every <c>LEDGER_HEAD_MAP_SECONDS</c>
/// (default 300), and soon after the first new leaf of a quiet log. Whoever waits for a bundle asks for one himself
/// (<see cref="HeadMapWaiting"/>).
/// </summary>
sealed class HeadMapJob(LedgerNode node, HeadMapBuilder builder, ILogger<HeadMapJob> log)
    : Sweep(node, log, Every < Most ? Every : Most, "The head map could not be built")
{
    static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    static TimeSpan Every { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("LEDGER_HEAD_MAP_SECONDS"), out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromMinutes(5);

    DateTimeOffset last = DateTimeOffset.MinValue;

    /// <summary>Where it fails the map is late, nothing is lost.</summary>
    protected override async Task LookAsync(CancellationToken stop)
    {
        if (Node.Clock.GetUtcNow() - last >= Every && await builder.BuildAsync(stop) is not null)
            last = Node.Clock.GetUtcNow();
    }
}
