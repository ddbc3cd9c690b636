using Ledger.Goods;

namespace Ledger.Trading;

/// <summary>What follows a listing or a deal of one item.</summary>
public abstract record AfterSaleCommand : ItemCommand
{
    public override bool MovesState => true;
}

/// <summary>Asks to take the item out of a dealer's stock without a deal.</summary>
public sealed record ReleaseStock(string Reason) : AfterSaleCommand;

/// <summary>Asks to show the open listing in a second market; the first one has to consent.</summary>
/// <param name="ConsentBy">The market that listed it first and consents.</param>
public sealed record MirrorListing(Guid ListingId, string Market, string ConsentBy) : AfterSaleCommand;

/// <summary>The ledger's own act, on the day after the last.</summary>
public sealed record ExpireListing(Guid ListingId) : AfterSaleCommand
{
    public override bool MovesState => false;
}

/// <summary>Asks, for the regulator, to take the open listing down.</summary>
/// <param name="Basis">The order that it rests on.</param>
public sealed record VoidListing(Guid ListingId, string Reason, string? Basis) : AfterSaleCommand;

/// <summary>Asks to declare the invoice of a deal void; possible until papers go to a station.</summary>
public sealed record VoidInvoice(Guid DealId, string Reason) : AfterSaleCommand;

/// <summary>Asks to undo a completed deal by a new one back to the seller; refused unless its buyer still owns the
/// item.</summary>
/// <param name="RefundFen">In minor units of the deal's currency.</param>
/// <param name="BackDealId">Id of the deal back.</param>
public sealed record RescindDeal(Guid DealId, string Reason, long? RefundFen, Guid BackDealId) : AfterSaleCommand;

/// <summary>Asks to record a complaint about a deal of the item.</summary>
/// <param name="Topic">E.g. <c>fraud</c>, <c>condition</c>, <c>delivery</c>.</param>
/// <param name="AmountFen">What is claimed, in minor units of the deal's currency.</param>
public sealed record FileComplaint(Guid ComplaintId, Guid DealId, string Topic, long? AmountFen) : AfterSaleCommand
{
    public override bool MovesState => false;
}

/// <summary>Asks to record how an open complaint was settled.</summary>
/// <param name="Outcome">In a word, e.g. <c>upheld</c>.</param>
/// <param name="Multiple">How many times the price was paid back, where fraud was found.</param>
public sealed record SettleComplaint(Guid ComplaintId, string Outcome, int? Multiple, long? PaidFen) : AfterSaleCommand;
