using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Who may give the commands of markets, stations and their staff.</summary>
static class MarketsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<OpenMarket>(Roles.Reg),
        Permit.Of<SuspendMarket>(Roles.Reg),
        Permit.Of<ReinstateMarket>(Roles.Reg),
        Permit.Of<CloseMarket>(Roles.Reg),
        Permit.Of<AuthoriseStation>(Roles.Pol | Roles.Reg),
        Permit.Of<SuspendStation>(Roles.Pol | Roles.Reg),
        Permit.Of<AssignStaff>(Roles.Clk),
        Permit.Of<RemoveStaff>(Roles.Clk).WindingDown(),
    ];
}
