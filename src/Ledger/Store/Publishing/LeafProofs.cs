using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Publishing;

/// <summary>A leaf's place in the log, to be checked offline.</summary>
/// <param name="LeafIndex">From 0.</param>
/// <param name="TlogProof">A <c>.tlog-proof</c> file (proof.md §5).</param>
/// <param name="Witnessed">Whether its checkpoint was published; else only the log has signed it.</param>
public sealed record LeafProof(Guid EventId, ulong LeafIndex, string TlogProof, bool Witnessed);

/// <summary>Makes <c>.tlog-proof</c> files: under the first published checkpoint that covers the leaf, or until there
/// is one under the log's own signature.</summary>
public sealed class LeafProofs(LedgerNode node, PublishedLog log)
{
    readonly LeafRows leaves = new(node.Database);

    /// <returns>Null where the event is not on record.</returns>
    /// <exception cref="BrokenLogException">Nothing may be signed, and no published checkpoint covers the
    /// leaf.</exception>
    public async Task<LeafProof?> OfAsync(Guid eventId, CancellationToken stop)
    {
        if (await leaves.IndexOfAsync(eventId, stop) is not { } index)
            return null;
        if (await log.CoveringAsync(index, stop) is { } published)
        {
            var plan = ProofPlan.Inclusion(index, published.Size);
            var path = await node.Tree.ResolveAsync(plan, published.Size, stop);
            return new(eventId, index, new TlogProof(index, [.. path], published.Note).Text, true);
        }
        if (node.State.Broken is { } broken)
            throw new BrokenLogException(broken.Detail);
        var receipt = await node.Receipts.OfAsync([eventId], full: false, stop);
        var hashes = receipt!.Entries[0].InclusionProof.Select(h => Hash.Read(Convert.FromBase64String(h)));
        return new(eventId, index, new TlogProof(index, [.. hashes], receipt.Checkpoint).Text, false);
    }
}
