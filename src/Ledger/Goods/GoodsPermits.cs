using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Who may give the commands of what an item is and in what condition.</summary>
static class GoodsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<RegisterItem>(Roles.Clk | Roles.Dlr | Roles.Plt | Roles.Apr),
        Permit.Of<AddIdentifier>(Roles.Clk | Roles.Apr | Roles.Stn),
        Permit.Of<CorrectIdentifier>(Roles.Clk | Roles.Apr | Roles.Stn),
        Permit.Of<RaiseIdentityConflict>(Roles.Stn | Roles.Pol),
        Permit.Of<ResolveIdentityConflict>(Roles.Stn | Roles.Pol),
        Permit.Of<TagItem>(Roles.Clk),
        Permit.Of<ReadOdometer>(Roles.Clk | Roles.Apr | Roles.Stn | Roles.Ref),
        Permit.Of<DiscloseItem>(Roles.Clk | Roles.Plt | Roles.Dlr | Roles.Con),
        Permit.Of<InspectItem>(Roles.Apr),
        Permit.Of<GradeItem>(Roles.Apr),
        Permit.Of<AppraiseItem>(Roles.Apr),
        Permit.Of<RecordBrand>(Roles.Apr | Roles.Pol),
        Permit.Of<ResolveBrand>(Roles.Apr | Roles.Pol),
        Permit.Of<RecordPeriodicInspection>(Roles.Stn | Roles.Apr),
        Permit.Of<ChangeUse>(Roles.Stn),
        Permit.Of<NoteScrapLimit>(Roles.Sys),
        Permit.Of<ReplacePart>(Roles.Ref),
        Permit.Of<RefurbishItem>(Roles.Ref | Roles.Prd),
        Permit.Of<IssueRefurbGrade>(Roles.Ref | Roles.Prd),
        Permit.Of<StartWarranty>(Roles.Dlr | Roles.Ref),
        Permit.Of<RecordRepair>(Roles.Dlr | Roles.Ref),
        Permit.Of<RecordRegistration>(Roles.Stn),
        Permit.Of<ReportDocumentLost>(Roles.Stn),
        Permit.Of<ReportDocumentReissued>(Roles.Stn),
        Permit.Of<AlterItem>(Roles.Stn),
        Permit.Of<DeclareSale>(Roles.Con | Roles.Dlr),
        Permit.Of<DivertClassifiedDevice>(Roles.Paw | Roles.Wop),
        Permit
            .Of<MakePublicLink>(Roles.Clk | Roles.Dlr | Roles.Con | Roles.Exp)
            .To(ProtectedEnd.Data)
            .Stranger("not-the-keeper"),
        Permit
            .Of<RevokePublicLink>(Roles.Clk | Roles.Dlr | Roles.Con | Roles.Exp)
            .WindingDown()
            .To(ProtectedEnd.Data)
            .Stranger("not-the-keeper")
            .After("link-not-found"),
        // A fact of another register: it refuses nothing, and says what it contradicts.
        Permit
            .Of<ObserveFact>(Roles.Adm)
            .To(
                ProtectedEnd.Ownership,
                ProtectedEnd.Lien,
                ProtectedEnd.Hold,
                ProtectedEnd.Listing,
                ProtectedEnd.Deal,
                ProtectedEnd.Stock,
                ProtectedEnd.Custody,
                ProtectedEnd.Border
            ),
        Permit
            .Of<CorrectEvent>(Roles.Recorders)
            .WindingDown()
            .To(ProtectedEnd.Fact)
            .Stranger("not-the-recorder")
            .After(
                "event-not-found",
                "not-correctable",
                "already-voided",
                "correction-window-over",
                "counter-signature-missing",
                "dependent-events-exist",
                "not-the-other-side"
            ),
        Permit
            .Of<VoidEvent>(Roles.Recorders)
            .WindingDown()
            .To(ProtectedEnd.Fact, ProtectedEnd.Ownership, ProtectedEnd.Listing, ProtectedEnd.Deal, ProtectedEnd.Medium)
            .Stranger("not-the-recorder")
            .After(
                "event-not-found",
                "not-correctable",
                "already-voided",
                "correction-window-over",
                "counter-signature-missing",
                "dependent-events-exist",
                "not-the-other-side",
                "wrong-state"
            ),
    ];
}
