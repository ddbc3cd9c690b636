using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Who may give the commands of liens and holds.</summary>
static class EncumbrancesPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<RegisterEncumbrance>(Roles.Lnd | Roles.Stn | Roles.Cus),
        Permit.Of<ReleaseEncumbrance>(Roles.Lnd | Roles.Stn | Roles.Cus),
        Permit.Of<ExtendEncumbrance>(Roles.Lnd),
        Permit.Of<ChangeLessee>(Roles.Lnd),
        Permit.Of<ConsentToDeal>(Roles.Lnd),
        Permit.Of<PlaceHold>(Roles.Pol | Roles.Reg),
        Permit.Of<ReleaseHold>(Roles.Pol | Roles.Reg),
    ];
}
