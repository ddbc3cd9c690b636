using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>The keys of a bundle that count: their chains are whole, and a line of registrations leads from each of
/// their leaves back to leaf 0 (proof.md §6).</summary>
sealed class VerifiedKeys
{
    readonly Dictionary<Hash, ShownKeyChain> chains = [];

    /// <summary>No keys: without a head map nobody knows whether one was revoked.</summary>
    public static VerifiedKeys Empty { get; } = new();

    VerifiedKeys() { }

    /// <summary>All leaves of chains that count.</summary>
    public IEnumerable<ShownLeaf> Leaves => chains.Values.SelectMany(c => c.Leaves);

    /// <returns>Null where the bundle does not have the key's whole chain.</returns>
    public RegisteredKey? Find(Hash thumbprint) =>
        chains.TryGetValue(thumbprint, out var chain) ? chain.Keys[thumbprint] : null;

    /// <summary>Reads every chain; those that do not count become findings.</summary>
    public static VerifiedKeys Read(
        OpenBundle bundle,
        HeadMapView map,
        IReadOnlySet<Hash> registrars,
        BundleFindings findings
    )
    {
        var ring = new VerifiedKeys();
        foreach (var thumbprint in Folders(bundle.Files))
            if (findings.Try("key-chain", thumbprint, () => Chain(bundle, map, thumbprint, findings)) is { } chain)
                ring.chains.Add(StrictBase64.ReadUrlHash(thumbprint)!.Value, chain);
        ring.DropUnsigned(findings);
        foreach (var chain in ring.chains.Values)
            chain.Vouch(registrars, bundle.Notes);
        return ring;
    }

    /// <summary>What is wrong with the issuer's own signature of a leaf, as a verdict word; null for nothing.</summary>
    public string? FaultIn(ShownLeaf shown, Leaf leaf, CheckpointHistory notes)
    {
        if (Find(leaf.Jws.Kid) is not { } key || !key.MaySign(leaf))
            return VerdictWords.UnknownKey;
        return key.Signs(leaf) ? key.FaultAt(shown.Index, LeafTime.Of(shown, notes).KeysAt) : VerdictWords.BadSignature;
    }

    static ImmutableSortedSet<string> Folders(BundleFiles files) =>
        files
            .In(BundleName.Keys)
            .Select(e => e.Name.Substring(BundleName.Keys.Length, 43))
            .ToImmutableSortedSet(StringComparer.Ordinal);

    static ShownKeyChain Chain(OpenBundle bundle, HeadMapView map, string name, BundleFindings findings)
    {
        var thumbprint = StrictBase64.ReadUrlHash(name) ?? throw new MalformedBundleException("not a thumbprint");
        var folder = BundleName.Key(thumbprint);
        var file = bundle.Files.Find($"{folder}.json") ?? throw new MalformedBundleException("its member is missing");
        var member = HeadMapMember.ReadKey(file.Span) ?? throw new MalformedBundleException("its member is malformed");
        MalformedBundleException.Unless(member.IsIn(map.Root), "its member is not in the head map");
        var numbers = bundle.Files.NumbersIn($"{folder}/");
        MalformedBundleException.Unless(numbers.Count == 0 || numbers.Max == (ulong)numbers.Count, "a leaf is missing");
        ImmutableArray<ShownLeaf> leaves = [.. numbers.Select(n => bundle.Leaf($"{folder}/{BundleName.Number(n)}"))];
        foreach (var leaf in leaves)
            MalformedBundleException.Unless(leaf.Faults.IsEmpty, string.Join("; ", leaf.Faults.Select(f => f.Detail)));
        if (leaves.Skip((int)Math.Min(member.Entry.N, int.MaxValue)).Any(l => l.Included && l.Index < map.Size))
            findings.Add(VerdictWords.FalseHeadMap, $"{folder}: the head map knows fewer leaves than it covers");
        var chain = ShownKeyChain.Read(leaves, member.Entry);
        MalformedBundleException.Unless(chain.Keys.ContainsKey(thumbprint), "the chain does not register the key");
        return chain;
    }

    /// <summary>Takes away chains until each leaf of those that stay is signed by a key that a smaller leaf
    /// registered.</summary>
    void DropUnsigned(BundleFindings findings)
    {
        while (Unsigned() is { Count: > 0 } bad)
            foreach (var thumbprint in bad)
            {
                findings.Add(
                    "key-chain",
                    $"{thumbprint.ToBase64Url()}: a leaf of it is not signed by a key registered before it"
                );
                chains.Remove(thumbprint);
            }
    }

    HashSet<Hash> Unsigned()
    {
        var (trusted, bad) = (new HashSet<Hash>(), new HashSet<Hash>());
        // Smaller indices first: what they register decides about the later ones.
        var every = chains
            .SelectMany(c => c.Value.Leaves.Select(shown => (Thumbprint: c.Key, Shown: shown)))
            .OrderBy(e => e.Shown.Index);
        foreach (var (thumbprint, shown) in every)
            if (!IsSigned(shown, trusted))
                bad.Add(thumbprint);
            else if (shown.Hash == Find(thumbprint)!.Where.Hash)
                trusted.Add(thumbprint);
        return bad;
    }

    /// <summary>Leaf 0 registers the key that signs it, in the service's custody; nothing else vouches for
    /// itself.</summary>
    bool IsSigned(ShownLeaf shown, HashSet<Hash> trusted) =>
        shown.Leaf is { } leaf
        && Find(leaf.Jws.Kid) is { } key
        && key.Signs(leaf)
        && (
            shown.Index == 0
                ? key.Where.Hash == shown.Hash && !key.IsOwn
                : key.Where.Index < shown.Index && trusted.Contains(leaf.Jws.Kid)
        );
}
