using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Files as an exporter of used goods with its issuing body.</summary>
/// <param name="Code">Unified social credit code.</param>
/// <param name="ConditionsVersion">Which edition of the province's conditions it answers.</param>
/// <param name="FixedOffice">It has a fixed office.</param>
/// <param name="DisplaySite">It has a site to show the goods.</param>
/// <param name="TradeExperience">It has sold or traded such goods.</param>
/// <param name="Documents">Hashes of what it filed.</param>
public sealed record ExporterFiled(
    string? Code,
    string? Name = null,
    string? ConditionsVersion = null,
    bool? FixedOffice = null,
    bool? DisplaySite = null,
    bool? TradeExperience = null,
    ImmutableArray<string>? Documents = null
) : LedgerEvent;

/// <summary>The regulator approved a filed exporter: it may draft batches and apply for licences.</summary>
/// <param name="ValidTo">Last day; null: no end is set.</param>
/// <param name="OnIntegrityList">Whether the officer found it on the 不诚信行为负面清单; null: not looked.</param>
public sealed record ExporterApproved(
    string? IssuingBody = null,
    DateOnly? ValidTo = null,
    bool? OnIntegrityList = null
) : LedgerEvent;

/// <summary>The regulator suspended an exporter: it drafts, fills, applies for and declares no batch until it is
/// reinstated.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record ExporterSuspended(string? Reason = null, string? Basis = null) : LedgerEvent;

/// <summary>The regulator ended the suspension of an exporter: it is approved again.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record ExporterReinstated(string? Reason = null, string? Basis = null) : LedgerEvent;

/// <summary>The regulator took an exporter off the register; it may file anew.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record ExporterRemoved(string? Reason = null, string? Basis = null) : LedgerEvent;

/// <summary>Catalogue lines of exporters; <see cref="EventCatalog"/> gathers them.</summary>
public static class ExporterEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<ExporterFiled>("exporter-filed", ExportStreams.Exporter, "出口企业备案", "Exporter filed"),
        EventLine.Of<ExporterApproved>(
            "exporter-approved",
            ExportStreams.Exporter,
            "出口企业核准",
            "Exporter approved"
        ),
        EventLine.Of<ExporterSuspended>(
            "exporter-suspended",
            ExportStreams.Exporter,
            "出口企业暂停",
            "Exporter suspended"
        ),
        EventLine.Of<ExporterReinstated>(
            "exporter-reinstated",
            ExportStreams.Exporter,
            "出口企业恢复",
            "Exporter reinstated"
        ),
        EventLine.Of<ExporterRemoved>("exporter-removed", ExportStreams.Exporter, "出口企业移出", "Exporter removed"),
    ];
}
