using Ledger.Kernel;
using Ledger.Markets;

namespace Ledger.Store;

/// <summary>Acts on markets and registration stations: the code is their natural identity.</summary>
public sealed class SiteDesk(LedgerDatabase database, WriteDoor door, CommandDesk desk, StreamDesk streams)
{
    public Task<Answer> RecordAsync(LedgerEvent e, string code, StreamOrder order, CancellationToken stop)
    {
        var stream = StreamOf(code);
        return streams.RecordAsync(
            EventCatalog.Of(e).Noun,
            stream,
            At(code, order),
            async _ =>
            {
                var guards = await door.GuardsAsync(MarketDecider.Named(code), stop);
                return MarketDecider.Decide(e, code, stream, guards, order.OccurredAt, desk.Now);
            },
            stop
        );
    }

    /// <summary>The stream of a market or station: its code under the key, so that every node names it alike.</summary>
    public Guid StreamOf(string code)
    {
        var kind = StationCode.IsWellFormed(code) ? "station" : "market";
        return database.Handles.EntityId(kind, kind, code);
    }

    /// <summary>The opening of a market, as an import decides it among its rows.</summary>
    public DecidedCommand Opening(Decision decision, string code, StreamOrder order) =>
        StreamDesk.Command([new(StreamOf(code), Noun.Market, decision)], [new(StreamOf(code), 0)], At(code, order));

    /// <summary>Such an act happens at the place that it is about.</summary>
    static StreamOrder At(string code, StreamOrder order) =>
        order with
        {
            Site = code,
            RegionCode = SiteCode.DivisionOf(code),
        };
}
