using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>Who may give the commands of the ledger itself.</summary>
static class OperationsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<ActivateRuleset>(Roles.Adm).ByTwo(),
        Permit.Of<LogHeadMap>(Roles.Sys),
        Permit.Of<RecordReconciliation>(Roles.Sys),
    ];
}
