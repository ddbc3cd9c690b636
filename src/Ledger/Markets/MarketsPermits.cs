using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Who may give the commands of markets, stations and their staff.</summary>
static class MarketsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<OpenMarket>(Roles.Reg).To(ProtectedEnd.Standing).After("market-exists"),
        Permit.Of<SuspendMarket>(Roles.Reg).To(ProtectedEnd.Standing).After("market-not-found", "wrong-state"),
        Permit.Of<ReinstateMarket>(Roles.Reg).To(ProtectedEnd.Standing).After("market-not-found", "wrong-state"),
        Permit.Of<CloseMarket>(Roles.Reg).To(ProtectedEnd.Standing).After("market-not-found", "live-deals-open"),
        Permit.Of<SetLateEntryHours>(Roles.Reg).To(ProtectedEnd.Standing).After("market-not-found", "wrong-state"),
        Permit.Of<AuthoriseStation>(Roles.Pol | Roles.Reg).To(ProtectedEnd.Standing),
        Permit
            .Of<SuspendStation>(Roles.Pol | Roles.Reg)
            .To(ProtectedEnd.Standing)
            .After("station-not-found", "wrong-state"),
        Permit
            .Of<AssignStaff>(Roles.Clk)
            .To(ProtectedEnd.Standing)
            .Stranger("not-of-this-market")
            .After("market-not-found", "staff-listed-as-ended"),
        Permit
            .Of<RemoveStaff>(Roles.Clk)
            .WindingDown()
            .To(ProtectedEnd.Standing)
            .Stranger("not-of-this-market")
            .After("market-not-found", "wrong-state"),
    ];
}
