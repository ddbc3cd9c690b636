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

    /// <summary>Of a fact of which only the day is known, the day's 00:00 in Shanghai.</summary>
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
        var sales = Sale.AllOf(history).ToDictionary(s => s.Event.EventId, s => s.Sale);
        foreach (var e in history.Events)
        {
            var place = Place.Of(e, sales.GetValueOrDefault(e.EventId));
            yield return new EventRow
            {
                Stream = history.Id,
                N = (int)e.Version,
                EventId = e.EventId,
                Event = EventCatalog.Of(e.Event).Name,
                OccurredAt = e.Envelope.When.Start,
                RecordedAt = e.RecordedAt,
                Source = e.Envelope.Source,
                Market = place.Market,
                Division = place.Division,
                Parties = [.. Parties(e).Distinct(StringComparer.Ordinal)],
                Category = item?.Category ?? "",
                Make = item?.Make,
                Model = item?.Model,
            };
        }
    }

    static IEnumerable<string> Parties(StoredEvent e)
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
