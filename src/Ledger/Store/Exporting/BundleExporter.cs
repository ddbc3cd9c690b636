using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store.Lane;
using Ledger.Store.Mapping;
using Ledger.Store.Postgres;

namespace Ledger.Store.Exporting;

/// <summary>What a bundle shall show besides what is clear anyway.</summary>
/// <param name="Disclose">Names of disclosures to open, e.g. <c>identifiers</c>, <c>seller</c>; <c>*</c> opens
/// all.</param>
/// <param name="Since">Size of the checkpoint of an earlier bundle: only what came after it.</param>
/// <param name="Size">Of the checkpoint to prove against, as a bundle of then was; null: the newest.</param>
public sealed record BundleWish(ImmutableHashSet<string> Disclose, ulong? Since = null, ulong? Size = null)
{
    /// <summary>Enough to hold the thing against its papers, and nobody's name.</summary>
    public static BundleWish Default { get; } = new(["identifiers", "identifier"]);

    internal bool Opens(string name) => Disclose.Contains("*") || Disclose.Contains(name);
}

/// <summary>Gathers the provenance bundle of an item (proof.md §10): its chain, the chains of the keys that signed it,
/// the head map that says nothing is missing, and the witnessed checkpoints around it.</summary>
public sealed class BundleExporter(LedgerNode node)
{
    static readonly string NotedName = EventCatalog.OfType(typeof(LinkedFactNoted))!.WireName;

    readonly HeadMapReader maps = new(node.Database);

    /// <returns>The parts, or why there is no bundle yet.</returns>
    /// <exception cref="BrokenLogException">What is stored of the log or its head map is not what was logged; the node
    /// is forked.</exception>
    public async Task<(BundleParts? Parts, Refusal? Refusal)> GatherAsync(
        Guid item,
        BundleWish wish,
        ReadOnlyMemory<byte> policy,
        CancellationToken stop
    )
    {
        // Nothing new is signed, and nothing that is asked for later would come.
        if (node.State.Broken is not null)
            return (null, new("ledger-read-only"));
        try
        {
            return await PartsAsync(item, wish, policy, stop);
        }
        catch (BrokenLogException error)
        {
            node.State.Break(LogFault.Forked, error.Message);
            throw;
        }
    }

    async Task<(BundleParts? Parts, Refusal? Refusal)> PartsAsync(
        Guid item,
        BundleWish wish,
        ReadOnlyMemory<byte> policy,
        CancellationToken stop
    )
    {
        var rows = new BundleRows(node.Database);
        if (await rows.CheckpointAsync(wish.Size, stop) is not { } published)
            return (null, new("bundle-not-ready"));
        var handle = Hash.Read(node.Database.Handles.OfStream(item));
        if (
            await rows.NewestMapAsync(published.Size, stop) is not var (mapLeaf, mapped)
            || await maps.MemberAsync(handle, mapped, stop) is not { } member
        )
            return (null, new("bundle-not-ready"));

        var first = 1L;
        if (wish.Since is { } since)
            first = 1 + await rows.CountBeforeAsync(item, since, stop);
        var chain = await rows.ChainAsync(item, (long)member.Entry.N, stop);
        var shown = chain.Where(l => l.N >= first).ToList();
        var linked = await rows.OfEventsAsync([.. shown.Select(Noted).OfType<Guid>().Distinct()], published.Size, stop);
        var keys = await KeysAsync([.. shown, .. linked, mapLeaf], mapped, rows, stop);
        if (keys is null)
            return (null, new("bundle-not-ready"));
        var (opened, unreadable) = await OpenAsync([.. shown, .. linked], wish, stop);
        var proofs = new BundleProofs(node, published, rows);
        var identifiers = ImmutableArray.CreateBuilder<HeadMapMember>();
        // Of the base's events too: what the newest map says of them is what a delta is asked for.
        foreach (var id in chain.SelectMany(l => l.Claims.Ids).Distinct())
            if (await maps.MemberAsync(id, mapped, stop) is { } bound)
                identifiers.Add(Member(bound));
        var keyParts = ImmutableArray.CreateBuilder<BundleKey>();
        foreach (var (thumbprint, keyMember, leaves) in keys)
            keyParts.Add(new(thumbprint, Member(keyMember), await proofs.LeavesAsync(leaves, _ => [], stop)));
        IEnumerable<LoggedLeaf> all = [.. shown, .. linked, mapLeaf, .. keys.SelectMany(k => k.Leaves)];
        return (
            new BundleParts
            {
                Handle = handle,
                Checkpoint = published.Note,
                Policy = policy,
                Events = await proofs.LeavesAsync(shown, l => opened[l.EventId], stop),
                Linked =
                [
                    .. (await proofs.LeavesAsync(linked, l => opened[l.EventId], stop)).Select(
                        (leaf, i) => new LinkedLeaf(linked[i].EventId, leaf)
                    ),
                ],
                Notes = await proofs.NotesAsync(all.Select(l => l.Index), (ulong)mapped.TreeSize, wish.Since, stop),
                Keys = keyParts.ToImmutable(),
                HeadMap = new((await proofs.LeavesAsync([mapLeaf], _ => [], stop))[0], Member(member)),
                Identifiers = identifiers.ToImmutable(),
                Unreadable = unreadable,
                Delta = wish.Since is { } size ? new(size, (ulong)first) : null,
            },
            null
        );
    }

    /// <summary>Before a bundle is put on record: the map that it rests on is kept from now on, so that it can be made
    /// again as it was.</summary>
    /// <param name="size">Of the bundle's checkpoint.</param>
    public async Task KeepAsync(ulong size, CancellationToken stop)
    {
        var rows = new BundleRows(node.Database);
        if (await rows.NewestMapAsync(size, stop) is (_, var map))
            await rows.KeepMapAsync(map.TreeSize, stop);
    }

    /// <summary>The chain of each key that signed one of these leaves, and of those that signed that chain.</summary>
    async Task<List<(Hash Thumbprint, MappedKey Member, List<LoggedLeaf> Leaves)>?> KeysAsync(
        IEnumerable<LoggedLeaf> leaves,
        LoggedMap mapped,
        BundleRows rows,
        CancellationToken stop
    )
    {
        var own = await node.Chains.ChainAsync(node.Chains.OperatorStream, stop);
        var found = new List<(Hash, MappedKey, List<LoggedLeaf>)>();
        var wanted = new Queue<Hash>(leaves.SelectMany(Signers).Distinct());
        var seen = new HashSet<Hash>();
        while (wanted.TryDequeue(out var thumbprint))
        {
            if (!seen.Add(thumbprint))
                continue;
            if (await RegisteredByAsync(own, thumbprint, stop) is not { } stream)
                return null;
            var handle = Hash.Read(node.Database.Handles.OfStream(stream));
            if (await maps.MemberAsync(handle, mapped, stop) is not { } member)
                return null;
            var chain = await rows.ChainAsync(stream, (long)member.Entry.N, stop);
            found.Add((thumbprint, member, chain));
            foreach (var leaf in chain)
                wanted.Enqueue(leaf.Parsed.Jws.Kid);
        }
        return found;
    }

    /// <summary>The event of another stream that a leaf notes; null for other leaves.</summary>
    static Guid? Noted(LoggedLeaf leaf) =>
        leaf.Claims.Evt == NotedName
        && leaf.Parsed.Said.TryGetProperty("ref", out var jti)
        && Guid.TryParse(jti.GetString(), out var id)
            ? id
            : null;

    /// <summary>The key of a leaf, and the keys of the deeds in it.</summary>
    static IEnumerable<Hash> Signers(LoggedLeaf leaf) =>
        leaf.Claims.Act.Select(Deeds.Read).OfType<SignedDeed>().Select(d => d.Jws.Kid).Prepend(leaf.Parsed.Jws.Kid);

    /// <summary>The stream of keys that registered a key; null: none. The operator's first key was registered before
    /// anybody could ask for it, and has no row.</summary>
    async Task<Guid?> RegisteredByAsync(Keychain own, Hash thumbprint, CancellationToken stop) =>
        own.Find(thumbprint.ToBase64Url()) is not null
            ? node.Chains.OperatorStream
            : (await node.Chains.FindAsync(thumbprint.ToBase64Url(), stop))?.Stream;

    /// <summary>The disclosures to show, by event, in a fixed order, and how many do not open.</summary>
    async Task<(ILookup<Guid, string> Opened, int Unreadable)> OpenAsync(
        List<LoggedLeaf> leaves,
        BundleWish wish,
        CancellationToken stop
    )
    {
        var kept = await node.Vault.DisclosuresAsync("event_id", [.. leaves.Select(l => l.EventId)], stop);
        var opened = kept.Where(d =>
                d.Encoded is { } encoded && Disclosure.Read(encoded) is { Name: { } name } && wish.Opens(name)
            )
            .OrderBy(d => d.Encoded, StringComparer.Ordinal)
            .ToLookup(d => d.EventId, d => d.Encoded!);
        return (opened, kept.Count(d => d.Encoded is null));
    }

    static HeadMapMember Member(MappedKey key) =>
        new((ulong)key.BucketSize, (ulong)key.Index, key.Entry, [.. key.Path]);
}
