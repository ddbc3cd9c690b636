using Ledger.Indicators;
using Ledger.Kernel;

namespace Ledger.Store;

/// <summary>Indicators by region: baselines, targets, frozen reports.</summary>
public sealed class IndicatorDesk(LedgerDatabase database, EventReader reader, StreamDesk streams)
{
    public Guid StreamOf(string indicator, string region) => database.Handles.EntityId("indicator", indicator, region);

    public Task<Answer> RecordAsync(
        string indicator,
        string region,
        LedgerEvent e,
        bool replaces,
        StreamOrder order,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            Noun.Indicator,
            StreamOf(indicator, region),
            order,
            (history, read) =>
                Task.FromResult(IndicatorDecider.Decide(e, replaces, Indicator.Fold(history), read.Situation())),
            stop
        );

    /// <summary>An indicator in several regions, by region.</summary>
    public async Task<Dictionary<string, Indicator>> ReadAsync(
        string indicator,
        IReadOnlyCollection<string> regions,
        CancellationToken stop
    )
    {
        var byStream = regions.ToDictionary(r => StreamOf(indicator, r));
        var read = await reader.StreamsAsync(byStream.Keys, long.MaxValue, stop);
        return byStream.ToDictionary(s => s.Value, s => Indicator.Fold(read.GetValueOrDefault(s.Key) ?? []));
    }
}
