using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>Who may give the commands of baselines, targets and reports.</summary>
static class IndicatorsPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<FixBaseline>(Roles.Reg).ByTwo(),
        Permit.Of<FixTarget>(Roles.Reg).ByTwo(),
        Permit.Of<FreezeReport>(Roles.Reg).ByTwo(),
    ];
}
