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

    /// <summary>Whose it was when it joined its batch: the exporter's. Null: nobody knew, in older builds.</summary>
    public PartyRef? OwnerInBatch { get; init; }

    /// <summary>Version of the event that last said so: membership goes by the order of the log, not by claimed
    /// times.</summary>
    long BatchVersion { get; init; }

    public static ExportFacet Evolve(ExportFacet facet, PartyRef? owner, StoredEvent e) =>
        e.Event switch
        {
            PreExportInspectionRecorded inspection => facet with { Inspection = inspection },
            AfterSaleConfirmationAttached confirmation => facet with { Confirmation = confirmation },
            PendingExportAnnotated annotation => facet with { Annotation = annotation },
            PendingExportCancelled => facet with { Annotation = null },
            LinkedFactNoted { Evt: BatchEvents.ItemAdded, Stream: { } batch } when e.Version > facet.BatchVersion =>
                facet with
                {
                    Batch = batch.Id,
                    OwnerInBatch = owner,
                    BatchVersion = e.Version,
                },
            LinkedFactNoted { Evt: BatchEvents.ItemRemoved } when e.Version > facet.BatchVersion => facet with
            {
                Batch = null,
                OwnerInBatch = null,
                BatchVersion = e.Version,
            },
            DestinationRegistered d => facet with { Country = d.Country },
            ItemReimported => None,
            _ => facet,
        };
}
