using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Who may give the commands of exporters, batches and items on their way abroad.</summary>
static class ExportsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<FileExporter>(Roles.Exp),
        Permit.Of<ApproveExporter>(Roles.Reg),
        Permit.Of<SuspendExporter>(Roles.Reg),
        Permit.Of<ReinstateExporter>(Roles.Reg),
        Permit.Of<RemoveExporter>(Roles.Reg),
        Permit.Of<DraftBatch>(Roles.Exp),
        Permit.Of<AddToBatch>(Roles.Exp),
        Permit.Of<RemoveFromBatch>(Roles.Exp),
        Permit.Of<ApplyForLicence>(Roles.Exp),
        Permit.Of<GrantLicence>(Roles.Reg),
        Permit.Of<RefuseLicence>(Roles.Reg),
        Permit.Of<ReturnLicence>(Roles.Exp),
        Permit.Of<DeclareToCustoms>(Roles.Exp | Roles.Cus),
        Permit.Of<WithdrawDeclaration>(Roles.Exp | Roles.Cus),
        Permit.Of<ExportItem>(Roles.Cus),
        Permit.Of<ReimportItem>(Roles.Cus),
        Permit.Of<RegisterAbroad>(Roles.Exp | Roles.Fb),
        Permit.Of<InspectForExport>(Roles.Apr),
        Permit.Of<AttachAfterSaleConfirmation>(Roles.Exp | Roles.Prd),
        Permit.Of<AnnotateExport>(Roles.Stn | Roles.Pol),
        Permit.Of<CancelExport>(Roles.Stn | Roles.Pol),
        Permit.Of<IssueBundle>(Roles.Exp | Roles.Con | Roles.Sys),
    ];
}
