using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Inspected before its export (WM/T 8, WM/T 9).</summary>
/// <param name="Accreditation">Number of the inspector's accreditation.</param>
public sealed record PreExportInspectionRecorded(
    string? Standard = null,
    bool? Passed = null,
    DateOnly? InspectedOn = null,
    string? Accreditation = null,
    ImmutableArray<InspectionFinding>? Findings = null
) : LedgerEvent;

/// <summary>The maker's 《售后维修服务确认书》 for one vehicle and one destination (商贸函〔2025〕648号).</summary>
/// <param name="Destination">ISO 3166-1, two letters.</param>
/// <param name="Seal">Hash of the sealed document.</param>
public sealed record AfterSaleConfirmationAttached(
    string? Maker = null,
    string? Destination = null,
    ImmutableArray<string>? Outlets = null,
    string? Seal = null
) : LedgerEvent;

/// <summary>The police have noted 转让待出口 on its registration. The temporary plate itself is kept in the
/// vault.</summary>
public sealed record PendingExportAnnotated(
    DateOnly? AnnotatedOn = null,
    DateOnly? TempPlateUntil = null,
    DateOnly? InsuranceUntil = null
) : LedgerEvent;

/// <summary>The police cancelled the note 转让待出口: the item is stocked.</summary>
public sealed record PendingExportCancelled(string? Reason = null) : LedgerEvent;

/// <summary>Customs let the item leave the country with its batch: it is exported, and custody at a site
/// ends.</summary>
public sealed record ItemExported(DateOnly? ExportedOn = null, string? Port = null) : LedgerEvent;

/// <summary>The exported item came back into the country: it is held, and a later export begins anew.</summary>
public sealed record ItemReimported(DateOnly? ImportedOn = null) : LedgerEvent;

/// <summary>The item was registered abroad, as its buyer there, that register or the exporter reports.</summary>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="OdometerKm">Joins the series of readings.</param>
public sealed record DestinationRegistered(
    string? Country = null,
    DateOnly? RegisteredOn = null,
    long? OdometerKm = null
) : LedgerEvent;

/// <summary>A provenance bundle was handed out: what it showed, and to whom. Whoever holds it can be told apart from
/// what came after.</summary>
/// <param name="ManifestHash">SHA-256 of its manifest, in hex.</param>
/// <param name="FieldsDisclosed">Names of the disclosures it opens.</param>
/// <param name="CheckpointSize">Leaves of the checkpoint that its proofs are against.</param>
public sealed record BundleIssued(
    string? ManifestHash = null,
    ImmutableArray<string>? FieldsDisclosed = null,
    long? CheckpointSize = null,
    string? Purpose = null,
    PartyRef? Recipient = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Recipient = PartyRef.Map(Recipient, map),
        };
}

/// <summary>Catalogue lines of export: of items, exporters and batches; <see cref="EventCatalog"/> gathers
/// them.</summary>
public static class ExportEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<PreExportInspectionRecorded>(
            "pre-export-inspection-recorded",
            "出口前检测",
            "Inspected before export"
        ),
        ItemEvents.Of<AfterSaleConfirmationAttached>(
            "after-sale-confirmation-attached",
            "售后服务确认书",
            "After-sale confirmation attached"
        ),
        ItemEvents.Of<PendingExportAnnotated>("pending-export-annotated", "转让待出口", "Noted for export"),
        ItemEvents.Of<PendingExportCancelled>("pending-export-cancelled", "取消待出口", "No longer noted for export"),
        EventLine.Of<ItemExported>(BatchEvents.Exported, GoodsStreams.Item, "出口离境", "Exported"),
        EventLine.Of<ItemReimported>("item-reimported", GoodsStreams.Item, "复进口", "Reimported"),
        EventLine.Of<DestinationRegistered>(
            "destination-registered",
            GoodsStreams.Item,
            "目的地登记",
            "Registered at destination"
        ),
        ItemEvents.Of<BundleIssued>("bundle-issued", "出具证明包", "Bundle issued"),
        ItemEvents.Of<LinkedFactNoted>("linked-fact-noted", "关联事实", "Linked fact noted") with
        {
            IsOwn = true,
        },
        .. ExporterEvents.All,
        .. BatchEvents.All,
    ];
}
