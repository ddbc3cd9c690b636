using Ledger;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Projections.Regulator;

/// <summary>An event as a regulator searches it: what, when, where, who; its facts stand in the item's
/// history.</summary>
public sealed record EventRow : ViewRow
{
    public required Guid EventId { get; init; }

    /// <summary>Wire name without version.</summary>
    public required string Event { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public string? Source { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }

    /// <summary>Each party twice: with its scope and alone, so that either finds it.</summary>
    public required string[] Parties { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
}

/// <summary>What happened to which item, when, where, and by whom?</summary>
public sealed record WhatHappened() : View("events", 2, "What happened to which item?")
{
    public override Type Row => typeof(EventRow);

    public override IReadOnlyList<string> Indexes =>
        [
            "occurred_at",
            "event, occurred_at",
            "market, occurred_at",
            "division text_pattern_ops",
            "using gin (parties)",
        ];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var item = history.State;
        foreach (var e in history.Events)
        {
            var market = e.Envelope.Market;
            yield return new EventRow
            {
                Stream = history.Id,
                N = (int)e.Version,
                EventId = e.EventId,
                Event = EventCatalog.Of(e.Event).Name,
                OccurredAt = e.Envelope.OccurredAt,
                RecordedAt = e.RecordedAt,
                Source = e.Envelope.Source,
                Market = market,
                Division = e.Envelope.RegionCode ?? (market is null ? null : MarketCode.DivisionOf(market)),
                Parties = [.. Parties(e).Distinct(StringComparer.Ordinal)],
                Category = item?.Category ?? "",
                Make = item?.Make,
                Model = item?.Model,
            };
        }
    }

    static IEnumerable<string> Parties(Recorded e)
    {
        PartyRef?[] named = e.Event switch
        {
            ItemRegistered r => [r.Owner],
            ItemListed l => [l.Seller],
            StockTakenIn s => [s.Dealer],
            SaleDeclared s => [s.Buyer],
            DealOpened d => [d.Seller, d.Buyer],
            OwnershipTransferred t => [t.NewOwner],
            ItemHandedOver h => [h.Receiver],
            SaleRecorded s => [s.Seller, s.Buyer],
            EncumbranceRegistered r => [r.Holder],
            _ => [],
        };
        foreach (var party in named)
            if (party is not null)
            {
                yield return party.ToString();
                yield return party.Reference;
            }
        yield return e.Envelope.Actor;
    }
}
