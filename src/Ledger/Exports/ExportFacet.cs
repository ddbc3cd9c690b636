using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>How far the item is on its way abroad, and where it went.</summary>
public sealed record ExportFacet
{
    public static ExportFacet None { get; } = new();

    /// <summary>Where it was registered abroad.</summary>
    public string? Country { get; init; }

    /// <summary>The newest of its kind, each.</summary>
    public PreExportInspectionRecorded? Inspection { get; init; }
    public AfterSaleConfirmationAttached? Confirmation { get; init; }

    /// <summary>Null once it was cancelled.</summary>
    public PendingExportAnnotated? Annotation { get; init; }

    /// <summary>The batch it is in, also after it has left.</summary>
    public Guid? Batch { get; init; }

    public static ExportFacet Evolve(ExportFacet facet, Recorded e) =>
        e.Event switch
        {
            PreExportInspectionRecorded inspection => facet with { Inspection = inspection },
            AfterSaleConfirmationAttached confirmation => facet with { Confirmation = confirmation },
            PendingExportAnnotated annotation => facet with { Annotation = annotation },
            PendingExportCancelled => facet with { Annotation = null },
            LinkedFactNoted { Evt: BatchEvents.ItemAdded, Stream: { } batch } => facet with { Batch = batch.Id },
            LinkedFactNoted { Evt: BatchEvents.ItemRemoved } => facet with { Batch = null },
            DestinationRegistered d => facet with { Country = d.Country },
            ItemReimported => None,
            _ => facet,
        };
}
