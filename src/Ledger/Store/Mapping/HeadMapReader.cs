using Ledger.Proof;
using Ledger.Store.Lane;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Mapping;

/// <summary>A key of the map with what proves it (proof.md §7): its place in its bucket, and the bucket's way to the
/// map's root.</summary>
/// <param name="BucketSize">Entries in the bucket.</param>
/// <param name="Index">Place of the entry among them.</param>
/// <param name="Path">Inclusion of the entry in its bucket, then sixteen bucket hashes.</param>
public sealed record MappedKey(HeadMapEntry Entry, int BucketSize, int Index, Hash[] Path);

/// <summary>Reads stored head maps, each by the tree size it covers.</summary>
public sealed class HeadMapReader(NpgsqlDataSource source)
{
    (long TreeSize, BucketTree Tree)? newest;

    /// <summary>The tree over all bucket roots as they were mapped at a size; a caller may let it grow.</summary>
    public async Task<BucketTree> TreeAsync(long treeSize, CancellationToken stop)
    {
        var tree = new BucketTree();
        await using var command = source.CreateCommand(
            "select distinct on (bucket) bucket, root from proof.map_bucket where t <= $1 order by bucket, t desc"
        );
        command.Parameters.AddWithValue(treeSize);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            tree.Set(rows.GetInt32(0), Hash.Read(rows.GetFieldValue<byte[]>(1)));
        return tree;
    }

    /// <summary>Entries of some buckets as they were mapped at a size, in the order of their keys.</summary>
    public async Task<ILookup<int, HeadMapEntry>> BucketsAsync(
        IReadOnlyCollection<int> buckets,
        long treeSize,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            """
            select m.key, m.n, m.leaf_hash, m.idx from unnest($1, $2) b(low, high) cross join lateral
                (select distinct on (key) key, n, leaf_hash, idx from proof.map
                 where key >= b.low and key <= b.high and t <= $3 order by key, t desc) m
            """
        );
        command.Parameters.Add(Sql.Array(buckets.Select(b => Bound(b, 0x00)), NpgsqlDbType.Bytea));
        command.Parameters.Add(Sql.Array(buckets.Select(b => Bound(b, 0xFF)), NpgsqlDbType.Bytea));
        command.Parameters.AddWithValue(treeSize);
        return (await EntriesAsync(command, stop)).ToLookup(e => e.Bucket);
    }

    /// <summary>What was known of keys at a size; keys that were not mapped are absent.</summary>
    public async Task<Dictionary<Hash, HeadMapEntry>> OfAsync(
        IReadOnlyCollection<Hash> keys,
        long treeSize,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            """
            select m.key, m.n, m.leaf_hash, m.idx from unnest($1) k(key) cross join lateral
                (select key, n, leaf_hash, idx from proof.map where key = k.key and t <= $2 order by t desc limit 1) m
            """
        );
        command.Parameters.Add(Sql.Array(keys.Select(k => k.ToArray()), NpgsqlDbType.Bytea));
        command.Parameters.AddWithValue(treeSize);
        return (await EntriesAsync(command, stop)).ToDictionary(e => e.Key);
    }

    /// <summary>A key with its proof, or null where the map of that size does not know it.</summary>
    public async Task<MappedKey?> MemberAsync(Hash key, long treeSize, CancellationToken stop)
    {
        var bucket = HeadMapEntry.BucketOf(key);
        var entries = (await BucketsAsync([bucket], treeSize, stop))[bucket].ToList();
        var index = entries.FindIndex(e => e.Key == key);
        if (index < 0)
            return null;
        if (newest is not { } kept || kept.TreeSize != treeSize)
            newest = kept = (treeSize, await TreeAsync(treeSize, stop));
        var leaves = entries.Select(e => Merkle.LeafHash(e.ToArray())).ToArray();
        var tiles = new List<FilledTile>();
        var edge = RightEdge.Empty.Append(leaves, tiles);
        var inside = ProofPlan
            .Inclusion((ulong)index, (ulong)leaves.Length)
            .Resolve(id => edge.On(id) ?? tiles.First(t => t.Id == id).Tile);
        return new(entries[index], entries.Count, index, [.. inside, .. kept.Tree.Path(bucket)]);
    }

    static async Task<List<HeadMapEntry>> EntriesAsync(NpgsqlCommand command, CancellationToken stop)
    {
        var found = new List<HeadMapEntry>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found.Add(
                new(
                    Hash.Read(rows.GetFieldValue<byte[]>(0)),
                    (ulong)rows.GetInt64(1),
                    Hash.Read(rows.GetFieldValue<byte[]>(2)),
                    (ulong)rows.GetInt64(3)
                )
            );
        return found;
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
