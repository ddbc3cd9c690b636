using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Exports;

/// <summary>One item on its way abroad.</summary>
public abstract record ExportCommand : ItemCommand;

/// <summary>Asks to record an inspection of the item before its export.</summary>
/// <param name="Standard">Its number, e.g. <c>WM/T 8-2022</c>.</param>
/// <param name="Accreditation">Number of the inspector's accreditation.</param>
public sealed record InspectForExport(
    string Standard,
    bool Passed,
    DateOnly InspectedOn,
    string? Accreditation,
    ImmutableArray<InspectionFinding>? Findings
) : ExportCommand;

/// <summary>Asks to record the maker's 《售后维修服务确认书》; refused where it names none of the item's identifiers.</summary>
/// <param name="Vehicle">The identifier that the document names.</param>
/// <param name="Destination">ISO 3166-1, two letters.</param>
/// <param name="Seal">Hash of the sealed document.</param>
public sealed record AttachAfterSaleConfirmation(
    string Maker,
    string Destination,
    NamedIdentifier Vehicle,
    ImmutableArray<string>? Outlets,
    string Seal
) : ExportCommand;

/// <summary>Asks to record that the police noted 转让待出口; temporary plate and insurance are judged (rules.md
/// §6).</summary>
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

/// <summary>Asks to record that the note 转让待出口 was cancelled; refused while the item is in a batch.</summary>
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

/// <summary>Asks to record that the exported item came back into the country.</summary>
public sealed record ReimportItem(DateOnly ImportedOn) : ExportCommand;
