using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Credit;

/// <summary>Who may give the commands of credit signals, consents and readings.</summary>
static class CreditPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<NotifyOfSignal>(Roles.Reg | Roles.Plt),
        Permit.Of<ShareSignal>(Roles.Reg | Roles.Plt),
        Permit.Of<StateOnSignal>(Roles.Subjects),
        Permit.Of<ObjectToSignal>(Roles.Subjects),
        Permit.Of<AnswerObjection>(Roles.Reg | Roles.Plt),
        Permit.Of<RepairSignal>(Roles.Reg),
        Permit.Of<WithdrawSignal>(Roles.Reg | Roles.Plt),
        Permit.Of<ExpireSignal>(Roles.Sys),
        Permit.Of<GiveConsent>(Roles.Con | Roles.Clk),
        Permit.Of<WithdrawConsent>(Roles.Con | Roles.Clk).WindingDown(),
        // Whoever reads is on record; what he may read waits for accounts.
        Permit.Of<ReadCreditFile>(Roles.Anyone),
        Permit.Of<RecordQuery>(Roles.Anyone),
    ];
}
