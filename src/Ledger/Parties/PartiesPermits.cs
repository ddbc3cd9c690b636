using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Who may give the commands of the roll and issuers.</summary>
static class PartiesPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<RegisterParty>(Roles.Clk | Roles.Plt | Roles.Adm | Roles.Reg).After("party-exists"),
        Permit.Of<ConfirmIdentity>(Roles.Adm | Roles.Reg).After("party-not-found", "evidence-missing"),
        Permit
            .Of<NameParty>(Roles.Clk | Roles.Adm | Roles.Reg)
            .ByTwo()
            .To(ProtectedEnd.Standing)
            .Stranger("not-of-this-market", Roles.Clk)
            .After("party-not-found", "name-of-another-party", "evidence-missing"),
        Permit
            .Of<GrantRole>(Roles.Adm | Roles.Reg)
            .To(ProtectedEnd.Standing)
            .NotOwn("self-grant")
            .After("party-not-found", "role-basis-missing"),
        Permit
            .Of<EndRole>(Roles.Adm | Roles.Reg)
            .To(ProtectedEnd.Standing)
            .NotOwn("regulator-ends-itself")
            .After("party-not-found", "wrong-state"),
        Permit
            .Of<RecordLicence>(Roles.Reg | Roles.Adm)
            .To(ProtectedEnd.Standing)
            .After("party-not-found", "issuer-not-found", "licence-overlap"),
        Permit.Of<EndLicence>(Roles.Reg | Roles.Adm).To(ProtectedEnd.Standing).After("party-not-found", "wrong-state"),
        Permit.Of<RegisterIssuer>(Roles.Adm | Roles.Reg).ByTwo().To(ProtectedEnd.Standing),
        Permit.Of<SuspendIssuer>(Roles.Adm | Roles.Reg).ByTwo().To(ProtectedEnd.Standing).After("issuer-not-found"),
        Permit.Of<RevokeIssuer>(Roles.Adm | Roles.Reg).ByTwo().To(ProtectedEnd.Standing).After("issuer-not-found"),
    ];
}
