using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Projections.Regulator;

/// <summary>To which market an event of an item belongs, whoever acted: a sale where it counts; an act on a deal, a
/// listing, an intake, a wipe or a complaint where that was begun; anything else where it was recorded.</summary>
sealed class MarketsOfEvents
{
    static readonly ConcurrentDictionary<Type, ImmutableArray<PropertyInfo>> Ids = new();

    readonly Dictionary<Guid, string> begun = [];
    readonly Dictionary<Guid, Sale> sales;

    public MarketsOfEvents(ItemHistory history)
    {
        sales = Sale.AllOf(history).ToDictionary(s => s.Event.EventId, s => s.Sale);
        foreach (var e in history.Events)
            switch (e.Event)
            {
                case DealOpened { DealId: { } deal }:
                    Add(deal, history.State?.Trade.Deal(deal)?.Market ?? e.Envelope.Market);
                    break;
                case ItemListed { ListingId: { } listing } l:
                    Add(listing, l.Market ?? e.Envelope.Market);
                    break;
                case ItemReceived { IntakeId: { } intake }:
                    Add(intake, e.Envelope.Market);
                    break;
                case WipeAttested { AttestationId: { } attestation, IntakeId: { } of }:
                    Add(attestation, begun.GetValueOrDefault(of) ?? e.Envelope.Market);
                    break;
                case ComplaintFiled { ComplaintId: { } complaint, DealId: { } about }:
                    Add(complaint, begun.GetValueOrDefault(about) ?? e.Envelope.Market);
                    break;
            }
    }

    /// <summary>Where an event counts for whoever asks by market or division.</summary>
    public Place Of(StoredEvent e) =>
        sales.GetValueOrDefault(e.EventId) is null && Market(e.Event) is { } market
            ? new(market, MarketCode.DivisionOf(market))
            : Place.Of(e, sales.GetValueOrDefault(e.EventId));

    void Add(Guid id, string? market)
    {
        if (market is not null && MarketCode.IsWellFormed(market))
            begun.TryAdd(id, market);
    }

    /// <summary>That of the first thing that the event names and that was begun in a market.</summary>
    string? Market(LedgerEvent e)
    {
        foreach (var id in Ids.GetOrAdd(e.GetType(), IdsOf))
            if (id.GetValue(e) is Guid value && begun.TryGetValue(value, out var market))
                return market;
        return null;
    }

    static ImmutableArray<PropertyInfo> IdsOf(Type type) =>
        [.. type.GetProperties().Where(p => p.PropertyType == typeof(Guid?))];
}
