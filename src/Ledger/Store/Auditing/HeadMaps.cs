using Ledger.Proof;

namespace Ledger.Store.Auditing;

/// <summary>Step 8: each logged head map is what the leaves before it give, and no identifier is bound twice.</summary>
/// <remarks>It holds one entry a stream and one an identifier: the only part of an audit that grows with the
/// ledger.</remarks>
sealed class HeadMaps(Findings findings)
{
    static readonly string Mapped = EventCatalog.OfType(typeof(HeadMapped))!.WireName;

    readonly HeadMap map = new();
    readonly HashSet<ulong> wanted = [];
    readonly Dictionary<ulong, (long Size, Hash Root)> made = [];

    /// <summary>Learns ahead at which sizes maps were logged: such a leaf comes after the leaves it is about.</summary>
    public async Task LearnAsync(AuditReads reads, ulong size, CancellationToken stop)
    {
        await foreach (var (_, body) in reads.OfTypeAsync(LedgerDatabase.StreamAlias(Kernel.Noun.Log), size, stop))
            if (Leaf.TryRead(body, out var leaf, out _) && leaf.Claims.Evt == Mapped && SizeOf(leaf) is { } t)
                wanted.Add(t);
    }

    public void Look(AuditedLeaf audited)
    {
        if (audited is { Row: { } row, Leaf: { } leaf })
        {
            if (leaf.Claims.Evt == Mapped)
                LookAtMap(audited.Index, row, leaf);
            map.Add(leaf.Claims, audited.Hash, audited.Index);
            foreach (var id in leaf.Claims.Ids)
                if (map.Of(id) is { N: > 1 and var n })
                    findings.Add(
                        FindingKinds.BoundTwice,
                        $"Identifier {id.ToBase64Url()} is bound for the {n}. time by leaf {audited.Index}.",
                        audited.Index,
                        row.Stream
                    );
        }
        if (wanted.Remove(audited.Index + 1))
            made[audited.Index + 1] = (map.Size, map.Root());
    }

    void LookAtMap(ulong index, StoredLeaf row, Leaf leaf)
    {
        var size = leaf.Said.TryGetProperty("mapSize", out var entries) ? entries.Integer() : null;
        var root = leaf.Said.Hash("mapRoot");
        if (SizeOf(leaf) is not { } t || t > index || !made.TryGetValue(t, out var map))
            Tell("does not name a tree that stood before it");
        else if ((map.Size, map.Root) != (size, root))
            Tell($"says {size} entries and root {root} at size {t}, the leaves give {map.Size} and {map.Root}");

        void Tell(string what) =>
            findings.Add(FindingKinds.HeadMap, $"The head map in leaf {index} {what}.", index, row.Stream);
    }

    static ulong? SizeOf(Leaf leaf) =>
        leaf.Said.TryGetProperty("treeSize", out var size) && size.Integer() is > 0 and var t ? (ulong)t : null;
}
