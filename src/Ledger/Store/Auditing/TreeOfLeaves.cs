using Ledger.Proof;

namespace Ledger.Store.Auditing;

/// <summary>The tree as it grows out of the leaves that stream by.</summary>
sealed class TreeOfLeaves(RightEdge start)
{
    readonly List<Hash> pending = [];
    readonly List<FilledTile> filled = [];
    RightEdge edge = start;

    public ulong Size => edge.Size + (ulong)pending.Count;

    public void Add(in Hash leaf) => pending.Add(leaf);

    public Hash Root()
    {
        Grow();
        return edge.Root();
    }

    /// <summary>Tiles of all levels that became full since they were taken last.</summary>
    public List<FilledTile> Filled()
    {
        Grow();
        List<FilledTile> taken = [.. filled];
        filled.Clear();
        return taken;
    }

    void Grow()
    {
        edge = edge.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending), filled);
        pending.Clear();
    }
}
