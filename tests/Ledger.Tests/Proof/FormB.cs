using System.Numerics;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>Verification in form B (proof.md §2): no control flow shared with the product's form A.</summary>
static class FormB
{
    public static bool VerifyInclusion(ulong i, ulong size, Hash leaf, Hash[] proof, Hash root)
    {
        if (i >= size)
            return false;
        var inner = Length(i ^ (size - 1));
        var border = BitOperations.PopCount(inner >= 64 ? 0 : i >> inner);
        if (proof.Length != inner + border)
            return false;
        var r = leaf;
        for (var j = 0; j < inner; j++)
            r = (i >> j & 1) == 0 ? Merkle.NodeHash(r, proof[j]) : Merkle.NodeHash(proof[j], r);
        foreach (var p in proof[inner..])
            r = Merkle.NodeHash(p, r);
        return r == root;
    }

    public static bool VerifyConsistency(ulong m, ulong n, Hash root1, Hash root2, Hash[] proof)
    {
        if (m == 0 || m > n)
            return false;
        if (m == n)
            return proof.Length == 0 && root1 == root2;
        var shift = BitOperations.TrailingZeroCount(m);
        var inner = Length((m - 1) ^ (n - 1)) - shift;
        var border = BitOperations.PopCount(inner + shift >= 64 ? 0 : (m - 1) >> (inner + shift));
        var power = BitOperations.IsPow2(m);
        if (proof.Length != inner + border + (power ? 0 : 1) || proof.Length == 0)
            return false;
        var (fr, sr) = power ? (root1, root1) : (proof[0], proof[0]);
        var rest = power ? proof : proof[1..];
        var mask = (m - 1) >> shift;
        for (var j = 0; j < inner; j++)
            if ((mask >> j & 1) == 1)
                (fr, sr) = (Merkle.NodeHash(rest[j], fr), Merkle.NodeHash(rest[j], sr));
            else
                sr = Merkle.NodeHash(sr, rest[j]);
        foreach (var p in rest[inner..])
            (fr, sr) = (Merkle.NodeHash(p, fr), Merkle.NodeHash(p, sr));
        return fr == root1 && sr == root2;
    }

    static int Length(ulong x) => 64 - BitOperations.LeadingZeroCount(x);
}
