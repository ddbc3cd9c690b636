using System.Numerics;
using System.Security.Cryptography;

namespace Ledger.Proof;

/// <summary>The tree of RFC 6962 §2.1 (RFC 9162 §2.1) with SHA-256: hashing, and verification in its form A (proof.md
/// §2). Sizes and indices go to 2⁶⁴−1.</summary>
public static class Merkle
{
    /// <summary>MTH({}): SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.Of([]);

    /// <summary>SHA-256(00 ‖ entry).</summary>
    public static Hash LeafHash(ReadOnlySpan<byte> entry)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData([0x00]);
        sha.AppendData(entry);
        Hash hash = default;
        sha.GetHashAndReset(hash);
        return hash;
    }

    /// <summary>SHA-256(01 ‖ left ‖ right).</summary>
    public static Hash NodeHash(in Hash left, in Hash right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Hash.Size];
        bytes[0] = 0x01;
        ((ReadOnlySpan<byte>)left).CopyTo(bytes[1..]);
        ((ReadOnlySpan<byte>)right).CopyTo(bytes[(1 + Hash.Size)..]);
        return Hash.Of(bytes);
    }

    /// <summary>MTH over leaf hashes, as the recursion of the RFC has it; an odd node is promoted, never
    /// copied.</summary>
    public static Hash Root(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.IsEmpty)
            return EmptyRoot;
        if (leaves.Length == 1)
            return leaves[0];
        var left = (int)LargestPowerBelow((ulong)leaves.Length);
        return NodeHash(Root(leaves[..left]), Root(leaves[left..]));
    }

    /// <summary>The largest power of two smaller than <paramref name="n"/>, which is at least 2.</summary>
    internal static ulong LargestPowerBelow(ulong n) => 1UL << BitOperations.Log2(n - 1);

    /// <summary>Whether the leaf is at the index of the tree of that size and root (RFC 9162 §2.1.3.2).</summary>
    public static bool VerifyInclusion(ulong index, ulong size, in Hash leaf, ReadOnlySpan<Hash> proof, in Hash root) =>
        InclusionRoot(index, size, leaf, proof) == root;

    /// <summary>The root that a proof leads to (RFC 9162 §2.1.3.2).</summary>
    /// <returns>Null where no tree of that size has a proof of that length for this index.</returns>
    public static Hash? InclusionRoot(ulong index, ulong size, in Hash leaf, ReadOnlySpan<Hash> proof)
    {
        if (index >= size)
            return null;
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (ref readonly var p in proof)
        {
            if (sn == 0)
                return null;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = NodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
                r = NodeHash(r, p);
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 ? r : null;
    }

    /// <summary>Whether the tree of size <paramref name="n"/> continues the one of size <paramref name="m"/> (RFC 9162
    /// §2.1.4.2). Growth from 0 proves nothing and is refused; a witness treats it itself.</summary>
    public static bool VerifyConsistency(ulong m, ulong n, in Hash root1, in Hash root2, ReadOnlySpan<Hash> proof)
    {
        if (m == 0 || m > n)
            return false;
        if (m == n)
            return proof.IsEmpty && root1 == root2;
        if (proof.IsEmpty)
            return false;
        var first = BitOperations.IsPow2(m) ? root1 : proof[0];
        var rest = BitOperations.IsPow2(m) ? proof : proof[1..];
        var (fn, sn) = (m - 1, n - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (first, first);
        foreach (ref readonly var c in rest)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (NodeHash(c, fr), NodeHash(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
                sr = NodeHash(sr, c);
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && fr == root1 && sr == root2;
    }
}
