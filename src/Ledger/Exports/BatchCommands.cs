using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>The closed union of what can be recorded of an export batch.</summary>
/// <param name="Batch">Its stream.</param>
public abstract record BatchCommand(Guid Batch) : LedgerCommand;

/// <inheritdoc cref="BatchDrafted"/>
public sealed record DraftBatch(Guid Batch, string Exporter, string? HsCode, string? Destination, string? Port)
    : BatchCommand(Batch);

/// <inheritdoc cref="BatchItemAdded"/>
public sealed record AddToBatch(
    Guid Batch,
    Guid Item,
    string? HsCode,
    string? Make,
    string? Model,
    DateOnly? FirstRegistered,
    DateOnly? PendingExportOn
) : BatchCommand(Batch);

/// <summary>Asks to take an item out of a drafted batch.</summary>
public sealed record RemoveFromBatch(Guid Batch, Guid Item, string Reason) : BatchCommand(Batch);

/// <summary>Asks to record the application for a batch's licence; each item is judged, and one refusal refuses
/// all.</summary>
/// <param name="ProhibitionsChecked">Whether the lists of what may not leave were looked at; null: nobody says
/// so.</param>
public sealed record ApplyForLicence(Guid Batch, bool? ProhibitionsChecked) : BatchCommand(Batch);

/// <inheritdoc cref="ExportLicenceGranted"/>
public sealed record GrantLicence(Guid Batch, string LicenceNo, string IssuingBody, DateOnly? ValidUntil)
    : BatchCommand(Batch);

/// <summary>Asks to record that the issuing body refused the licence.</summary>
public sealed record RefuseLicence(Guid Batch, ImmutableArray<string>? Reasons) : BatchCommand(Batch);

/// <summary>Asks to record that the exporter returned a licence before it declared the batch to customs.</summary>
public sealed record ReturnLicence(Guid Batch, string Reason) : BatchCommand(Batch);

/// <summary>Asks to record the customs declaration of a licensed batch; a licence serves one declaration.</summary>
/// <param name="Count">Pieces that are declared.</param>
/// <param name="DeclarationNo">Kept in the vault.</param>
public sealed record DeclareToCustoms(Guid Batch, int Count, string? DeclarationNo) : BatchCommand(Batch)
{
    public override ImmutableArray<VaultText> Secrets => Secret<CustomsDeclared>("declarationNo", DeclarationNo);
}

/// <summary>Asks to withdraw the customs declaration; refused once an item has left.</summary>
public sealed record WithdrawDeclaration(Guid Batch, string Reason) : BatchCommand(Batch);

/// <summary>The closed union of what happens to one item of a batch at a border; its batch is written too.</summary>
public abstract record BorderCommand : ItemCommand
{
    public override ActPlace PlaceOf(Acting by) => new(by.Site, SiteCode.FindDivision(by.Site));
}

/// <summary>It leaves with its batch.</summary>
public sealed record ExportItem(DateOnly? ExportedOn, string? Port) : BorderCommand;

/// <summary>It was registered abroad.</summary>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="Registry">The register that says so.</param>
public sealed record RegisterAbroad(string? Country, DateOnly? RegisteredOn, long? OdometerKm, string? Registry)
    : BorderCommand;
