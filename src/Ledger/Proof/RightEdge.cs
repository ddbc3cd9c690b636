namespace Ledger.Proof;

/// <summary>A full tile, to be stored once.</summary>
public readonly record struct FilledTile(TileId Id, Tile Tile);

/// <summary>
/// What must be known of a tree to let it grow: its size and the partial tile of each level (at most 255 hashes each,
/// proof.md §3). A value: growing gives a new edge, and proofs of the old size can still be taken from the old one.
/// </summary>
/// <remarks>Edges that follow one another share tiles, and each position of a tile is filled once. So an edge grows
/// once; whoever must take a growth back (a batch that failed) drops both and loads the edge again.</remarks>
public sealed class RightEdge
{
    readonly Tile?[] partial;

    RightEdge(ulong size, Tile?[] partial) => (Size, this.partial) = (size, partial);

    /// <summary>The tree without leaves.</summary>
    public static RightEdge Empty { get; } = new(0, []);

    /// <summary>An edge from what is stored.</summary>
    /// <param name="partialOf">The partial tile of a level, asked only where its width is not 0.</param>
    public static RightEdge Load(ulong size, Func<TileId, Tile> partialOf)
    {
        var partial = new Tile?[Levels(size)];
        for (var level = 0; level < partial.Length; level++)
            if (WidthAt(size, level) > 0)
                partial[level] = partialOf(new(level, NumberAt(size, level)));
        return new(size, partial);
    }

    public ulong Size { get; }

    /// <summary>Hashes in the partial tile of a level: ⌊size / 256^level⌋ mod 256.</summary>
    public static int WidthAt(ulong size, int level) => (int)(size >> (Tile.Height * level) & (Tile.Width - 1));

    /// <summary>Which tile of a level is the partial one: ⌊size / 256^(level+1)⌋.</summary>
    public static ulong NumberAt(ulong size, int level) => level >= 7 ? 0 : size >> (Tile.Height * (level + 1));

    /// <summary>The partial tile that an edge of this size holds for an id, or null where the id is not on
    /// it.</summary>
    public Tile? On(TileId id) =>
        id.Level < partial.Length && id.Number == NumberAt(Size, id.Level) ? partial[id.Level] : null;

    /// <summary>Appends leaf hashes; the tiles that become full are given out.</summary>
    public RightEdge Append(ReadOnlySpan<Hash> leaves, ICollection<FilledTile> filled)
    {
        var size = Size + (ulong)leaves.Length;
        var grown = new Tile?[Levels(size)];
        partial.CopyTo(grown, 0);
        var at = Size;
        foreach (ref readonly var leaf in leaves)
            Put(grown, at++, leaf, filled);
        return new(size, grown);
    }

    static void Put(Tile?[] tiles, ulong index, in Hash leaf, ICollection<FilledTile> filled)
    {
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            var position = (int)(index & (Tile.Width - 1));
            var tile = tiles[level] ??= new();
            tile.Put(position, hash);
            index >>= Tile.Height;
            if (position < Tile.Width - 1)
                return;
            filled.Add(new(new(level, index), tile));
            hash = tile.Root;
            tiles[level] = null;
        }
    }

    /// <summary>The root: each level's width cut into powers of two from its right end, level by level
    /// upward.</summary>
    public Hash Root()
    {
        Hash? acc = null;
        for (var level = 0; level < partial.Length; level++)
        {
            var width = WidthAt(Size, level);
            for (var r = 0; width >> r > 0; r++)
                if ((width >> r & 1) == 1)
                {
                    var piece = partial[level]!.Node(r, (width >> r) - 1);
                    acc = acc is { } right ? Merkle.NodeHash(piece, right) : piece;
                }
        }
        return acc ?? Merkle.EmptyRoot;
    }

    static int Levels(ulong size)
    {
        var levels = 0;
        for (; size > 0; size >>= Tile.Height)
            levels++;
        return levels;
    }
}
