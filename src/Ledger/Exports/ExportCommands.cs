using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel.Identifiers;

namespace Ledger.Exports;

public sealed record InspectForExport(
    string Standard,
    bool Passed,
    DateOnly InspectedOn,
    string? Accreditation,
    ImmutableArray<Finding>? Findings
) : ItemCommand;

/// <param name="Vehicle">The identifier that the document names.</param>
public sealed record AttachAfterSaleConfirmation(
    string Maker,
    string Destination,
    NamedIdentifier Vehicle,
    ImmutableArray<string>? Outlets,
    string Seal
) : ItemCommand;

/// <param name="TempPlate">The temporary plate; kept in the vault.</param>
public sealed record AnnotateExport(
    DateOnly AnnotatedOn,
    string? TempPlate,
    DateOnly? TempPlateUntil,
    DateOnly? InsuranceUntil
) : ItemCommand;

public sealed record CancelExport(string Reason) : ItemCommand;

public sealed record ReimportItem(DateOnly ImportedOn) : ItemCommand;
