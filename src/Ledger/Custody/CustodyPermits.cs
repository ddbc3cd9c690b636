using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Who may give the commands of custody.</summary>
static class CustodyPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit
            .Of<ReceiveItem>(Roles.Clk | Roles.Wop | Roles.Rcy)
            .To(ProtectedEnd.Custody)
            .After("custody-held-elsewhere"),
        Permit
            .Of<TransferCustody>(Roles.Keepers)
            .WindingDown()
            .To(ProtectedEnd.Custody)
            .Stranger("not-the-holder")
            .After("intake-closed", "counter-signature-missing", "seal-mismatch"),
    ];
}
