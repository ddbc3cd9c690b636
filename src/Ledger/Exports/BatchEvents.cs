using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>A batch of goods for one export licence (公告2024年第6号: at most twenty, one HS code).</summary>
/// <param name="Exporter">Unified social credit code.</param>
/// <param name="HsCode">Ten digits of the customs tariff, or its first four to eight.</param>
/// <param name="Destination">ISO 3166-1, two letters.</param>
public sealed record BatchDrafted(
    StreamRef? Batch,
    string? Exporter = null,
    string? HsCode = null,
    string? Destination = null,
    string? Port = null
) : LedgerEvent;

/// <summary>The four fields are what the application will say of it (品牌, 型号, 登记日期, 转让登记待出口日期).</summary>
public sealed record BatchItemAdded(
    StreamRef? Item,
    string? HsCode = null,
    string? Make = null,
    string? Model = null,
    DateOnly? FirstRegistered = null,
    DateOnly? PendingExportOn = null
) : LedgerEvent;

/// <summary>The exporter took an item out of a drafted batch; the item may join another one.</summary>
public sealed record BatchItemRemoved(StreamRef? Item, string? Reason = null) : LedgerEvent;

/// <summary>The exporter applied for the licence of a batch: its items can no longer be changed, and each was judged
/// (rules.md §6).</summary>
/// <param name="AppliedOn">Shanghai day, under whose law each item was judged.</param>
/// <param name="Count">Pieces.</param>
/// <param name="ProhibitionsChecked">Whether the lists of what may not leave were looked at; null: nobody says
/// so.</param>
public sealed record ExportLicenceApplied(
    DateOnly? AppliedOn = null,
    int? Count = null,
    ImmutableArray<StreamRef>? Items = null,
    bool? ProhibitionsChecked = null
) : LedgerEvent;

/// <summary>The issuing body granted the export licence of a batch: the batch is licensed.</summary>
/// <param name="ValidUntil">Last day on which customs take it.</param>
public sealed record ExportLicenceGranted(
    string? LicenceNo = null,
    string? IssuingBody = null,
    DateOnly? ValidUntil = null
) : LedgerEvent;

/// <summary>The issuing body refused the export licence of a batch: the batch is drafted again.</summary>
public sealed record ExportLicenceRefused(ImmutableArray<string>? Reasons = null) : LedgerEvent;

/// <summary>The exporter returned a licence while its batch was not declared to customs: the batch is drafted
/// again.</summary>
public sealed record ExportLicenceReturned(string? Reason = null) : LedgerEvent;

/// <summary>The number of the declaration is kept in the vault.</summary>
public sealed record CustomsDeclared(int? Count = null, DateOnly? DeclaredOn = null) : LedgerEvent;

/// <summary>The customs declaration was withdrawn before an item left: the batch is licensed, its licence
/// unused.</summary>
public sealed record CustomsDeclarationWithdrawn(string? Reason = null) : LedgerEvent;

/// <summary>The last of the batch has left: the licence is used up (一批一证).</summary>
public sealed record ExportLicenceConsumed(int? ClearedCount = null) : LedgerEvent;

/// <summary>Catalogue lines of export batches; <see cref="EventCatalog"/> gathers them.</summary>
public static class BatchEvents
{
    public const string Drafted = "batch-drafted",
        ItemAdded = "batch-item-added",
        ItemRemoved = "batch-item-removed",
        Exported = "item-exported";

    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<BatchDrafted>(Drafted, ExportStreams.Batch, "出口批次拟定", "Export batch drafted"),
        EventLine.Of<BatchItemAdded>(ItemAdded, ExportStreams.Batch, "批次加入", "Added to a batch"),
        EventLine.Of<BatchItemRemoved>(ItemRemoved, ExportStreams.Batch, "批次移出", "Removed from a batch"),
        EventLine.Of<ExportLicenceApplied>(
            "export-licence-applied",
            ExportStreams.Batch,
            "申领出口许可证",
            "Export licence applied for"
        ),
        EventLine.Of<ExportLicenceGranted>(
            "export-licence-granted",
            ExportStreams.Batch,
            "出口许可证签发",
            "Export licence granted"
        ),
        EventLine.Of<ExportLicenceRefused>(
            "export-licence-refused",
            ExportStreams.Batch,
            "出口许可证不予签发",
            "Export licence refused"
        ),
        EventLine.Of<ExportLicenceReturned>(
            "export-licence-returned",
            ExportStreams.Batch,
            "出口许可证退回",
            "Export licence returned"
        ),
        EventLine.Of<CustomsDeclared>("customs-declared", ExportStreams.Batch, "报关", "Declared to customs"),
        EventLine.Of<CustomsDeclarationWithdrawn>(
            "customs-declaration-withdrawn",
            ExportStreams.Batch,
            "撤销报关",
            "Customs declaration withdrawn"
        ),
        EventLine.Of<ExportLicenceConsumed>(
            "export-licence-consumed",
            ExportStreams.Batch,
            "出口许可证核销",
            "Export licence used up"
        ),
    ];
}
