using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Mapping;

/// <summary>A key of the map with what proves it (proof.md §7): its place in its bucket, and the bucket's way to the
/// map's root.</summary>
/// <param name="BucketSize">Entries in the bucket.</param>
/// <param name="Index">Place of the entry among them.</param>
/// <param name="Path">Inclusion of the entry in its bucket, then sixteen bucket hashes.</param>
public sealed record MappedKey(HeadMapEntry Entry, int BucketSize, int Index, Hash[] Path);

/// <summary>Reads stored head maps. Their rows are a memory and no more: what it gives of one hashes to the root that
/// was logged of it.</summary>
public sealed class HeadMapReader(LedgerDatabase database)
{
    /// <summary>How many of the newest maps can still be proved from; the schema's <c>forget_maps</c> keeps as
    /// many.</summary>
    public const int Kept = 3;

    readonly MapRows rows = new(database);
    readonly LeafRows leaves = new(database);
    (long TreeSize, BucketTree Tree)? newest;

    /// <summary>The newest map that was logged, as its leaf says it.</summary>
    /// <returns>Null where there is none yet.</returns>
    public async Task<LoggedMap?> LastAsync(CancellationToken stop)
    {
        if (await leaves.NewestAsync(LoggedMap.StreamIn(database), LoggedMap.WireName, stop) is not var (index, body))
            return null;
        return Leaf.TryRead(body, out var leaf, out _) && LoggedMap.Of(leaf, index) is { } map
            ? map
            : throw new BrokenLogException($"Leaf {index} should tell of a head map and does not.");
    }

    /// <summary>The tree over all bucket roots as a map had them; a caller may let it grow.</summary>
    /// <param name="map">Null: before the first one.</param>
    /// <exception cref="BrokenLogException">The stored roots are not those of the logged map.</exception>
    public async Task<BucketTree> TreeAsync(LoggedMap? map, CancellationToken stop)
    {
        var tree = new BucketTree();
        var expected = map?.Root ?? tree.Root;
        foreach (var (bucket, bytes) in await rows.BucketRootsAsync(map?.TreeSize ?? 0, stop))
            if (bytes is { Length: Hash.Size } root)
                tree.Set(bucket, Hash.Read(root));
        return tree.Root == expected
            ? tree
            : throw new BrokenLogException(
                $"The stored buckets of the head map of size {map?.TreeSize ?? 0} have the root {tree.Root}, logged is {expected}."
            );
    }

    /// <summary>Entries of some buckets as a map had them, in the order of their keys.</summary>
    /// <param name="tree">Its buckets' roots.</param>
    /// <exception cref="BrokenLogException">The stored entries of a bucket do not have its root.</exception>
    public async Task<Dictionary<int, SortedList<Hash, HeadMapEntry>>> BucketsAsync(
        IReadOnlyCollection<int> buckets,
        long treeSize,
        BucketTree tree,
        CancellationToken stop
    )
    {
        var found = await StoredAsync(
            buckets,
            buckets.Select(b => Bound(b, 0x00)),
            buckets.Select(b => Bound(b, 0xFF)),
            treeSize,
            stop
        );
        foreach (var (bucket, entries) in found)
            if (!tree.Holds(bucket, HeadMapEntry.BucketRoot([.. entries.Values])))
                throw new BrokenLogException(
                    $"The {entries.Count} stored entries of bucket {bucket} are not those of the head map of size {treeSize}."
                );
        return found;
    }

    /// <summary>Entries of buckets that follow one another as the rows say it, whatever the map says.</summary>
    internal Task<Dictionary<int, SortedList<Hash, HeadMapEntry>>> StoredAsync(
        int first,
        int count,
        long treeSize,
        CancellationToken stop
    ) =>
        StoredAsync(
            [.. Enumerable.Range(first, count)],
            [Bound(first, 0x00)],
            [Bound(first + count - 1, 0xFF)],
            treeSize,
            stop
        );

    async Task<Dictionary<int, SortedList<Hash, HeadMapEntry>>> StoredAsync(
        IReadOnlyCollection<int> buckets,
        IEnumerable<byte[]> low,
        IEnumerable<byte[]> high,
        long treeSize,
        CancellationToken stop
    )
    {
        var found = buckets.ToDictionary(b => b, _ => new SortedList<Hash, HeadMapEntry>(Hash.ByBytes));
        foreach (var entry in await rows.EntriesAsync(low, high, treeSize, stop))
            found[entry.Bucket][entry.Key] = entry;
        return found;
    }

    /// <summary>A key with its proof; null where the map does not know it, or is not kept any more.</summary>
    /// <exception cref="BrokenLogException">The stored rows are not those of the logged map.</exception>
    public async Task<MappedKey?> MemberAsync(Hash key, LoggedMap map, CancellationToken stop)
    {
        try
        {
            return await ProvedAsync(key, map, stop);
        }
        catch (BrokenLogException)
        {
            // Of an older map later ones have taken rows away.
            if (!await IsKeptAsync(map, stop))
                return null;
            throw;
        }
    }

    async Task<MappedKey?> ProvedAsync(Hash key, LoggedMap map, CancellationToken stop)
    {
        if (newest is not { } kept || kept.TreeSize != map.TreeSize || kept.Tree.Root != map.Root)
            newest = kept = (map.TreeSize, await TreeAsync(map, stop));
        var bucket = HeadMapEntry.BucketOf(key);
        var entries = (await BucketsAsync([bucket], map.TreeSize, kept.Tree, stop))[bucket];
        var index = entries.IndexOfKey(key);
        if (index < 0)
            return null;
        var leaves = entries.Values.Select(e => Merkle.LeafHash(e.ToArray())).ToArray();
        var tiles = new List<FilledTile>();
        var edge = RightEdge.Empty.Append(leaves, tiles);
        var inside = ProofPlan
            .Inclusion((ulong)index, (ulong)leaves.Length)
            .Resolve(id => edge.On(id) ?? tiles.First(t => t.Id == id).Tile);
        return new(entries.Values[index], entries.Count, index, [.. inside, .. kept.Tree.Path(bucket)]);
    }

    /// <summary>Whether no so many later maps were logged that its rows may have gone.</summary>
    internal async Task<bool> IsKeptAsync(LoggedMap map, CancellationToken stop)
    {
        var stream = LoggedMap.StreamIn(database);
        return await leaves.CountBehindAsync(stream, LoggedMap.WireName, map.Index, Kept, stop) < Kept;
    }

    /// <summary>The smallest or largest key of a bucket.</summary>
    static byte[] Bound(int bucket, byte fill)
    {
        var key = new byte[Hash.Size];
        Array.Fill(key, fill);
        (key[0], key[1]) = ((byte)(bucket >> 8), (byte)(bucket & 0xFF));
        return key;
    }
}
