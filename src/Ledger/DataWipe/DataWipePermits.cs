using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.DataWipe;

/// <summary>Who may give the commands of media, wipes and incidents.</summary>
static class DataWipePermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<DeclareMedia>(Roles.Clk | Roles.Wop | Roles.Apr),
        Permit
            .Of<GiveWipeConsent>(Roles.Con | Roles.Clk)
            .To(ProtectedEnd.Data)
            .Stranger("not-the-owner", Roles.Con)
            .After("intake-closed"),
        Permit
            .Of<AttestWipe>(Roles.Wop)
            .To(ProtectedEnd.Medium)
            .After("intake-closed", "consent-missing", "tool-under-incident")
            .JudgedBy(Trigger.AttestWipe),
        Permit
            .Of<VerifyWipe>(Roles.Wvr)
            .To(ProtectedEnd.Medium)
            .NotOwn("verifier-is-operator")
            .After("attestation-not-found")
            .JudgedBy(Trigger.VerifyWipe),
        Permit
            .Of<DestroyMedium>(Roles.Wop | Roles.Rcy)
            .To(ProtectedEnd.Medium)
            .After("custody-missing")
            .JudgedBy(Trigger.DestroyMedium),
        Permit.Of<RemoveMedium>(Roles.Wop | Roles.Rcy).To(ProtectedEnd.Medium),
        Permit.Of<UnlinkAccount>(Roles.Wop | Roles.Con).Stranger("not-the-owner", Roles.Con),
        Permit.Of<SuspendWipe>(Roles.Sys).To(ProtectedEnd.Medium),
        Permit.Of<SettleWipe>(Roles.Sys).To(ProtectedEnd.Medium),
        Permit.Of<ReportIncident>(Roles.Reg | Roles.Wvr | Roles.Con).To(ProtectedEnd.Medium),
        Permit
            .Of<CloseIncident>(Roles.Reg)
            .To(ProtectedEnd.Inquiry)
            .NotOwn("own-affair")
            .After("incident-not-found", "wrong-state"),
    ];
}
