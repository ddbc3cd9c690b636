namespace Ledger.Proof;

/// <summary>Which tile: 256 hashes of one level, the <c>Number</c>-th of them (C2SP tlog-tiles, proof.md §3).</summary>
/// <param name="Level">0 holds leaf hashes; a hash of level L+1 is the root of a full tile of level L.</param>
public readonly record struct TileId(int Level, ulong Number);

/// <summary>
/// One tile with the nodes inside it, so that any node is one look-up and appending costs one hash a leaf. Positions
/// are only ever filled: readers of an older width never see a change.
/// </summary>
public sealed class Tile
{
    /// <summary>Hashes across a full tile, and the height of a tile.</summary>
    public const int Width = 256,
        Height = 8;

    // Level r of the pyramid (2^(8−r) nodes) starts at 512 − (512 >> r); the last entry is the root of the full tile.
    readonly Hash[] nodes = new Hash[2 * Width - 1];

    /// <summary>A tile from its hashes, left to right; at most 256 × 32 bytes.</summary>
    public static Tile Of(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length > Width * Hash.Size || hashes.Length % Hash.Size != 0)
            throw new ArgumentException("A tile has up to 256 hashes of 32 bytes.", nameof(hashes));
        var tile = new Tile();
        for (var i = 0; i < hashes.Length / Hash.Size; i++)
            tile.Put(i, Hash.Read(hashes.Slice(i * Hash.Size, Hash.Size)));
        return tile;
    }

    /// <summary>Fills the next position and closes every node that ends there.</summary>
    public void Put(int position, in Hash hash)
    {
        nodes[position] = hash;
        for (var (r, i) = (0, position); (i & 1) == 1; i >>= 1, r++)
            nodes[At(r + 1, i >> 1)] = Merkle.NodeHash(nodes[At(r, i - 1)], nodes[At(r, i)]);
    }

    /// <summary>The root over 2^<paramref name="r"/> hashes, the <paramref name="i"/>-th such group; all of them must
    /// be there.</summary>
    public Hash Node(int r, int i) => nodes[At(r, i)];

    /// <summary>The root of the full tile.</summary>
    public Hash Root => nodes[^1];

    /// <summary>The first hashes, as a tile is served and stored.</summary>
    public byte[] Bytes(int width)
    {
        var bytes = new byte[width * Hash.Size];
        for (var i = 0; i < width; i++)
            ((ReadOnlySpan<byte>)nodes[i]).CopyTo(bytes.AsSpan(i * Hash.Size));
        return bytes;
    }

    static int At(int r, int i) => 2 * Width - (2 * Width >> r) + i;
}
