using Ledger.Store.Lane;

namespace Ledger.Store.Publishing;

/// <summary>Believes no head that is to be signed before it fits (proof.md §4).</summary>
sealed class HeadCheck(LedgerNode node)
{
    /// <summary>The root is computed from leaves and tiles, not taken from the row.</summary>
    /// <exception cref="BrokenLogException">Mark or root do not fit.</exception>
    public async Task CheckAsync(Head head, CancellationToken stop)
    {
        if (!node.Database.Log.Fits(head))
            throw new BrokenLogException($"The head of size {head.Size} does not carry the log's mark.");
        if (await node.Tree.RootAsync(head.Size, stop) != head.Root)
            throw new BrokenLogException($"The leaves of size {head.Size} do not have the root of their head.");
    }
}
