using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>What happens to one item on its way abroad; what happens to a whole batch: <see
/// cref="BatchDecider"/>.</summary>
static class ExportDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<ExportCommand>(
            (c, history, s) => Decide(c, history.State!, s),
            (c, _, _) =>
                c is InspectForExport { Accreditation: { } number }
                    ? [LicenceTerms.Row(LicenceKind.Accreditation, number)]
                    : []
        );

    /// <summary>Of an item that has left trade too: its buyer may ask for its history.</summary>
    public static CommandKind Bundles { get; } =
        ItemCommandKind.Of<IssueBundle>((c, history, _) => Issue(c, history), gate: ItemGate.Registered);

    static Decision Decide(ExportCommand command, Item item, Situation s) =>
        command switch
        {
            InspectForExport c => Decision
                .Record(
                    new PreExportInspectionRecorded(c.Standard, c.Passed, c.InspectedOn, c.Accreditation, c.Findings)
                )
                .WithVerdicts(ItemJudge.Accredited(c.Accreditation, c.InspectedOn, item, s)),
            AttachAfterSaleConfirmation c when !item.Identifiers.Contains(c.Vehicle.Ref) => Decision.Refuse(
                Refusal.Of("vehicle-not-named", ("value", c.Vehicle.Identifier)).At("vehicle")
            ),
            AttachAfterSaleConfirmation c => Decision.Record(
                new AfterSaleConfirmationAttached(c.Maker, c.Destination, c.Outlets, c.Seal)
            ),
            AnnotateExport c => Annotate(c, item, s),
            CancelExport when item.Export.Batch is { } batch => Decision.Refuse(
                Refusal.Of("item-in-other-batch", ("batch", batch))
            ),
            CancelExport c => LifeTable.InState(item, new PendingExportCancelled(c.Reason), Judgement.None),
            ReimportItem c => LifeTable.InState(item, new ItemReimported(c.ImportedOn), Judgement.None),
            _ => throw new UnknownCommandException(command),
        };

    /// <summary>A bundle says that nothing was left out: what is recorded must be in it, but for bundles
    /// themselves.</summary>
    static Decision Issue(IssueBundle c, ItemHistory history) =>
        history.Events.Any(e => e.Version > c.Covered && e.Event is not BundleIssued)
            ? Decision.Refuse(Refusal.Of("item-head-not-logged", ("covered", c.Covered), ("version", history.Version)))
            : Decision.Record(new BundleIssued(c.ManifestHash, c.Disclosed, c.CheckpointSize, c.Purpose, c.Recipient));

    static Decision Annotate(AnnotateExport c, Item item, Situation s)
    {
        if (c.AnnotatedOn > s.LawDay)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "value-out-of-range",
                        ("name", "annotatedOn"),
                        ("value", c.AnnotatedOn),
                        ("least", Bounds.OldestDay),
                        ("most", s.LawDay)
                    )
                    .At("annotatedOn")
            );
        if (GoodsCategory.Find(item.Category) is { TransfersByStation: true })
        {
            // Without these neither the scrap limit nor the 180 days can be judged.
            if (item.FirstRegistered is null || item.ScrapCategory is null || item.Make is null || item.Model is null)
                return Decision.Refuse(
                    Refusal.Of("value-missing", ("name", "make, model, firstRegistered, scrapCategory"))
                );
            if (c.TempPlateUntil is null)
                return Decision.Refuse(Refusal.Of("value-missing", ("name", "tempPlateUntil")).At("tempPlateUntil"));
            if (c.InsuranceUntil is null)
                return Decision.Refuse(Refusal.Of("value-missing", ("name", "insuranceUntil")).At("insuranceUntil"));
        }
        return LifeTable.InState(
            item,
            new PendingExportAnnotated(c.AnnotatedOn, c.TempPlateUntil, c.InsuranceUntil),
            ExportJudge.Of(
                Trigger.AnnotateExport,
                item,
                s,
                ItemJudge
                    .Standing(item)
                    .And("annotatedOn", c.AnnotatedOn)
                    .And("tempPlateUntil", c.TempPlateUntil)
                    .And("insuranceUntil", c.InsuranceUntil)
            )
        );
    }
}
