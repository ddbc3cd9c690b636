using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>A bundle whose zip, policy and manifest are in form: everything in it can be read from here on. What is
/// wrong with one file is a finding and does not hide the others.</summary>
sealed class OpenBundle
{
    OpenBundle(BundleFiles files, TrustPolicy policy, BundleManifest manifest, BundleFindings findings)
    {
        (Files, Policy, Manifest) = (files, policy, manifest);
        Checkpoint = findings.Try(
            VerdictWords.BadCheckpoint,
            BundleName.Checkpoint,
            () => CheckedNote.Read(files[BundleName.Checkpoint].Span, policy)
        );
        Notes = new(files, Checkpoint, policy, findings);
        foreach (var n in files.NumbersIn(BundleName.Events))
            Events.Add(n, Event(n, findings));
        foreach (var name in files.NamesIn(BundleName.Linked))
            Linked.Add(name, Leaf(name));
    }

    public BundleFiles Files { get; }

    public TrustPolicy Policy { get; }

    public BundleManifest Manifest { get; }

    /// <summary>Null where it is malformed.</summary>
    public CheckedNote? Checkpoint { get; }

    public CheckpointHistory Notes { get; }

    /// <summary>By n, as the files are named.</summary>
    public SortedDictionary<ulong, ShownLeaf> Events { get; } = [];

    /// <summary>Events of other streams, by the name of their files without ending.</summary>
    public SortedDictionary<string, ShownLeaf> Linked { get; } = new(StringComparer.Ordinal);

    /// <returns>Null where nothing can be read.</returns>
    public static OpenBundle? Read(ReadOnlyMemory<byte> zip, TrustPolicy? policy, BundleFindings findings)
    {
        var (entries, fault) = BundleZip.Read(zip);
        if (fault is not null)
            findings.Add("zip", $"{fault}");
        if (fault is not null || policy is null)
            return null;
        var files = new BundleFiles(entries);
        if (BundleManifest.Read(files[BundleName.Manifest].Span) is not { } manifest)
        {
            findings.Add("manifest", "not in canonical form, or other members than a manifest has");
            return null;
        }
        if (!manifest.Files.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(Listed(entries)))
        {
            findings.Add("manifest", "files are not the entries");
            return null;
        }
        var bundle = new OpenBundle(files, policy, manifest, findings);
        ManifestCheck.Hold(bundle, findings);
        return bundle;
    }

    /// <summary>A leaf and its proof by the name of their files, without ending.</summary>
    public ShownLeaf Leaf(string name) => ShownLeaf.Read(Files, name, Checkpoint, Policy.Quorum is not null);

    static IEnumerable<string> Listed(ImmutableArray<BundleEntry> entries) =>
        entries.Select(e => e.Name).Where(BundleName.IsListed);

    ShownLeaf Event(ulong n, BundleFindings findings)
    {
        var shown = Leaf(BundleName.Event(n));
        foreach (var fault in shown.Faults)
            findings.Add(fault.Code, fault.Detail);
        if (shown.Leaf is { } leaf && ((ulong)leaf.Claims.N != n || leaf.Claims.Item != Manifest.Handle))
            findings.Add("event-name", $"{shown.Name}: the leaf is of another place or chain");
        return shown;
    }
}
