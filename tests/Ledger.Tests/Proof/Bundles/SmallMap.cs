using System.Collections.Immutable;
using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

/// <summary>A head map by its definition (proof.md §7): all 65 536 buckets, hashed one by one.</summary>
sealed class SmallMap
{
    readonly HeadMapEntry[][] buckets = new HeadMapEntry[1 << 16][];
    readonly Hash[] roots = new Hash[1 << 16];

    public SmallMap(ImmutableArray<HeadMapEntry> entries)
    {
        var empty = Merkle.LeafHash(Merkle.EmptyRoot.ToArray());
        Array.Fill(roots, empty);
        Array.Fill(buckets, []);
        foreach (var bucket in entries.GroupBy(e => e.Bucket))
        {
            buckets[bucket.Key] = [.. bucket.OrderBy(e => e.Key.ToHex(), StringComparer.Ordinal)];
            roots[bucket.Key] = Merkle.LeafHash(Merkle.Root(Leaves(bucket.Key)).ToArray());
        }
        Root = Merkle.Root(roots);
    }

    public Hash Root { get; }

    public HeadMapMember Member(Hash key)
    {
        var bucket = new HeadMapEntry(key, 0, default, 0).Bucket;
        var index = Array.FindIndex(buckets[bucket], e => e.Key == key);
        return new(
            (ulong)buckets[bucket].Length,
            (ulong)index,
            buckets[bucket][index],
            [.. PlainTree.Path(index, Leaves(bucket)), .. PlainTree.Path(bucket, roots)]
        );
    }

    Hash[] Leaves(int bucket) => [.. buckets[bucket].Select(e => Merkle.LeafHash(e.ToArray()))];
}

/// <summary>PATH and SUB of proof.md §2, by their recursion.</summary>
static class PlainTree
{
    public static List<Hash> Path(int m, ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length <= 1)
            return [];
        var k = Split(leaves.Length);
        return m < k
            ? [.. Path(m, leaves[..k]), Merkle.Root(leaves[k..])]
            : [.. Path(m - k, leaves[k..]), Merkle.Root(leaves[..k])];
    }

    public static List<Hash> Consistency(int m, ReadOnlySpan<Hash> leaves, bool whole = true)
    {
        if (m == leaves.Length)
            return whole ? [] : [Merkle.Root(leaves)];
        var k = Split(leaves.Length);
        return m <= k
            ? [.. Consistency(m, leaves[..k], whole), Merkle.Root(leaves[k..])]
            : [.. Consistency(m - k, leaves[k..], false), Merkle.Root(leaves[..k])];
    }

    static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }
}
