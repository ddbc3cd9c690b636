using System.Collections.Concurrent;
using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>The tree as it is stored: full tiles, and the hashes behind the last full one of each level.</summary>
public interface IStoredTree
{
    /// <summary>The size of the newest head.</summary>
    Task<ulong> SizeAsync(CancellationToken stop);

    /// <summary>Those of these tiles that are stored: the full ones.</summary>
    Task<IReadOnlyList<FilledTile>> FullAsync(IReadOnlyCollection<TileId> ids, CancellationToken stop);

    /// <summary>The first hashes of a tile, out of the leaves or the roots of the tiles below; fewer where they are
    /// not there.</summary>
    Task<IReadOnlyList<Hash>> HashesAsync(TileId id, int width, CancellationToken stop);
}

/// <summary>
/// Reads tiles of the stored tree: full ones as they were written, partial ones out of the leaves and tile roots behind
/// the last full one (proof.md §4). Full tiles never change, so those read last are kept.
/// </summary>
public sealed class TreeReader(IStoredTree stored)
{
    /// <summary>Kept tiles: at 16 KB each, 64 MB at most, and all of a log of a million leaves.</summary>
    const int MostKept = 4096;

    readonly ConcurrentDictionary<TileId, Tile> kept = new();

    /// <summary>Partial tiles as some size has them: proofs against one checkpoint read each once.</summary>
    readonly ConcurrentDictionary<(TileId Id, int Width), Tile> keptPartial = new();

    /// <summary>The hashes of a proof in the tree of that size; the size must be on record.</summary>
    public async Task<Hash[]> ResolveAsync(ProofPlan plan, ulong size, CancellationToken stop)
    {
        var tiles = await TilesAsync(plan.Tiles, size, stop);
        return plan.Resolve(id => tiles[id]);
    }

    /// <summary>The size of the newest head.</summary>
    public Task<ulong> SizeAsync(CancellationToken stop) => stored.SizeAsync(stop);

    /// <summary>The root of the tree of that size, computed from tiles and leaves.</summary>
    /// <remarks>Reads what is stored now: it is held against what was seen before.</remarks>
    public async Task<Hash> RootAsync(ulong size, CancellationToken stop)
    {
        if (size == 0)
            return Merkle.EmptyRoot;
        keptPartial.Clear();
        return (await ResolveAsync(ProofPlan.Root(size), size, stop))[0];
    }

    /// <summary>The right edge of the tree of that size.</summary>
    public async Task<RightEdge> EdgeAsync(ulong size, CancellationToken stop)
    {
        var ids = Enumerable
            .Range(0, 8)
            .Where(l => RightEdge.WidthAt(size, l) > 0)
            .Select(l => new TileId(l, RightEdge.NumberAt(size, l)))
            .ToArray();
        // Not the kept ones: an edge's tiles grow with it.
        var tiles = new Dictionary<TileId, Tile>();
        foreach (var id in ids)
            tiles[id] = await PartialAsync(id, RightEdge.WidthAt(size, id.Level), stop);
        return RightEdge.Load(size, id => tiles[id]);
    }

    /// <summary>Tiles as the tree of that size has them, each at its width there or more.</summary>
    public async Task<Dictionary<TileId, Tile>> TilesAsync(
        IReadOnlyCollection<TileId> ids,
        ulong size,
        CancellationToken stop
    )
    {
        var found = new Dictionary<TileId, Tile>();
        var missing = new List<TileId>();
        foreach (var id in ids)
            if (kept.TryGetValue(id, out var tile))
                found[id] = tile;
            else
                missing.Add(id);
        if (missing.Count > 0)
            foreach (var (id, tile) in await stored.FullAsync(missing, stop))
            {
                found[id] = tile;
                Keep(id, tile);
            }
        foreach (var id in missing.Where(i => !found.ContainsKey(i)))
            found[id] = await KeptPartialAsync(id, WidthOf(id, size), stop);
        return found;
    }

    async Task<Tile> KeptPartialAsync(TileId id, int width, CancellationToken stop)
    {
        if (keptPartial.TryGetValue((id, width), out var tile))
            return tile;
        if (keptPartial.Count >= MostKept)
            keptPartial.Clear();
        return keptPartial[(id, width)] = await PartialAsync(id, width, stop);
    }

    /// <summary>How many hashes a tile has in the tree of that size.</summary>
    public static int WidthOf(TileId id, ulong size)
    {
        var nodes = size >> (Tile.Height * id.Level);
        var first = id.Number << Tile.Height;
        return nodes <= first ? 0 : (int)Math.Min(nodes - first, Tile.Width);
    }

    internal void Keep(TileId id, Tile tile)
    {
        // Any of them: which tiles are asked for again nobody knows.
        while (kept.Count >= MostKept && kept.FirstOrDefault() is var any && kept.TryRemove(any)) { }
        kept[id] = tile;
    }

    async Task<Tile> PartialAsync(TileId id, int width, CancellationToken stop)
    {
        var hashes = await stored.HashesAsync(id, width, stop);
        if (hashes.Count != width)
            throw new BrokenLogException($"Tile {id.Level}/{id.Number} has {hashes.Count} of {width} hashes.");
        var tile = new Tile();
        for (var position = 0; position < width; position++)
            tile.Put(position, hashes[position]);
        return tile;
    }
}

/// <summary>What is stored of the log does not fit together: nothing is written or signed (proof.md §4).</summary>
public sealed class BrokenLogException(string detail) : Exception(detail);
