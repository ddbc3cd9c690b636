using Ledger.Proof;

namespace Support;

/// <summary>A whole map in memory, made leaf by leaf: what the builder's and the audit's are held against.</summary>
public sealed class HeadMap
{
    readonly SortedDictionary<int, SortedList<Hash, HeadMapEntry>> buckets = [];
    readonly HashSet<int> touched = [];
    readonly BucketTree tree = new();

    /// <summary>Entries in it.</summary>
    public long Size { get; private set; }

    /// <summary>Puts what is known of a key in the place of what was.</summary>
    public void Put(in Hash key, ulong n, in Hash leafHash, ulong index)
    {
        var bucket = HeadMapEntry.BucketOf(key);
        if (!buckets.TryGetValue(bucket, out var entries))
            buckets[bucket] = entries = new(Hash.ByBytes);
        if (!entries.ContainsKey(key))
            Size++;
        entries[key] = new(key, n, leafHash, index);
        touched.Add(bucket);
    }

    /// <summary>What it says of a key.</summary>
    public HeadMapEntry? Of(in Hash key) =>
        buckets.TryGetValue(HeadMapEntry.BucketOf(key), out var entries) && entries.TryGetValue(key, out var entry)
            ? entry
            : null;

    /// <summary>One more leaf: its stream's newest, and each identifier it binds once more.</summary>
    public void Add(LeafClaims claims, in Hash leafHash, ulong index)
    {
        Put(claims.Item, (ulong)claims.N, leafHash, index);
        foreach (var id in claims.Ids)
            Put(id, (Of(id)?.N ?? 0) + 1, leafHash, index);
    }

    public Hash Root()
    {
        foreach (var bucket in touched)
            tree.Set(bucket, HeadMapEntry.BucketRoot([.. buckets[bucket].Values]));
        touched.Clear();
        return tree.Root;
    }
}
