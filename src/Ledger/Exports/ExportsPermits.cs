using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>Who may give the commands of exporters, batches and items on their way abroad.</summary>
static class ExportsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit
            .Of<FileExporter>(Roles.Exp)
            .To(ProtectedEnd.Standing)
            .Stranger("not-the-exporter")
            .After("exporter-exists"),
        Permit
            .Of<ApproveExporter>(Roles.Reg)
            .To(ProtectedEnd.Standing)
            .NotOwn("own-affair")
            .After("exporter-not-found", "wrong-state", "conditions-not-met")
            .JudgedBy(Trigger.ApproveExporter),
        Permit
            .Of<SuspendExporter>(Roles.Reg)
            .To(ProtectedEnd.Standing)
            .NotOwn("own-affair")
            .After("exporter-not-found", "wrong-state"),
        Permit
            .Of<ReinstateExporter>(Roles.Reg)
            .To(ProtectedEnd.Standing)
            .NotOwn("own-affair")
            .After("exporter-not-found", "wrong-state"),
        Permit
            .Of<RemoveExporter>(Roles.Reg)
            .To(ProtectedEnd.Standing)
            .NotOwn("own-affair")
            .After("exporter-not-found", "wrong-state"),
        Permit
            .Of<DraftBatch>(Roles.Exp)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter")
            .After("exporter-not-found")
            .JudgedBy(Trigger.DraftBatch),
        Permit
            .Of<AddToBatch>(Roles.Exp)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter")
            .After("batch-not-found", "exporter-not-owner", "item-in-other-batch")
            .JudgedBy(Trigger.AddBatchItem),
        Permit
            .Of<RemoveFromBatch>(Roles.Exp | Roles.Reg)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter", Roles.Exp)
            .NotOwn("own-affair")
            .After("batch-not-found"),
        Permit
            .Of<ApplyForLicence>(Roles.Exp)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter")
            .After("batch-not-found", "wrong-state", "batch-empty", "exporter-not-owner")
            .JudgedBy(Trigger.ApplyLicence, Trigger.ApplyForItem),
        Permit
            .Of<GrantLicence>(Roles.Reg)
            .To(ProtectedEnd.Border)
            .NotOwn("own-affair")
            .After("batch-not-found", "wrong-state"),
        Permit
            .Of<RefuseLicence>(Roles.Reg)
            .To(ProtectedEnd.Border)
            .NotOwn("own-affair")
            .After("batch-not-found", "wrong-state"),
        Permit
            .Of<ReturnLicence>(Roles.Exp | Roles.Reg)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter", Roles.Exp)
            .NotOwn("own-affair")
            .After("batch-not-found", "wrong-state"),
        Permit
            .Of<DeclareToCustoms>(Roles.Exp | Roles.Cus)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter", Roles.Exp)
            .After("batch-not-found", "wrong-state", "exporter-not-owner")
            .JudgedBy(Trigger.DeclareCustoms, Trigger.DeclareItem),
        Permit
            .Of<WithdrawDeclaration>(Roles.Exp | Roles.Cus)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter", Roles.Exp)
            .After("batch-not-found", "wrong-state"),
        Permit
            .Of<ExportItem>(Roles.Cus)
            .To(ProtectedEnd.Border)
            .After("not-declared", "exporter-not-owner")
            .JudgedBy(Trigger.DeclareItem),
        Permit.Of<ReimportItem>(Roles.Cus).To(ProtectedEnd.Border).After("wrong-state"),
        Permit
            .Of<RegisterAbroad>(Roles.Exp | Roles.Fb)
            .To(ProtectedEnd.Border)
            .Stranger("not-the-exporter", Roles.Exp)
            .After("wrong-state")
            .JudgedBy(Trigger.RegisterDestination),
        Permit.Of<InspectForExport>(Roles.Apr).To(ProtectedEnd.Border),
        Permit.Of<AttachAfterSaleConfirmation>(Roles.Exp | Roles.Prd).To(ProtectedEnd.Border),
        Permit.Of<AnnotateExport>(Roles.Stn | Roles.Pol).To(ProtectedEnd.Border).JudgedBy(Trigger.AnnotateExport),
        Permit.Of<CancelExport>(Roles.Stn | Roles.Pol).To(ProtectedEnd.Border).After("wrong-state"),
        Permit.Of<IssueBundle>(Roles.Exp | Roles.Con | Roles.Sys).To(ProtectedEnd.Data),
    ];
}
