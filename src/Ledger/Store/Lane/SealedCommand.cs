using System.Collections.Immutable;
using Ledger.Proof;
using Ledger.Store.Vault;

namespace Ledger.Store.Lane;

/// <summary>A decided command with its signed leaves, as the lane takes it: nothing is left to compute but its
/// place.</summary>
/// <param name="Subjects">Rows of subjects that are not on record yet.</param>
/// <param name="Named">Every subject its disclosures are about: each must be live.</param>
public sealed record SealedCommand(
    DecidedCommand Decided,
    ImmutableArray<SealedEvent> Events,
    ImmutableArray<SubjectRow> Subjects,
    ImmutableArray<Guid> Named
)
{
    /// <summary>The event that parties sign for.</summary>
    public SealedEvent Act => Events[Decided.Signed];

    /// <summary>Bytes of its leaves: what a batch is bounded by.</summary>
    public int Size { get; } = Events.Sum(e => e.Leaf.Length);
}

/// <summary>One event as it will stand in Marten's table, in the log and in the vault.</summary>
/// <param name="N">Its version in its stream.</param>
/// <param name="Prev">Leaf hash of version N − 1; zeros for the first.</param>
/// <param name="Leaf">The exact bytes of the signed JWT.</param>
/// <param name="Data">The event as JSON.</param>
/// <param name="Headers">The envelope as JSON.</param>
public sealed record SealedEvent(
    Guid Id,
    Append Append,
    long N,
    Hash Prev,
    byte[] Leaf,
    Hash LeafHash,
    string Data,
    string Headers,
    ImmutableArray<DisclosureRow> Disclosures
);

/// <summary>A disclosure as the vault keeps it: nonce ‖ AES-256-GCM, bound to event and digest.</summary>
public sealed record DisclosureRow(byte[] Digest, Guid Subject, byte[] Ciphertext);
