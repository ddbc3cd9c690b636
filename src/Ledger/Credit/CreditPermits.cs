using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Credit;

/// <summary>Who may give the commands of credit signals, consents and readings.</summary>
static class CreditPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<NotifyOfSignal>(Roles.Reg | Roles.Plt),
        Permit
            .Of<ShareSignal>(Roles.Reg | Roles.Plt)
            .To(ProtectedEnd.Data)
            .After("basis-missing", "prior-notice-missing", "consent-missing")
            .JudgedBy(Trigger.ShareSignal),
        Permit.Of<StateOnSignal>(Roles.Subjects).Stranger("not-the-subject").After("signal-not-found"),
        Permit
            .Of<ObjectToSignal>(Roles.Subjects)
            .To(ProtectedEnd.Data)
            .Stranger("not-the-subject")
            .After("signal-not-found", "already-open"),
        Permit
            .Of<AnswerObjection>(Roles.Reg | Roles.Plt)
            .To(ProtectedEnd.Data)
            .Stranger("not-the-source")
            .After("signal-not-found", "wrong-state"),
        Permit
            .Of<RepairSignal>(Roles.Reg)
            .To(ProtectedEnd.Data)
            .After("signal-not-found", "wrong-state")
            .JudgedBy(Trigger.RepairSignal),
        Permit
            .Of<WithdrawSignal>(Roles.Reg | Roles.Plt)
            .To(ProtectedEnd.Data)
            .Stranger("not-the-source")
            .After("signal-not-found", "wrong-state"),
        Permit.Of<ExpireSignal>(Roles.Sys).To(ProtectedEnd.Data),
        Permit
            .Of<GiveConsent>(Roles.Con | Roles.Clk)
            .To(ProtectedEnd.Data)
            .Stranger("not-the-subject", Roles.Con)
            .NotOwn("own-affair")
            .After("purpose-not-in-list", "separate-consent-needed", "evidence-missing"),
        Permit
            .Of<WithdrawConsent>(Roles.Con | Roles.Clk)
            .WindingDown()
            .To(ProtectedEnd.Data)
            .Stranger("not-the-subject", Roles.Con)
            .After("consent-not-found"),
        // Whoever reads is on record; what he may read waits for accounts.
        Permit
            .Of<ReadCreditFile>(Roles.Recorders)
            .To(ProtectedEnd.Data)
            .After("purpose-missing", "purpose-not-in-list", "consent-missing"),
        Permit
            .Of<RecordQuery>(Roles.Authorities | Roles.Aud)
            .To(ProtectedEnd.Data)
            .After("purpose-missing", "purpose-not-in-list", "basis-missing"),
    ];
}
