using Ledger.Store;
using Projections;

namespace Api.Jobs;

/// <summary>Holds streams with events that this version does not know, and tries again what a view could not
/// make.</summary>
sealed class HeldStreamSweep(LedgerNode node, ILogger<HeldStreamSweep> log)
    : Sweep(node, log, TimeSpan.FromSeconds(2), "Streams that a view holds could not be tried again")
{
    readonly UnknownKinds unknown = new(node.Database);

    protected override bool Waits => false;

    protected override async Task LookAsync(CancellationToken stop)
    {
        while (await unknown.HoldAsync(stop)) { }
        await HeldStreams.RetryAsync(Node.Database, stop);
    }
}
