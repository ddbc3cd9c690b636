namespace Api;

/// <summary>Registers a thing.</summary>
/// <param name="Category">Code of a goods category, e.g. <c>used-car</c>.</param>
/// <param name="Identifiers">1–10 of the form <c>kind:value</c>.</param>
/// <param name="ScrapCategory">Code of the scrap table (rules.md §4.1), for vehicles.</param>
/// <param name="Owner">Opaque reference of the market; never a name or number of a person.</param>
/// <param name="OwnedSince">Since when the owner has had it, as the registration certificate says; cars that a person
/// has held for less than a year are counted (商消费发〔2022〕92号).</param>
/// <param name="OccurredAt">When it happened, RFC 3339; now where absent.</param>
public sealed record RegisterItemBody(
    string Category,
    string[] Identifiers,
    string? Make = null,
    string? Model = null,
    string? TypeCode = null,
    string? Fuel = null,
    string? UseNature = null,
    string? ScrapCategory = null,
    string? ProductionDate = null,
    string? FirstRegistered = null,
    string? Emission = null,
    string? Owner = null,
    string? OwnedSince = null,
    string? OccurredAt = null
);

/// <summary>Binds a further identifier.</summary>
/// <summary>Says that an identifier was bound by mistake.</summary>
/// <param name="Evidence">SHA-256 of what shows it, e.g. the rubbing.</param>
public sealed record IdentifierCorrectionBody(
    string Identifier,
    string Reason,
    string? Evidence = null,
    string? OccurredAt = null
);

public sealed record AddIdentifierBody(string Identifier, string? Evidence = null, string? OccurredAt = null);

/// <summary>An inspection, and with <paramref name="Grade"/> a grading after GB/T 30323.</summary>
/// <param name="ScoreTenths">Points × 10, 0–1000.</param>
/// <param name="Grade">1–5; follows from the score, 5 for an accident car.</param>
public sealed record InspectionBody(
    string Standard,
    bool? Passed = null,
    string? Accreditation = null,
    FindingBody[]? Results = null,
    int? ScoreTenths = null,
    int? Grade = null,
    bool? Accident = null,
    string? OccurredAt = null
);

public sealed record FindingBody(string Point, string Found);

/// <summary>An odometer reading.</summary>
/// <param name="ValueKm">Kilometres, 0–9,999,999.</param>
/// <param name="Confirmed">True after a second look at an implausible value.</param>
public sealed record OdometerBody(
    long ValueKm,
    string Source,
    string ObservedOn,
    string? Unit = null,
    string? Evidence = null,
    bool Confirmed = false,
    string? OccurredAt = null
);

/// <summary>What a buyer must know, each <c>yes</c>, <c>no</c> or <c>not-checked</c>.</summary>
/// <param name="Use">Used commercially before.</param>
/// <param name="Mileage">The reading is not the true mileage.</param>
public sealed record DisclosureBody(
    string Accident = "not-checked",
    string Flood = "not-checked",
    string Fire = "not-checked",
    string Repair = "not-checked",
    string Mortgage = "not-checked",
    string Use = "not-checked",
    string Recall = "not-checked",
    string Mileage = "not-checked",
    string Other = "not-checked",
    string? Text = null,
    string? OccurredAt = null
);

/// <summary>A vehicle is put to another use.</summary>
/// <param name="To">The new scrap category, e.g. <c>taxi-small</c>.</param>
public sealed record UseChangeBody(string To, string ChangedOn, string? OccurredAt = null);

/// <summary>A repair.</summary>
/// <param name="Outcome"><c>fixed</c>, <c>repairable</c>, <c>end-of-life</c> or <c>unknown</c>.</param>
public sealed record RepairBody(
    string Outcome,
    string? Work = null,
    long? CostFen = null,
    string? Currency = null,
    string[]? Parts = null,
    string? OccurredAt = null
);

/// <summary>A brand that stays visible.</summary>
/// <param name="Brand">E.g. <c>flood</c>, <c>accident</c>, <c>clone-suspected</c>.</param>
public sealed record BrandBody(string Brand, string BrandSource, string? Evidence = null, string? OccurredAt = null);
