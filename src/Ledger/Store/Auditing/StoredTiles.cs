using System.Buffers.Binary;
using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>Steps 2 and 3: each stored tile holds the hashes that the leaves under it give, and its root; so do the
/// published files, where there are any.</summary>
/// <param name="folder">The publisher's folder with <c>tile/…</c> in it; null: none.</param>
sealed class StoredTiles(AuditReads reads, string? folder, Findings findings)
{
    readonly string? files = folder is not null && Directory.Exists(Path.Combine(folder, "tile")) ? folder : null;

    /// <param name="filled">Tiles as the leaves of this page fill them.</param>
    public async Task CompareAsync(AuditPage page, List<FilledTile> filled, CancellationToken stop)
    {
        foreach (var (id, made) in filled)
        {
            var hashes = made.Bytes(Tile.Width);
            var stored = id.Level == 0 ? page.Tiles.GetValueOrDefault(id.Number) : await reads.TileAsync(id, stop);
            if (stored is null)
                Tell(id, null, "is not stored");
            else
            {
                Compare(id, hashes, stored.Hashes, "");
                if (Tile.Of(stored.Hashes).Root is var root && stored.Root != root)
                    Tell(id, null, $"has the stored root {stored.Root}, its hashes give {root}");
            }
            if (files is null)
                continue;
            if (await ReadAsync(new TilePath(id.Level, id.Number, Tile.Width).Text, stop) is { } file)
                Compare(id, hashes, file, "in its published file, ");
            if (id.Level == 0 && await ReadAsync(new TilePath(null, id.Number, Tile.Width).Text, stop) is { } bundle)
                CompareBundle(page, id.Number, bundle);
        }
    }

    async Task<byte[]?> ReadAsync(string path, CancellationToken stop)
    {
        var full = Path.Combine(files!, path);
        return File.Exists(full) ? await File.ReadAllBytesAsync(full, stop) : null;
    }

    void Compare(TileId id, ReadOnlySpan<byte> made, ReadOnlySpan<byte> stored, string where)
    {
        if (stored.Length != made.Length)
            Tell(id, null, $"{where}has {stored.Length} bytes instead of {made.Length}");
        else if (!made.SequenceEqual(stored))
            for (var i = 0; i < made.Length; i += Hash.Size)
                if (
                    Hash.Read(made.Slice(i, Hash.Size)) is var right
                    && Hash.Read(stored.Slice(i, Hash.Size)) is var found
                    && right != found
                )
                    Tell(id, i / Hash.Size, $"{where}expected {right} from what lies under it, found {found}");
    }

    /// <summary>Each entry: two bytes of length, then the leaf's bytes.</summary>
    void CompareBundle(AuditPage page, ulong number, ReadOnlySpan<byte> bundle)
    {
        for (var i = 0; i < Tile.Width; i++)
        {
            var length = bundle.Length < 2 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (length < 0 || bundle.Length < 2 + length)
            {
                Tell(new(0, number), i, "in its published bundle, the entry is cut off");
                return;
            }
            var row = page.Leaves.GetValueOrDefault((ulong)i + number * Tile.Width);
            if (row is not null && !bundle.Slice(2, length).SequenceEqual(row.Body))
                Tell(new(0, number), i, "in its published bundle, the entry is not the leaf's bytes");
            bundle = bundle[(2 + length)..];
        }
        if (!bundle.IsEmpty)
            Tell(new(0, number), null, $"has {bundle.Length} bytes behind the last entry of its published bundle");
    }

    void Tell(TileId id, int? position, string what)
    {
        var first = (id.Number * Tile.Width + (ulong)(position ?? 0)) << (Tile.Height * id.Level);
        var leaves = position is null ? 1UL << (Tile.Height * (id.Level + 1)) : 1UL << (Tile.Height * id.Level);
        findings.Add(
            FindingKinds.Tile,
            $"Tile ({id.Level},{id.Number}){(position is { } p ? $" at {p}" : "")}, leaves {first} to {first + leaves - 1}: {what}.",
            first
        );
    }
}
