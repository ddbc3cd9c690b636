using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>A leaf as a bundle shows it; the writer puts the checkpoint under its proof.</summary>
/// <param name="SdJwt"><c>jwt~d1~d2~</c>: the logged bytes, and the disclosures that the reader shall see.</param>
/// <param name="Index">Its place in the log.</param>
/// <param name="Path">Inclusion against the bundle's checkpoint.</param>
public sealed record BundleLeaf(string SdJwt, ulong Index, ImmutableArray<Hash> Path);

/// <summary>An event of another stream, as a bundle shows it.</summary>
/// <param name="Jti">Its event id.</param>
public sealed record LinkedLeaf(Guid Jti, BundleLeaf Leaf);

/// <summary>An older checkpoint, and that the bundle's goes on from it.</summary>
/// <param name="Size">Its size, from 1, smaller than the bundle's checkpoint.</param>
/// <param name="Root">Its root.</param>
/// <param name="Path">Consistency from its size to the checkpoint's.</param>
/// <param name="Note">The first one published with that size, cosigned; null where only the consistency is wanted (a
/// size that a reader pins, the base of a delta).</param>
public sealed record BundleNote(ulong Size, Hash Root, ImmutableArray<Hash> Path, string? Note)
{
    /// <summary>The file <c>consistency/&lt;size&gt;.txt</c>.</summary>
    internal string Text => $"from {ProofText.Number(Size)} {Root.ToBase64()}\n{ProofText.Lines(Path)}";
}

/// <summary>The whole chain of a key that a shown leaf, deed or registration was signed with.</summary>
/// <param name="Thumbprint">Of the key.</param>
/// <param name="Member">Of the chain, in the bundle's head map.</param>
/// <param name="Leaves">All leaves of the chain that the map covers, from n = 1.</param>
public sealed record BundleKey(Hash Thumbprint, HeadMapMember Member, ImmutableArray<BundleLeaf> Leaves);

/// <summary>The head map that the bundle uses.</summary>
/// <param name="Leaf">The leaf <c>head-map.v1</c>, which its checkpoint includes.</param>
/// <param name="Member">Of the bundle's stream.</param>
public sealed record BundleHeadMap(BundleLeaf Leaf, HeadMapMember Member);

/// <summary>
/// What an exporter gathered for one bundle (proof.md §10). Order, names, manifest and zip are
/// <see cref="BundleWriter"/>'s: the same parts give the same bytes, in whatever order the lists are.
/// </summary>
public sealed record BundleParts
{
    /// <summary>Of the stream whose events are shown.</summary>
    public required Hash Handle { get; init; }

    /// <summary>The newest witnessed checkpoint with its signature lines; each proof is against its size.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The platform's copy of the policy.</summary>
    public required ReadOnlyMemory<byte> Policy { get; init; }

    /// <summary>The events in order: n = 1, 2, 3 …; of a delta n = <see cref="DeltaStart.First"/> and on.</summary>
    public required ImmutableArray<BundleLeaf> Events { get; init; }

    /// <summary>The events of other streams that <c>linked-fact-noted</c> of the events name, each once: shown, and
    /// nothing is said of what else their streams hold.</summary>
    public ImmutableArray<LinkedLeaf> Linked { get; init; } = [];

    /// <summary>Of each shown leaf the largest of size ≤ its index and the smallest of size &gt; its index; of the head
    /// map's size the largest of size ≤ it; each size once.</summary>
    public ImmutableArray<BundleNote> Notes { get; init; } = [];

    /// <summary>Each thumbprint once; without a head map none.</summary>
    public ImmutableArray<BundleKey> Keys { get; init; } = [];

    /// <summary>Null where no witnessed one covers the stream.</summary>
    public BundleHeadMap? HeadMap { get; init; }

    /// <summary>One for each handle in the <c>ids</c> of the chain's events, of a delta also of those that its base
    /// shows, in the same head map; each once.</summary>
    public ImmutableArray<HeadMapMember> Identifiers { get; init; } = [];

    /// <summary><c>jwt~d1~</c> of each credential that the events refer to.</summary>
    public ImmutableArray<string> Credentials { get; init; } = [];

    /// <summary>How many texts of the events are kept but did not open for the exporter: they are missing among what is
    /// disclosed. Only the page for people says so.</summary>
    public int Unreadable { get; init; }

    /// <summary>Null for a bundle that stands for itself.</summary>
    public DeltaStart? Delta { get; init; }

    /// <summary>The page for people (HTML, ends with LF), made once the hash of the manifest is known; null for
    /// none.</summary>
    public Func<Hash, string>? Report { get; init; }
}
