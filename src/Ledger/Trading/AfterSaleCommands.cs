using Ledger.Goods;

namespace Ledger.Trading;

public sealed record ReleaseStock(string Reason) : ItemCommand;

/// <param name="ConsentBy">The market that listed it first and consents.</param>
public sealed record MirrorListing(Guid ListingId, string Market, string ConsentBy) : ItemCommand;

/// <summary>The ledger's own act, on the day after the last.</summary>
public sealed record ExpireListing(Guid ListingId) : ItemCommand;

public sealed record VoidListing(Guid ListingId, string Reason, string? Basis) : ItemCommand;

public sealed record VoidInvoice(Guid DealId, string Reason) : ItemCommand;

public sealed record RescindDeal(Guid DealId, string Reason, long? RefundFen, Guid BackDealId) : ItemCommand;

public sealed record FileComplaint(Guid ComplaintId, Guid DealId, string Topic, long? AmountFen) : ItemCommand;

public sealed record SettleComplaint(Guid ComplaintId, string Outcome, int? Multiple, long? PaidFen) : ItemCommand;
