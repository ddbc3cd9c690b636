namespace Ledger.Proof.Bundles;

/// <summary>The head map of a bundle: its leaf is in the log, and its member is in it.</summary>
/// <param name="Shown">The leaf <c>head-map.v1</c>.</param>
/// <param name="Size">Leaves 0..size−1 are mapped.</param>
/// <param name="Root">Of the map.</param>
/// <param name="Head">What it says of the bundle's stream.</param>
sealed record HeadMapView(ShownLeaf Shown, Leaf Leaf, ulong Size, Hash Root, HeadMapEntry Head)
{
    /// <summary>Reads it; who signed it is checked once the keys are read.</summary>
    /// <returns>Null where there is none that counts.</returns>
    public static HeadMapView? Read(OpenBundle bundle, BundleFindings findings)
    {
        if (!bundle.Files.In(BundleName.HeadMaps).Any())
        {
            if (bundle.Manifest.HeadMap is not null)
                findings.Add("manifest", "headMap names a leaf that is not there");
            return null;
        }
        var shown = bundle.Leaf(BundleName.HeadMap);
        if (shown.Index != bundle.Manifest.HeadMap)
            findings.Add("manifest", "headMap is not the index of headmap/leaf");
        // Nothing is in a checkpoint that the log did not sign.
        return bundle.Checkpoint is { IsOfLog: true } checkpoint
            ? findings.Try(VerdictWords.NoHeadMap, BundleName.HeadMap, () => Of(bundle, shown, checkpoint.Stated.Size))
            : null;
    }

    static HeadMapView Of(OpenBundle bundle, ShownLeaf shown, ulong size)
    {
        var file = bundle.Files.Find(BundleName.HeadMapMember) ?? throw new MalformedBundleException("no member.json");
        MalformedBundleException.Unless(shown.Faults.IsEmpty, string.Join("; ", shown.Faults.Select(f => f.Detail)));
        MalformedBundleException.Unless(shown.Included && shown.Leaf is not null, "the leaf is not in the log");
        var leaf = shown.Leaf;
        MalformedBundleException.Unless(leaf.Claims.Evt == KnownEvents.HeadMap, "the leaf is no head map");
        var covered = Number(leaf, "treeSize");
        _ = Number(leaf, "mapSize");
        MalformedBundleException.Unless(covered <= size, "it covers more than the checkpoint");
        var root = leaf.Said.Hash("mapRoot") ?? throw new MalformedBundleException("mapRoot is no hash");
        var member = HeadMapMember.Read(file.Span) ?? throw new MalformedBundleException("member.json is malformed");
        MalformedBundleException.Unless(member.IsIn(root), "member.json is not in it");
        MalformedBundleException.Unless(member.Entry.Key == bundle.Manifest.Handle, "member.json is of another stream");
        return new(shown, leaf, covered, root, member.Entry);
    }

    static ulong Number(Leaf leaf, string name) =>
        leaf.Said.TryGetProperty(name, out var json) && json.Integer() is >= 0 and var number
            ? (ulong)number
            : throw new MalformedBundleException($"{name} is no number");
}
