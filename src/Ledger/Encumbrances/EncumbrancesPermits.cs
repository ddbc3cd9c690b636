using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Who may give the commands of liens and holds.</summary>
static class EncumbrancesPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit
            .Of<RegisterEncumbrance>(Roles.Lnd | Roles.Stn | Roles.Cus)
            .To(ProtectedEnd.Lien)
            .Stranger("not-the-holder", Roles.Lnd),
        Permit
            .Of<ReleaseEncumbrance>(Roles.Lnd | Roles.Stn | Roles.Cus)
            .To(ProtectedEnd.Lien)
            .Stranger("not-the-holder", Roles.Lnd | Roles.Cus)
            .After("encumbrance-not-found"),
        Permit
            .Of<ExtendEncumbrance>(Roles.Lnd)
            .To(ProtectedEnd.Lien)
            .Stranger("not-the-holder")
            .After("encumbrance-not-found"),
        Permit
            .Of<ChangeLessee>(Roles.Lnd)
            .To(ProtectedEnd.Lien)
            .Stranger("not-the-holder")
            .After("encumbrance-not-found"),
        Permit
            .Of<ConsentToDeal>(Roles.Lnd)
            .To(ProtectedEnd.Lien)
            .Stranger("not-the-holder")
            .After("encumbrance-not-found", "deal-not-found", "consent-expired"),
        Permit.Of<PlaceHold>(Roles.Pol | Roles.Reg).To(ProtectedEnd.Hold),
        Permit
            .Of<ReleaseHold>(Roles.Pol | Roles.Reg)
            .To(ProtectedEnd.Hold)
            .Stranger("authority-not-competent")
            .After("hold-not-found"),
    ];
}
