using Ledger.Store;
using Marten;
using Projections;

namespace Api.Http;

/// <summary>Tries again what a view could not make, and lets the daemon pass kinds of events that this version does not
/// know: the items they stand on are held, the others go on.</summary>
sealed class HeldItemSweep(LedgerNode node, IDocumentStore store, ILogger<HeldItemSweep> log)
    : Sweep(node, log, TimeSpan.FromSeconds(2), "Items that a view holds could not be tried again")
{
    readonly UnknownKinds unknown = new(node.Database, (DocumentStore)store);

    protected override bool Waits => false;

    protected override async Task LookAsync(CancellationToken stop)
    {
        foreach (var kind in await unknown.AdmitAsync(stop))
            Log.LogError("Events of the kind {Kind} are not known to this version", kind);
        await HeldItems.RetryAsync(Node.Database, stop);
    }
}
