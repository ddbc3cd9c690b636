using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>Who may give the commands of media, wipes and incidents.</summary>
static class DataWipePermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<DeclareMedia>(Roles.Clk | Roles.Wop | Roles.Apr),
        Permit.Of<GiveWipeConsent>(Roles.Con | Roles.Clk),
        Permit.Of<AttestWipe>(Roles.Wop),
        Permit.Of<VerifyWipe>(Roles.Wvr),
        Permit.Of<DestroyMedium>(Roles.Wop | Roles.Rcy),
        Permit.Of<RemoveMedium>(Roles.Wop | Roles.Rcy),
        Permit.Of<UnlinkAccount>(Roles.Wop | Roles.Con),
        Permit.Of<SuspendWipe>(Roles.Sys),
        Permit.Of<SettleWipe>(Roles.Sys),
        Permit.Of<ReportIncident>(Roles.Reg | Roles.Wvr | Roles.Con),
        Permit.Of<CloseIncident>(Roles.Reg),
    ];
}
