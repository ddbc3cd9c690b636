using Ledger.Proof;

namespace Ledger.Store.Auditing;

/// <summary>Step 1: each index has a row, and its hash is that of its bytes.</summary>
sealed class StoredLeaves(Findings findings)
{
    /// <summary>Looks at one place of a page.</summary>
    public AuditedLeaf Look(AuditPage page, ulong index)
    {
        var inTile = page.InTile(index);
        if (!page.Leaves.TryGetValue(index, out var row))
        {
            findings.Add(
                FindingKinds.LeafMissing,
                $"Index {index} has no leaf{(inTile is { } h ? $"; its tile says hash {h}" : "")}.",
                index
            );
            return new(index, null, inTile ?? default, null, default);
        }
        var hash = Merkle.LeafHash(row.Body);
        if (hash != row.Hash)
        {
            findings.Add(
                FindingKinds.LeafHash,
                $"Leaf {index}: its bytes hash to {hash}, its row says {row.Hash}"
                    + (inTile is { } tile ? $", its tile {tile}." : "."),
                index,
                row.Stream
            );
            // Two of three decide what the tree is built of, so that one changed value is one finding.
            hash = inTile == hash ? hash : row.Hash;
        }
        Leaf.TryRead(row.Body, out var leaf, out var fault);
        return new(index, row, hash, leaf, fault);
    }
}
