using System.Diagnostics.Metrics;
using Ledger.Store;
using Projections;

namespace Api.Http;

/// <summary>Measures how far each view is behind the newest event (<c>ledger.projection.lag</c>).</summary>
sealed class ViewLag(LedgerDatabase database, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, long> lag = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Ledger.Telemetry.Meter.CreateObservableGauge(
            "ledger.projection.lag",
            () =>
                lag.Select(l => new Measurement<long>(l.Value, new KeyValuePair<string, object?>("view", l.Key)))
                    .ToArray(),
            "{event}",
            "Events that a view has not seen yet"
        );
        using var tick = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var view in Registry.Views)
                    lag[view.Name] = await Freshness.OfAsync(database, view, stoppingToken) is var f
                        ? f.Newest - f.Sequence
                        : 0;
            }
            catch (Exception error) when (error is Npgsql.NpgsqlException or TimeoutException)
            {
                // The database is away: the last figure stands, and readiness says the rest.
            }
        } while (await tick.WaitForNextTickAsync(stoppingToken));
    }
}
