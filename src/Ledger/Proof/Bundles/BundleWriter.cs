using System.Collections.Immutable;
using System.Text;

namespace Ledger.Proof.Bundles;

/// <summary>Makes the bytes of a bundle from its parts.</summary>
public static class BundleWriter
{
    /// <summary>The zip of proof.md §10, deterministic.</summary>
    /// <exception cref="ArgumentException">The checkpoint is none, a name would stand twice, or something is too
    /// long for a bundle.</exception>
    public static byte[] Write(BundleParts parts)
    {
        var note =
            SignedNote.Read(parts.Checkpoint)
            ?? throw new ArgumentException("The checkpoint is no signed note.", nameof(parts));
        var checkpoint =
            Checkpoint.Read(note.Text) ?? throw new ArgumentException("There is no checkpoint in it.", nameof(parts));
        var files = Files(parts);
        files.Sort((a, b) => BundleName.Compare(a.Name, b.Name));
        var manifest = new BundleManifest
        {
            Handle = parts.Handle,
            Events = (ulong)parts.Events.Length,
            Size = checkpoint.Size,
            HeadMap = parts.HeadMap?.Leaf.Index,
            Created = BundleTime.Text(BundleTime.FirstOf(note) ?? 0) ?? BundleTime.Text(0)!,
            Disclosed = DisclosedIn(files),
            Files = files.ToImmutableSortedDictionary(
                f => f.Name,
                f => Hash.Of(f.Content.Span).ToHex(),
                StringComparer.Ordinal
            ),
            Delta = parts.Delta,
        }.ToJson();
        var report = parts.Report?.Invoke(Hash.Of(manifest));
        return BundleZip.Write([
            new(BundleName.Manifest, manifest),
            .. files,
            .. report is null ? (BundleEntry[])[] : [Text(BundleName.Report, report)],
        ]);
    }

    /// <summary>Digests of the disclosures of all leaves and credentials, sorted as the manifest wants them.</summary>
    internal static ImmutableArray<string> DisclosedIn(IEnumerable<BundleEntry> files) =>
        [
            .. files
                .Where(f => f.Name.EndsWith(BundleName.Leaf, StringComparison.Ordinal))
                .SelectMany(f => SdJwt.DisclosuresIn(f.Content.Span))
                .Select(d => Disclosures.DigestOf(d).ToBase64Url())
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Everything but manifest and report, in any order.</summary>
    static List<BundleEntry> Files(BundleParts parts)
    {
        List<BundleEntry> files = [new(BundleName.Policy, parts.Policy), Text(BundleName.Checkpoint, parts.Checkpoint)];
        foreach (var note in parts.Notes)
        {
            files.Add(Text(BundleName.ConsistencyFrom(note.Size), note.Text));
            if (note.Note is { } text)
                files.Add(Text(BundleName.Note(note.Size), text));
        }
        var first = parts.Delta?.First ?? 1;
        files.AddRange(Chain(BundleName.Events, first, parts.Events, parts.Checkpoint));
        files.AddRange(parts.Linked.SelectMany(l => Leaf(BundleName.LinkedTo(l.Jti), l.Leaf, parts.Checkpoint)));
        foreach (var key in parts.Keys)
        {
            var folder = BundleName.Key(key.Thumbprint);
            files.Add(new($"{folder}.json", key.Member.ToKeyJson()));
            files.AddRange(Chain($"{folder}/", 1, key.Leaves, parts.Checkpoint));
        }
        foreach (var credential in parts.Credentials)
        {
            var jwt = Encoding.ASCII.GetBytes(credential.Split('~')[0]);
            files.Add(Text($"{BundleName.Credentials}{Hash.Of(jwt).ToHex()}{BundleName.Leaf}", credential));
        }
        if (parts.HeadMap is { } map)
            files.AddRange([
                .. Leaf(BundleName.HeadMap, map.Leaf, parts.Checkpoint),
                new(BundleName.HeadMapMember, map.Member.ToJson()),
            ]);
        files.AddRange(
            parts.Identifiers.Select(m => new BundleEntry(
                $"{BundleName.Identifiers}{m.Entry.Key.ToHex()}.json",
                m.ToJson()
            ))
        );
        return files;
    }

    static IEnumerable<BundleEntry> Chain(string folder, ulong first, ImmutableArray<BundleLeaf> leaves, string note) =>
        leaves.SelectMany((leaf, i) => Leaf(folder + BundleName.Number(first + (ulong)i), leaf, note));

    static BundleEntry[] Leaf(string name, BundleLeaf leaf, string note) =>
        [
            Text(name + BundleName.Leaf, leaf.SdJwt),
            Text(name + BundleName.Proof, new TlogProof(leaf.Index, leaf.Path, note).Text),
        ];

    static BundleEntry Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
