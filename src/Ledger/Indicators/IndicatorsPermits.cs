using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>Who may give the commands of baselines, targets and reports.</summary>
static class IndicatorsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<FixBaseline>(Roles.Reg) with
        {
            TwoPersons = true,
        },
        Permit.Of<FixTarget>(Roles.Reg) with
        {
            TwoPersons = true,
        },
        Permit.Of<FreezeReport>(Roles.Reg) with
        {
            TwoPersons = true,
        },
    ];
}
