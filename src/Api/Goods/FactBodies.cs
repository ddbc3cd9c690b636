namespace Api;

/// <param name="Appraiser">Who says so.</param>
/// <param name="ValidUntil">Last day on which it may be relied on.</param>
public sealed record AppraisalBody(
    long AmountFen,
    string Method,
    string Appraiser,
    string? Currency = null,
    string? ValidUntil = null,
    string? OccurredAt = null
);

/// <param name="Tag">A ledger tag, twelve characters.</param>
/// <param name="Medium"><c>qr</c> or <c>nfc</c>.</param>
/// <param name="Photo">SHA-256 of a photo that shows it in place.</param>
public sealed record TagBody(string Tag, string Medium, string? Photo = null, string? OccurredAt = null);

public sealed record BrandResolutionBody(string Brand, string How, string? Evidence = null, string? OccurredAt = null);

/// <summary>A periodic inspection (年检).</summary>
public sealed record PeriodicInspectionBody(
    string Kind,
    bool Passed,
    string? ValidUntil = null,
    int? Cycle = null,
    string? OccurredAt = null
);

/// <param name="Origin"><c>oem</c>, <c>third-party</c>, <c>reused</c> or <c>remanufactured</c>.</param>
/// <param name="Source">Where a reused part comes from.</param>
/// <param name="OldSerial">Kept in the vault, as is the new one.</param>
/// <param name="MediumChanged">A medium that can hold data came or went.</param>
public sealed record PartBody(
    string Part,
    string Origin,
    string? Source = null,
    string? OldSerial = null,
    string? NewSerial = null,
    bool MediumChanged = false,
    string? OccurredAt = null
);

/// <param name="SafetyTest">SHA-256 of the test's report; needed for appliances and electronics.</param>
public sealed record RefurbishmentBody(
    string Level,
    IReadOnlyList<string>? Parts = null,
    int? WarrantyMonths = null,
    string? SafetyTest = null,
    string? OccurredAt = null
);

public sealed record RefurbGradeBody(string Grade, IReadOnlyList<string>? Labels = null, string? OccurredAt = null);

public sealed record WarrantyBody(
    int Months,
    long? Km = null,
    IReadOnlyList<string>? Parts = null,
    string? OccurredAt = null
);

/// <param name="Kind"><c>first</c>, <c>re-registered</c> or <c>converted</c>.</param>
/// <param name="Plate">Kept in the vault, as is the certificate's number.</param>
public sealed record RegistrationBody(
    string Kind,
    string? Region = null,
    string? Plate = null,
    string? CertificateNo = null,
    string? OccurredAt = null
);

public sealed record DocumentBody(string Document, string? OccurredAt = null);

public sealed record AlterationBody(string What, bool? WithdrawnFromTraffic = null, string? OccurredAt = null);

/// <summary>The seller's own notice that the thing was sold.</summary>
public sealed record SaleDeclarationBody(string Seller, string SoldOn, string? Buyer = null, string? OccurredAt = null);

/// <param name="ConsentBy">The market that listed it first.</param>
public sealed record MirrorBody(string Market, string ConsentBy, string? OccurredAt = null);

/// <param name="Basis">The order it rests on.</param>
public sealed record ListingVoidingBody(string Reason, string? Basis = null, string? OccurredAt = null);

public sealed record RescissionBody(string Reason, long? RefundFen = null, string? OccurredAt = null);

/// <param name="Topic"><c>fraud</c>, <c>condition</c>, <c>delivery</c> or another short word.</param>
public sealed record ComplaintBody(string TradeId, string Topic, long? AmountFen = null, string? OccurredAt = null);

/// <param name="Multiple">How many times the price was paid back, where fraud was found.</param>
public sealed record SettlementBody(
    string Outcome,
    int? Multiple = null,
    long? PaidFen = null,
    string? OccurredAt = null
);

/// <param name="Marked">It bears the mark 涉密.</param>
/// <param name="DocHash">SHA-256 of the receipt.</param>
public sealed record DiversionBody(string Authority, bool Marked, string? DocHash = null, string? OccurredAt = null);
