using System.Numerics;

namespace Ledger.Proof;

/// <summary>Hashes and proofs of RFC 6962 §2.1 (proof.md §2).</summary>
public static class Merkle
{
    /// <summary>SHA-256 of nothing: the root of the empty tree.</summary>
    public static readonly Hash EmptyRoot = Hash.Of([]);

    /// <summary>SHA-256(00 ‖ entry).</summary>
    public static Hash LeafHash(ReadOnlySpan<byte> entry) => Hash.Of([0, .. entry]);

    /// <summary>SHA-256(01 ‖ left ‖ right).</summary>
    public static Hash NodeHash(Hash left, Hash right) =>
        Hash.Of([1, .. (ReadOnlySpan<byte>)left, .. (ReadOnlySpan<byte>)right]);

    /// <summary>RFC 9162 §2.1.3.2.</summary>
    public static bool VerifyInclusion(ulong index, ulong size, Hash leaf, IReadOnlyList<Hash> proof, Hash root)
    {
        if (index >= size)
            return false;
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in proof)
        {
            if (sn == 0)
                return false;
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
        return sn == 0 && r == root;
    }

    /// <summary>RFC 9162 §2.1.4.2.</summary>
    public static bool VerifyConsistency(ulong m, ulong n, Hash root1, Hash root2, IReadOnlyList<Hash> proof)
    {
        if (m > n || m == 0)
            return false;
        if (m == n)
            return proof.Count == 0 && root1 == root2;
        if (proof.Count == 0)
            return false;
        List<Hash> path = BitOperations.IsPow2(m) ? [root1, .. proof] : [.. proof];
        var (fn, sn, fr, sr) = (m - 1, n - 1, path[0], path[0]);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        foreach (var c in path.Skip(1))
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
