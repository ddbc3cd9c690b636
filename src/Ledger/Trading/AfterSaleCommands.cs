using Ledger.Goods;

namespace Ledger.Trading;

/// <summary>What follows a listing or a deal of one item.</summary>
public abstract record AfterSaleCommand : ItemCommand;

public sealed record ReleaseStock(string Reason) : AfterSaleCommand;

/// <param name="ConsentBy">The market that listed it first and consents.</param>
public sealed record MirrorListing(Guid ListingId, string Market, string ConsentBy) : AfterSaleCommand;

/// <summary>The ledger's own act, on the day after the last.</summary>
public sealed record ExpireListing(Guid ListingId) : AfterSaleCommand;

public sealed record VoidListing(Guid ListingId, string Reason, string? Basis) : AfterSaleCommand;

public sealed record VoidInvoice(Guid DealId, string Reason) : AfterSaleCommand;

public sealed record RescindDeal(Guid DealId, string Reason, long? RefundFen, Guid BackDealId) : AfterSaleCommand;

public sealed record FileComplaint(Guid ComplaintId, Guid DealId, string Topic, long? AmountFen) : AfterSaleCommand;

public sealed record SettleComplaint(Guid ComplaintId, string Outcome, int? Multiple, long? PaidFen) : AfterSaleCommand;
