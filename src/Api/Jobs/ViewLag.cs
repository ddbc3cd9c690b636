using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Api.Hosting;
using Api.Lists;

namespace Api.Jobs;

/// <summary>Looks how far each view is behind the newest event (<c>ledger.projection.lag</c>) and whether it stands
/// still or holds an item (<c>ledger.projection.paused</c>); says so once, and once that it is over.</summary>
sealed class ViewLag(Readiness readiness, TimeProvider clock, ILogger<ViewLag> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    readonly ConcurrentDictionary<string, long> lag = [],
        paused = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Observe("ledger.projection.lag", "{event}", "Events that a view has not seen yet", lag);
        Observe(
            "ledger.projection.paused",
            "{cause}",
            "Items that a view holds, and one where it stands still",
            paused
        );
        using var tick = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                var state = await readiness.AskAsync();
                // Without views the database is away: the last figure stands, and readiness says the rest.
                foreach (var (view, place) in state.Views)
                {
                    lag[view] = place.Newest - place.Sequence;
                    Say(view, place, state);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "How far the views are behind could not be asked; it is asked again");
            }
        } while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    void Say(string view, AsOf place, ReadyState state)
    {
        var held = state.Held.Where(h => h.View == view).ToList();
        var causes = held.Count + (state.Standing.Contains(view) ? 1 : 0);
        var before = paused.GetValueOrDefault(view);
        paused[view] = causes;
        if (causes > 0 && before == 0)
            log.LogError(
                "The view {View} {Does} at {Sequence} of {Newest}: {Why}",
                view,
                held.Count > 0 ? "holds an item" : "stands still",
                place.Sequence,
                place.Newest,
                held.FirstOrDefault()?.Why
            );
        else if (causes == 0 && before > 0)
            log.LogWarning("The view {View} goes on", view);
    }

    static void Observe(string name, string unit, string what, ConcurrentDictionary<string, long> figures) =>
        Ledger.Telemetry.Meter.CreateObservableGauge(
            name,
            () =>
                figures
                    .Select(f => new Measurement<long>(f.Value, new KeyValuePair<string, object?>("view", f.Key)))
                    .ToArray(),
            unit,
            what
        );
}
