using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>A chain of keys, whole: nothing else is in it, and the head map says that nothing is missing.</summary>
/// <param name="Leaves">All of them, each in form and in the log.</param>
/// <param name="Keys">By thumbprint.</param>
sealed record ShownKeyChain(ImmutableArray<ShownLeaf> Leaves, IReadOnlyDictionary<Hash, RegisteredKey> Keys)
{
    /// <exception cref="MalformedBundleException">Something is missing, in another place or not about keys.</exception>
    public static ShownKeyChain Read(ImmutableArray<ShownLeaf> leaves, HeadMapEntry member)
    {
        var keys = new Dictionary<Hash, RegisteredKey>();
        Hash previous = default;
        for (var i = 0; i < leaves.Length; i++)
        {
            var n = i + 1;
            if (leaves[i] is not { Leaf: { } leaf, Hash: { } hash, Included: true } shown)
                throw new MalformedBundleException($"leaf {n} is not in form or not in the log");
            MalformedBundleException.Unless(
                leaf.Claims.Item == member.Key && leaf.Claims.N == n,
                $"leaf {n} is of another place"
            );
            MalformedBundleException.Unless(
                leaf.Claims.Prev == previous,
                $"leaf {n} does not follow the one before it"
            );
            previous = hash;
            Take(shown, leaf, keys);
        }
        MalformedBundleException.Unless(
            leaves.Length > 0 && (ulong)leaves.Length == member.N,
            $"{leaves.Length} leaves, the head map says {ProofText.Number(member.N)}"
        );
        MalformedBundleException.Unless(
            leaves[^1].Hash == member.LeafHash && leaves[^1].Index == member.Index,
            "another last leaf than the head map's"
        );
        return new(leaves, keys);
    }

    /// <summary>Marks the keys that somebody stands for, in the order of their registration.</summary>
    public void Vouch(IReadOnlySet<Hash> registrars, CheckpointHistory notes)
    {
        var earlier = new Dictionary<Hash, RegisteredKey>();
        foreach (var key in Keys.Values.OrderBy(k => k.Leaf.Claims.N))
        {
            key.Vouch(earlier, registrars, LeafTime.Of(key.Where, notes).KeysAt);
            earlier.Add(key.Jwk.Thumbprint, key);
        }
    }

    static void Take(ShownLeaf shown, Leaf leaf, Dictionary<Hash, RegisteredKey> keys)
    {
        switch (leaf.Claims.Evt)
        {
            case KnownEvents.KeyRegistered:
                var key = RegisteredKey.Read(shown, leaf);
                MalformedBundleException.Unless(keys.TryAdd(key.Jwk.Thumbprint, key), "a key registered twice");
                break;
            case KnownEvents.KeyRevoked:
                var named = leaf.Said.Hash("thumbprint") is { } thumbprint ? keys.GetValueOrDefault(thumbprint) : null;
                MalformedBundleException.Unless(named is not null, "a key revoked that is not registered");
                named.Revoke(leaf);
                break;
            default:
                throw new MalformedBundleException("a leaf that is not about keys");
        }
    }
}
