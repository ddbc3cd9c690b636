namespace Ledger.Proof.Bundles;

/// <summary>Whether a bundle leaves nothing out (proof.md §7): the chain, the head map, and the identifiers that it
/// binds.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="before">The bundle that a delta goes on from; null without one.</param>
/// <param name="map">Null where none counts.</param>
/// <param name="leaves">Every leaf that is shown, of the bundle and its base.</param>
sealed class Completeness(
    OpenBundle bundle,
    OpenBundle? before,
    HeadMapView? map,
    IReadOnlyCollection<ShownLeaf> leaves,
    BundleFindings findings
)
{
    const ulong Stale = 600;

    readonly SortedDictionary<ulong, ShownLeaf> chain = Chain(bundle, before);

    /// <summary>The verdict of event n, and what the head map got wrong as findings.</summary>
    public Func<ulong, string> Judge(bool required)
    {
        if (bundle.Manifest.HeadMap is null && !required)
            return _ => VerdictWords.NotAsked;
        // First, for what it finds.
        var byMap = map is null ? VerdictWords.NoHeadMap : ByMap(map);
        var word = bundle.Manifest.Delta is not null && before is null ? "gap(1)" : Gap() ?? byMap;
        if (map is null || !VerdictWords.IsComplete(word))
            return _ => word;
        return n => n <= map.Head.N ? word : VerdictWords.StaleHeadMap;
    }

    static SortedDictionary<ulong, ShownLeaf> Chain(OpenBundle bundle, OpenBundle? before)
    {
        var chain = new SortedDictionary<ulong, ShownLeaf>(bundle.Events);
        foreach (var (n, leaf) in before?.Events ?? [])
            chain.TryAdd(n, leaf);
        return chain;
    }

    /// <summary>The first n whose leaf is missing or does not follow the one before it; null where none is.</summary>
    string? Gap()
    {
        Hash? previous = default(Hash);
        var newest = chain.Count == 0 ? 0 : chain.Keys.Last();
        for (ulong n = 1; n <= newest; n++)
        {
            if (
                chain.GetValueOrDefault(n) is not { Leaf.Claims: { } claims } shown
                || (ulong)claims.N != n
                || claims.Item != bundle.Manifest.Handle
                || claims.Prev != previous
            )
                return $"gap({ProofText.Number(n)})";
            previous = shown.Hash;
        }
        return null;
    }

    string ByMap(HeadMapView head)
    {
        var lies = Lies(head);
        var last = chain.GetValueOrDefault(head.Head.N);
        var (bound, missing) = Identifiers(head, lies);
        foreach (var lie in lies)
            findings.Add(VerdictWords.FalseHeadMap, lie);
        foreach (var handle in bound)
            findings.Add(VerdictWords.BoundTwice, handle.ToBase64Url());
        var newest = chain.Count == 0 ? 0 : chain.Keys.Last();
        return missing ? VerdictWords.NoHeadMap
            : lies.Count > 0 ? VerdictWords.StaleHeadMap
            : last is not null && last.Hash != head.Head.LeafHash ? $"gap({ProofText.Number(head.Head.N)})"
            : newest < head.Head.N ? $"truncated({ProofText.Number(newest)},{ProofText.Number(head.Head.N)})"
            : bound.Count > 0 ? VerdictWords.BoundTwice
            : UpTo(head.Size);
    }

    /// <summary>Where the map says something else than the leaves that the log has.</summary>
    List<string> Lies(HeadMapView head)
    {
        List<string> lies = [];
        foreach (var (n, shown) in chain.Where(e => e.Value.Included))
            if (shown.Index < head.Size && n > head.Head.N)
                lies.Add($"event {ProofText.Number(n)} of an index that it covers is not in it");
            else if (shown.Index >= head.Size && n <= head.Head.N)
                lies.Add($"event {ProofText.Number(n)} has an index that it does not cover");
        if (head.Head.Index >= head.Size)
            lies.Add("its entry is of a leaf that it does not cover");
        if (chain.GetValueOrDefault(head.Head.N) is { Included: true } last)
            if (last.Hash != head.Head.LeafHash || last.Index != head.Head.Index)
                lies.Add($"leaf {ProofText.Number(head.Head.N)} of the chain is another one");
        return lies;
    }

    /// <summary>Handles of the events that are bound more than once, and whether a member is missing.</summary>
    (List<Hash> Bound, bool Missing) Identifiers(HeadMapView head, List<string> lies)
    {
        var (bound, missing) = (new List<Hash>(), false);
        var members = new Dictionary<Hash, HeadMapEntry>();
        foreach (var entry in bundle.Files.In(BundleName.Identifiers))
            if (findings.Try(VerdictWords.NoHeadMap, entry.Name, () => Member(entry, head)) is { } member)
                members.Add(member.Entry.Key, member.Entry);
            else
                missing = true;
        foreach (var (n, shown) in chain)
        {
            if (shown is { Included: true, Index: { } index } && index >= head.Size)
                continue;
            foreach (var handle in shown.Leaf?.Claims.Ids ?? [])
                if (!members.TryGetValue(handle, out var mapped))
                    missing = true;
                else if (mapped.N != 1)
                    bound.Add(handle);
                else if (shown.Included && (mapped.LeafHash != shown.Hash || mapped.Index != shown.Index))
                    lies.Add($"an identifier of event {ProofText.Number(n)} is bound by another leaf");
        }
        return (bound, missing);
    }

    static HeadMapMember Member(BundleEntry entry, HeadMapView head)
    {
        var member = HeadMapMember.Read(entry.Content.Span) ?? throw new MalformedBundleException("malformed");
        MalformedBundleException.Unless(member.IsIn(head.Root), "not in the head map");
        MalformedBundleException.Unless(
            entry.Name == $"{BundleName.Identifiers}{member.Entry.Key.ToHex()}.json",
            "the entry is of another handle"
        );
        return member;
    }

    /// <summary>The time up to which the map speaks, or that it is too old to speak.</summary>
    string UpTo(ulong size)
    {
        if (bundle.Checkpoint is not { Fault: null } checkpoint)
            return VerdictWords.StaleHeadMap;
        if (checkpoint.Trust.NotBefore is not { } newest)
            return $"{VerdictWords.CompleteUpTo}unwitnessed";
        if (Covers(size, checkpoint.Stated.Size))
            return VerdictWords.CompleteUpTo + BundleTime.Text(newest);
        return bundle.Notes.NotBefore(size) is { } time && newest <= time + Stale
            ? VerdictWords.CompleteUpTo + BundleTime.Text(time)
            : VerdictWords.StaleHeadMap;
    }

    /// <summary>Whether each leaf of [from, to) is shown, so that nothing can hide there.</summary>
    bool Covers(ulong from, ulong to) =>
        leaves.Where(l => l.Included && l.Index >= from && l.Index < to).Select(l => l.Index).Distinct().Count()
            is var n
        && (ulong)n == to - from;
}
