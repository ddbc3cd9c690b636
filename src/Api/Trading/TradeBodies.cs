namespace Api;

/// <summary>Lists an item on a market.</summary>
/// <param name="AskFen">Asking price in minor units.</param>
public sealed record ListingBody(
    string Market,
    long AskFen,
    string? Currency = null,
    string? Seller = null,
    string? EndsOn = null,
    string? OccurredAt = null
);

public sealed record ReasonBody(string Reason, string? OccurredAt = null);

public sealed record RepriceBody(long AskFen, string? OccurredAt = null);

/// <summary>Takes an item into a dealer's stock.</summary>
/// <param name="Mode"><c>purchase</c> or <c>consign</c>.</param>
public sealed record StockBody(
    string Dealer,
    string Mode,
    long? PriceFen = null,
    string? Currency = null,
    string? OccurredAt = null
);

/// <summary>Opens a deal; an open listing is taken by it.</summary>
/// <param name="SellerKind"><c>person</c>, <c>dealer</c>, <c>platform</c>, <c>recycler</c>, <c>exporter</c> or
/// <c>public-body</c>.</param>
public sealed record TradeBody(
    string Seller,
    string SellerKind,
    string Buyer,
    string BuyerKind,
    string Mode = "retail",
    string? OccurredAt = null
);

public sealed record AgreementBody(
    long PriceFen,
    string? Currency = null,
    long? DepositFen = null,
    string? OccurredAt = null
);

public sealed record PaymentBody(long AmountFen, string Channel, string? Currency = null, string? OccurredAt = null);

/// <summary>The invoice; gross = net + tax. The number is kept as a reservation only.</summary>
/// <param name="Kind"><c>sale</c> or <c>reverse-used-car</c>.</param>
public sealed record InvoiceBody(
    string Kind,
    long GrossFen,
    long NetFen,
    long TaxFen,
    int? RateBp = null,
    string? Currency = null,
    string? InvoiceNo = null,
    string? OccurredAt = null
);

public sealed record CompletionBody(string? OccurredAt = null);

public sealed record CancellationBody(string By, string Reason, long? RefundFen = null, string? OccurredAt = null);

/// <summary>The registration station's transfer of a car or farm machine to the deal's buyer.</summary>
/// <param name="Via"><c>station</c> (absent), by the papers that were submitted and the check of the car; or
/// <c>court</c>, <c>auction</c>, <c>foreign-register</c>, by their papers.</param>
/// <param name="Papers">SHA-256 of each of the papers that a court, an auction or a foreign register gave.</param>
public sealed record TransferBody(
    string TradeId,
    string? Station = null,
    string? Via = null,
    string? FromRegion = null,
    string? ToRegion = null,
    string? RegisteredOn = null,
    IReadOnlyList<string>? Papers = null,
    string? OccurredAt = null
);

/// <summary>A car's papers go to a registration station.</summary>
/// <param name="Papers">SHA-256 of each of the papers.</param>
public sealed record SubmissionBody(
    string TradeId,
    string Station,
    IReadOnlyList<string>? Papers = null,
    IReadOnlyList<string>? Checklist = null,
    string? OccurredAt = null
);

/// <summary>The station holds the car against its papers.</summary>
/// <param name="Rubbing">SHA-256 of the rubbing of the VIN.</param>
public sealed record VehicleCheckBody(
    bool VinMatches,
    bool EngineMatches,
    string? Rubbing = null,
    IReadOnlyList<string>? Photos = null,
    string? OccurredAt = null
);

public sealed record TransferRefusalBody(string TradeId, string Reason, string? OccurredAt = null);
