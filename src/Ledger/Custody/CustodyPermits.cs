using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Who may give the commands of custody.</summary>
static class CustodyPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<ReceiveItem>(Roles.Clk | Roles.Wop | Roles.Rcy),
        Permit.Of<TransferCustody>(Roles.Keepers).WindingDown(),
    ];
}
