namespace Ledger.Proof.Bundles;

/// <summary>Holds a manifest against what is there: every member can be recomputed, so none is believed.</summary>
static class ManifestCheck
{
    public static void Hold(OpenBundle bundle, BundleFindings findings)
    {
        Hashes(bundle, findings);
        Numbers(bundle, findings);
        if (bundle is { Policy.Quorum: not null, Checkpoint: { } checkpoint })
            if (checkpoint.FirstTime is not { } first || BundleTime.Text(first) != bundle.Manifest.Created)
                findings.Add("manifest", "created is not the smallest cosignature time");
        if (!bundle.Manifest.Disclosed.SequenceEqual(BundleWriter.DisclosedIn(bundle.Files.All)))
            findings.Add("manifest", "disclosed is not the sorted digests of the disclosures");
    }

    static void Hashes(OpenBundle bundle, BundleFindings findings)
    {
        foreach (var (name, hash) in bundle.Manifest.Files)
            if (Hash.Of(bundle.Files[name].Span).ToHex() != hash)
                findings.Add("manifest-hash", $"{name}: another SHA-256 than the manifest's");
        foreach (var name in (ReadOnlySpan<string>)[BundleName.Policy, BundleName.Report])
            if (bundle.Files.Find(name) is { } file && StrictText.Read(file.Span) is null)
                findings.Add("text", $"{name}: not a text that ends with a line feed");
    }

    static void Numbers(OpenBundle bundle, BundleFindings findings)
    {
        var (manifest, events) = (bundle.Manifest, bundle.Events.Keys);
        if (manifest.Events != (ulong)events.Count)
            findings.Add("manifest", $"events is {ProofText.Number(manifest.Events)}, there are {events.Count}");
        if (manifest.Delta is { First: var first } && events.Count > 0 && events.First() != first)
            findings.Add("manifest", $"first is {ProofText.Number(first)}, the first event is another");
        if (bundle.Checkpoint is { Stated.Size: var size } && manifest.Size != size)
            findings.Add("manifest", $"size is {ProofText.Number(manifest.Size)}, the checkpoint's is another");
        if (manifest.Delta is { Since: var since } && since > manifest.Size)
            findings.Add("manifest", "since is beyond size");
    }
}
