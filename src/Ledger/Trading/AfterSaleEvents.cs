using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>The item left a dealer's stock without a deal: it is held again.</summary>
public sealed record StockReleased(string? Reason = null) : LedgerEvent;

/// <summary>A second market shows the listing, with the first one's consent.</summary>
public sealed record ListingMirrored(Guid? ListingId, string? Market = null) : LedgerEvent;

/// <summary>Its last day is over.</summary>
public sealed record ListingExpired(Guid? ListingId, DateOnly? ExpiredOn = null) : LedgerEvent;

/// <summary>The regulator took it down.</summary>
public sealed record ListingVoided(Guid? ListingId, string? Reason = null, string? Basis = null) : LedgerEvent;

/// <summary>A completed deal is undone by a new one back; the chain of owners is never rewound.</summary>
/// <param name="BackDealId">The deal by which the thing goes back.</param>
public sealed record DealRescinded(Guid? DealId, string? Reason = null, long? RefundFen = null, Guid? BackDealId = null)
    : LedgerEvent;

/// <summary>A buyer, a platform or the regulator complained about a deal; the complaint is open until it is settled. A
/// verdict says what is due for fraud (消费者权益保护法 55).</summary>
/// <param name="Topic">E.g. <c>fraud</c>, <c>condition</c>, <c>delivery</c>.</param>
/// <param name="Disclosure">The <c>item-disclosed</c> that stood when it was filed.</param>
/// <param name="AmountFen">What is claimed, in minor units of the deal's currency.</param>
public sealed record ComplaintFiled(
    Guid? ComplaintId,
    Guid? DealId = null,
    string? Topic = null,
    Guid? Disclosure = null,
    long? AmountFen = null
) : LedgerEvent;

/// <summary>A complaint about a deal was settled: it is no longer open.</summary>
/// <param name="Multiple">How many times the price was paid back, where fraud was found.</param>
/// <param name="Outcome">In a word, e.g. <c>upheld</c>.</param>
/// <param name="PaidFen">What was paid, in minor units of the deal's currency.</param>
public sealed record ComplaintSettled(
    Guid? ComplaintId,
    string? Outcome = null,
    int? Multiple = null,
    long? PaidFen = null
) : LedgerEvent;

/// <summary>Catalogue lines of what follows a listing or a deal; <see cref="EventCatalog"/> gathers them.</summary>
public static class AfterSaleEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<StockReleased>("stock-released", "出库", "Released from stock"),
        ItemEvents.Of<ListingMirrored>("listing-mirrored", "同步挂牌", "Listing mirrored"),
        ItemEvents.Of<ListingExpired>("listing-expired", "挂牌到期", "Listing expired"),
        ItemEvents.Of<ListingVoided>("listing-voided", "撤销挂牌", "Listing voided"),
        ItemEvents.Of<DealRescinded>("deal-rescinded", "退车退货", "Deal rescinded"),
        ItemEvents.Of<ComplaintFiled>("complaint-filed", "投诉", "Complaint filed"),
        ItemEvents.Of<ComplaintSettled>("complaint-settled", "投诉处理", "Complaint settled"),
    ];
}
