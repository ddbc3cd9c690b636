using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Exports;

/// <summary>One item on its way abroad.</summary>
public abstract record ExportCommand : ItemCommand;

public sealed record InspectForExport(
    string Standard,
    bool Passed,
    DateOnly InspectedOn,
    string? Accreditation,
    ImmutableArray<Finding>? Findings
) : ExportCommand;

/// <param name="Vehicle">The identifier that the document names.</param>
public sealed record AttachAfterSaleConfirmation(
    string Maker,
    string Destination,
    NamedIdentifier Vehicle,
    ImmutableArray<string>? Outlets,
    string Seal
) : ExportCommand;

/// <param name="TempPlate">The temporary plate; kept in the vault.</param>
public sealed record AnnotateExport(
    DateOnly AnnotatedOn,
    string? TempPlate,
    DateOnly? TempPlateUntil,
    DateOnly? InsuranceUntil
) : ExportCommand
{
    public override ImmutableArray<VaultText> Secrets => Secret<PendingExportAnnotated>("tempPlate", TempPlate);
}

public sealed record CancelExport(string Reason) : ExportCommand;

/// <summary>A bundle that was made is put on record before it is handed out.</summary>
/// <param name="Covered">How many events of the item it shows, or builds on.</param>
public sealed record IssueBundle(
    string ManifestHash,
    ImmutableArray<string> Disclosed,
    long CheckpointSize,
    long Covered,
    string Purpose,
    PartyRef? Recipient
) : ItemCommand
{
    public override ActPlace PlaceOf(Acting by) => new(by.Site, SiteCode.FindDivision(by.Site));

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Recipient = PartyRef.Map(Recipient, map),
        };
}

public sealed record ReimportItem(DateOnly ImportedOn) : ExportCommand;
