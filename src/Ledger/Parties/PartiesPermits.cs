using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Who may give the commands of the roll and issuers.</summary>
static class PartiesPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<RegisterParty>(Roles.Clk | Roles.Plt | Roles.Adm | Roles.Reg),
        Permit.Of<ConfirmIdentity>(Roles.Adm | Roles.Reg),
        Permit.Of<NameParty>(Roles.Clk | Roles.Adm | Roles.Reg) with
        {
            TwoPersons = true,
        },
        Permit.Of<GrantRole>(Roles.Adm | Roles.Reg),
        Permit.Of<EndRole>(Roles.Adm | Roles.Reg),
        Permit.Of<RecordLicence>(Roles.Reg | Roles.Adm),
        Permit.Of<EndLicence>(Roles.Reg | Roles.Adm),
        Permit.Of<RegisterIssuer>(Roles.Adm | Roles.Reg) with
        {
            TwoPersons = true,
        },
        Permit.Of<SuspendIssuer>(Roles.Adm | Roles.Reg) with
        {
            TwoPersons = true,
        },
        Permit.Of<RevokeIssuer>(Roles.Adm | Roles.Reg) with
        {
            TwoPersons = true,
        },
    ];
}
