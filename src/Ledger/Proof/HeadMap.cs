using System.Buffers.Binary;

namespace Ledger.Proof;

/// <summary>
/// What the head map says of a key (proof.md §7): of a stream its newest version and that leaf, of an identifier how
/// many leaves bind it and the newest of them.
/// </summary>
/// <param name="Key">Handle of the stream or identifier.</param>
/// <param name="Index">Of the leaf in the log.</param>
public readonly record struct HeadMapEntry(Hash Key, ulong N, Hash LeafHash, ulong Index)
{
    /// <summary>80 bytes: key, N and index big-endian.</summary>
    public const int Size = 80;

    /// <summary>The first two bytes of the key, big-endian.</summary>
    public int Bucket => BucketOf(Key);

    public static int BucketOf(in Hash key) => BinaryPrimitives.ReadUInt16BigEndian(key);

    /// <summary>As it is hashed: key ‖ N ‖ leaf hash ‖ index.</summary>
    public byte[] ToArray()
    {
        var (bytes, key, leaf) = (new byte[Size], Key, LeafHash);
        ((ReadOnlySpan<byte>)key).CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(32), N);
        ((ReadOnlySpan<byte>)leaf).CopyTo(bytes.AsSpan(40));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(72), Index);
        return bytes;
    }

    /// <returns>Null where there are not 80 bytes.</returns>
    public static HeadMapEntry? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new(
                Hash.Read(bytes[..32]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]),
                Hash.Read(bytes.Slice(40, 32)),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[72..])
            )
            : null;

    /// <summary>MTH of a bucket's entries, in the order of their keys; of nothing where it is empty.</summary>
    public static Hash BucketRoot(IReadOnlyList<HeadMapEntry> sorted) =>
        Merkle.Root([.. sorted.Select(e => Merkle.LeafHash(e.ToArray()))]);
}

/// <summary>The tree over the 65 536 bucket roots, each a leaf of 32 bytes: a changed bucket costs sixteen
/// hashes.</summary>
public sealed class BucketTree
{
    public const int Buckets = 65_536,
        Height = 16;

    // Node 1 is the root, the children of i are 2i and 2i+1; the leaves are the last 65 536.
    readonly Hash[] nodes = new Hash[2 * Buckets];

    /// <summary>All buckets empty.</summary>
    public BucketTree()
    {
        var empty = Merkle.EmptyRoot;
        Array.Fill(nodes, Merkle.LeafHash(empty), Buckets, Buckets);
        // Siblings of one height are alike: one hash a level.
        for (var (first, below) = (Buckets / 2, nodes[Buckets]); first > 0; first /= 2)
        {
            below = Merkle.NodeHash(below, below);
            Array.Fill(nodes, below, first, first);
        }
    }

    public Hash Root => nodes[1];

    public void Set(int bucket, in Hash root)
    {
        var i = Buckets + bucket;
        nodes[i] = Merkle.LeafHash(root);
        for (i /= 2; i > 0; i /= 2)
            nodes[i] = Merkle.NodeHash(nodes[2 * i], nodes[2 * i + 1]);
    }

    /// <summary>Whether this is the root that a bucket has here.</summary>
    public bool Holds(int bucket, in Hash root) => nodes[Buckets + bucket] == Merkle.LeafHash(root);

    /// <summary>The sixteen hashes from a bucket up to the root.</summary>
    public Hash[] Path(int bucket)
    {
        var path = new Hash[Height];
        var i = Buckets + bucket;
        for (var level = 0; level < Height; level++, i /= 2)
            path[level] = nodes[i ^ 1];
        return path;
    }
}
