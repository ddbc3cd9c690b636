using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>Who may give the commands of suspicions and cases.</summary>
static class SupervisionPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<RaiseSuspicion>(Roles.Sys),
        Permit.Of<OpenCase>(Roles.Reg).To(ProtectedEnd.Inquiry),
        Permit.Of<TakeUpSuspicion>(Roles.Reg).To(ProtectedEnd.Inquiry).After("case-not-found", "wrong-state"),
        Permit.Of<CloseCase>(Roles.Reg).To(ProtectedEnd.Inquiry).After("case-not-found", "wrong-state"),
    ];
}
