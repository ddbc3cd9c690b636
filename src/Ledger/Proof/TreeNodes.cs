using System.Numerics;

namespace Ledger.Proof;

/// <summary>The root over leaves [Index·2^Level, (Index+1)·2^Level): a perfect subtree.</summary>
public readonly record struct TreeNode(int Level, ulong Index)
{
    /// <summary>The tile that holds it.</summary>
    public TileId Tile => new(Level / Proof.Tile.Height, Index >> (Proof.Tile.Height - Level % Proof.Tile.Height));

    /// <summary>Its hash, out of that tile.</summary>
    public Hash In(Tile tile)
    {
        var r = Level % Proof.Tile.Height;
        return tile.Node(r, (int)(Index & ((1UL << (Proof.Tile.Height - r)) - 1)));
    }
}

/// <summary>
/// Which nodes make a proof (proof.md §2): each hash of a proof is MTH of a range of leaves, and each range a row of
/// perfect subtrees. Naming them is arithmetic; a caller then fetches the tiles they lie in, once each.
/// </summary>
public sealed class ProofPlan
{
    readonly List<TreeNode[]> ranges = [];

    ProofPlan() { }

    /// <summary>PATH(index, [0, size)): the leaf's sibling first, the child of the root last.</summary>
    public static ProofPlan Inclusion(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var plan = new ProofPlan();
        plan.Path(index, 0, size);
        return plan;
    }

    /// <summary>The proof that a tree of <paramref name="n"/> leaves continues one of <paramref name="m"/>; empty where
    /// they are one.</summary>
    public static ProofPlan Consistency(ulong m, ulong n)
    {
        ArgumentOutOfRangeException.ThrowIfZero(m);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(m, n);
        var plan = new ProofPlan();
        plan.Sub(m, 0, n, true);
        return plan;
    }

    /// <summary>MTH([0, size)) as one range: the root of the tree.</summary>
    public static ProofPlan Root(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        var plan = new ProofPlan();
        plan.Add(0, size);
        return plan;
    }

    /// <summary>The tiles it reads, each once.</summary>
    public IReadOnlyCollection<TileId> Tiles
    {
        get
        {
            var tiles = new HashSet<TileId>();
            foreach (var row in ranges)
            foreach (var node in row)
                tiles.Add(node.Tile);
            return tiles;
        }
    }

    /// <summary>The proof's hashes, from the tiles it named.</summary>
    public Hash[] Resolve(Func<TileId, Tile> tileOf)
    {
        var hashes = new Hash[ranges.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            var row = ranges[i];
            var acc = row[^1].In(tileOf(row[^1].Tile));
            for (var j = row.Length - 2; j >= 0; j--)
                acc = Merkle.NodeHash(row[j].In(tileOf(row[j].Tile)), acc);
            hashes[i] = acc;
        }
        return hashes;
    }

    void Path(ulong m, ulong b, ulong e)
    {
        if (e - b == 1)
            return;
        var k = b + Merkle.LargestPowerBelow(e - b);
        if (m < k)
        {
            Path(m, b, k);
            Add(k, e);
        }
        else
        {
            Path(m, k, e);
            Add(b, k);
        }
    }

    void Sub(ulong m, ulong b, ulong e, bool known)
    {
        if (m == e)
        {
            if (!known)
                Add(b, e);
            return;
        }
        var k = b + Merkle.LargestPowerBelow(e - b);
        if (m <= k)
        {
            Sub(m, b, k, known);
            Add(k, e);
        }
        else
        {
            Sub(m, k, e, false);
            Add(b, k);
        }
    }

    /// <summary>MTH([b, e)), where b is a multiple of the smallest power of two that is at least e − b.</summary>
    void Add(ulong b, ulong e)
    {
        var row = new TreeNode[BitOperations.PopCount(e - b)];
        for (var i = 0; b < e; i++)
        {
            var level = BitOperations.Log2(e - b);
            row[i] = new(level, b >> level);
            b += 1UL << level;
        }
        ranges.Add(row);
    }
}
