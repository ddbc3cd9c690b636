using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Exporters, export batches, borders and bundles.</summary>
static class ExportsModule
{
    public static Module Module { get; } =
        new("Exports")
        {
            Streams = [ExportStreams.Exporter, ExportStreams.Batch],
            Events = ExportEvents.All,
            Permits = ExportsPermits.All,
            Commands =
            [
                ExportDecider.Commands,
                ExportDecider.Bundles,
                BorderDecider.Commands,
                BatchDecider.Commands,
                ExporterDecider.Commands,
            ],
            Refusals = [.. ExportRefusals.All, .. BundleRefusals.All],
            Rules = [.. ExportRules.All],
            Evaluators = ExportEvaluators.All,
            Steps = new([ExportStreams.Batch], Steps),
            Item = new()
            {
                Evolve = ItemPart.Facet(
                    static item => item.Export,
                    static (facet, item, e) => ExportFacet.Evolve(facet, item.Owner.Party, e),
                    static (item, facet) => item with { Export = facet }
                ),
                Life =
                [
                    LifeRow.On<PendingExportAnnotated>(Life.ExportPending, Life.Held, Life.Stocked),
                    LifeRow.On<PendingExportCancelled>(Life.Stocked, Life.ExportPending),
                    LifeRow.On<ItemExported>(Life.Exported, Life.ExportPending),
                    LifeRow.On<ItemReimported>(Life.Held, Life.Exported),
                    LifeRow.On<DestinationRegistered>(Life.Exported, Life.Exported),
                ],
                ObservedLife =
                [
                    LifeRow.On<ItemExported>(Life.Exported, Life.Held, Life.Stocked, Life.Listed, Life.InDeal),
                    LifeRow.On<DestinationRegistered>(
                        Life.Exported,
                        Life.Held,
                        Life.Stocked,
                        Life.Listed,
                        Life.InDeal,
                        Life.ExportPending
                    ),
                ],
            },
            Times =
            [
                ActTimeLine.Happened<PreExportInspectionRecorded>(e => e.InspectedOn),
                ActTimeLine.Happened<PendingExportAnnotated>(e => e.AnnotatedOn),
                ActTimeLine.Ahead<PendingExportAnnotated>(e => e.TempPlateUntil),
                ActTimeLine.Ahead<PendingExportAnnotated>(e => e.InsuranceUntil),
                ActTimeLine.Happened<BatchItemAdded>(e => e.FirstRegistered),
                ActTimeLine.Happened<BatchItemAdded>(e => e.PendingExportOn),
                ActTimeLine.Happened<ExportLicenceApplied>(e => e.AppliedOn),
                ActTimeLine.Ahead<ExportLicenceGranted>(e => e.ValidUntil),
                ActTimeLine.Happened<CustomsDeclared>(e => e.DeclaredOn),
                ActTimeLine.Happened<ItemExported>(e => e.ExportedOn),
                ActTimeLine.Happened<ItemReimported>(e => e.ImportedOn),
                ActTimeLine.Happened<DestinationRegistered>(e => e.RegisteredOn),
                ActTimeLine.Ahead<ExporterApproved>(e => e.ValidTo),
            ],
        };

    static IEnumerable<ReservationStep> Steps(StepSource source, StoredEvent e, IEnumerable<StoredEvent> before) =>
        e.Event is CustomsDeclared or CustomsDeclarationWithdrawn
        && Batch.Fold(before) is { Licence.LicenceNo: { } number } batch
            ? e.Event is CustomsDeclared
                ? [source.Step(BatchDecider.LicenceKey(number), ReservationEffect.Set, $"{batch.Id}")]
                : [source.Step(BatchDecider.LicenceKey(number), ReservationEffect.Clear)]
            : [];
}
