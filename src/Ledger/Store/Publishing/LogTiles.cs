using System.Buffers.Binary;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Publishing;

/// <summary>Bytes of tiles and bundles as they are served: full ones from their file where it is there, partial ones
/// cut from what is stored (proof.md §3).</summary>
public sealed class LogTiles(LedgerDatabase database, TreeReader tree, PublishedLog published)
{
    readonly LeafRows leaves = new(database);

    /// <summary>A log of less than 2⁶³ leaves has no tiles above.</summary>
    const int HighestLevel = 7;

    /// <returns>Null where no published checkpoint has that much of it.</returns>
    public async Task<byte[]?> ReadAsync(TilePath path, CancellationToken stop)
    {
        var size = published.Size;
        if (WidthIn(path, size) < path.Width)
            return null;
        return path.IsFull && await published.Files.ReadAsync(path, stop) is { } file
            ? file
            : await StoredAsync(path, size, stop);
    }

    /// <summary>How many hashes or entries the tree of that size has there.</summary>
    public static int WidthIn(TilePath path, ulong size)
    {
        var level = path.Level ?? 0;
        if (level > HighestLevel)
            return 0;
        var (full, rest) = (RightEdge.NumberAt(size, level), RightEdge.WidthAt(size, level));
        return path.Number < full ? Tile.Width
            : path.Number == full ? rest
            : 0;
    }

    /// <summary>Writes the files of full tiles and bundles that are not there yet.</summary>
    /// <param name="from">Leaves up to here are written.</param>
    /// <param name="most">So many bundles at once: the next round goes on.</param>
    /// <returns>Leaves that are written now, a multiple of 256.</returns>
    public async Task<ulong> WriteFullAsync(ulong from, ulong size, int most, CancellationToken stop)
    {
        var files = published.Files;
        var number = from >> Tile.Height;
        for (; number < size >> Tile.Height && most > 0; number++)
        {
            var bundle = new TilePath(null, number, Tile.Width);
            if (!files.Has(bundle))
            {
                files.Write(bundle, await StoredAsync(bundle, size, stop));
                most--;
            }
            // The tiles that this one closes: its own, and each above whose last child it is.
            var n = number;
            for (var level = 0; level <= HighestLevel; level++, n >>= Tile.Height)
            {
                var tile = new TilePath(level, n, Tile.Width);
                if (!files.Has(tile))
                    files.Write(tile, await StoredAsync(tile, size, stop));
                if ((n & (Tile.Width - 1)) != Tile.Width - 1)
                    break;
            }
        }
        return number << Tile.Height;
    }

    async Task<byte[]> StoredAsync(TilePath path, ulong size, CancellationToken stop)
    {
        if (path.Level is not { } level)
            return await BundleAsync(path, stop);
        var id = new TileId(level, path.Number);
        return (await tree.TilesAsync([id], size, stop))[id].Bytes(path.Width);
    }

    /// <summary>For each entry its length (two bytes, big-endian) and its bytes.</summary>
    async Task<byte[]> BundleAsync(TilePath path, CancellationToken stop)
    {
        var first = path.Number << Tile.Height;
        using var bundle = new MemoryStream();
        var length = new byte[2];
        var entries = await leaves.BodiesAsync(first, first + (ulong)path.Width, stop);
        foreach (var (_, body) in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)body.Length);
            bundle.Write(length);
            bundle.Write(body);
        }
        return entries.Count == path.Width
            ? bundle.ToArray()
            : throw new BrokenLogException($"{path.Text} has {entries.Count} of {path.Width} entries.");
    }
}
