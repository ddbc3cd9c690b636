using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Projections.Market;

/// <summary>A completed sale: a deal that ended in a transfer, or a sale from a market's register; once per item and
/// transfer.</summary>
public sealed record SaleRow : ViewRow
{
    public required DateTimeOffset SoldAt { get; init; }

    /// <summary>First day of the month, Asia/Shanghai.</summary>
    public required DateOnly Month { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
    public string? SellerKind { get; init; }
    public string? BuyerKind { get; init; }
    public long? PriceFen { get; init; }
    public string? Currency { get; init; }
    public int? Grade { get; init; }
    public long? OdometerKm { get; init; }

    /// <summary>Begun years since the first registration.</summary>
    public int? AgeYears { get; init; }
    public required Guid EventId { get; init; }
}

/// <summary>What was sold, where, in which month, for how much?</summary>
public sealed record WhatWasSold() : View("sales", 2, "What was sold?")
{
    public override Type Row => typeof(SaleRow);

    public override IReadOnlyList<string> Indexes => ["month, market, category", "division text_pattern_ops, month"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var n = 0;
        Item? before = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
        {
            if (before is not null && Sale(before, e) is { } sale)
                yield return sale with
                {
                    Stream = history.Id,
                    N = n++,
                };
            before = ItemFold.Evolve(before, e);
        }
    }

    static SaleRow? Sale(Item item, Recorded e) =>
        e.Event switch
        {
            SaleRecorded s when LifeTable.Fits(item, s) => Sold(
                item,
                e,
                s.SellerKind,
                s.BuyerKind,
                s.PriceFen,
                s.Currency,
                s.TransferredAt ?? s.AgreedAt
            ),
            OwnershipTransferred t when item.Trade.Deal(t.DealId) is { IsLive: true } deal => Sold(
                item,
                e,
                deal.SellerKind,
                null,
                deal.PriceFen,
                deal.Currency,
                null
            ),
            _ => null,
        };

    static SaleRow Sold(
        Item item,
        Recorded e,
        PartyKind? seller,
        PartyKind? buyer,
        long? priceFen,
        string? currency,
        DateTimeOffset? at
    )
    {
        var soldAt = at ?? e.Envelope.OccurredAt;
        var day = ShanghaiDay.Of(soldAt);
        var market = e.Envelope.Market ?? item.Trade.Listing?.Market;
        return new()
        {
            Stream = default,
            N = 0,
            SoldAt = soldAt,
            Month = new(day.Year, day.Month, 1),
            Market = market,
            Division =
                e.Envelope.RegionCode ?? (MarketCode.IsWellFormed(market) ? MarketCode.DivisionOf(market) : null),
            Category = item.Category,
            Make = item.Make,
            Model = item.Model,
            SellerKind = seller is { } s ? WireWords.Of(s) : null,
            BuyerKind = buyer is { } b ? WireWords.Of(b) : null,
            PriceFen = priceFen,
            Currency = currency,
            Grade = (e.Event as SaleRecorded)?.Grade ?? item.Condition.Grade,
            OdometerKm = (e.Event as SaleRecorded)?.OdometerKm ?? item.Condition.OdometerKm,
            AgeYears = item.FirstRegistered is { } first ? Ledger.Rules.ScrapYears.YearsBegun(first, day) : null,
            EventId = e.EventId,
        };
    }
}
