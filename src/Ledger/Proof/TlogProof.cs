using System.Collections.Immutable;
using System.Globalization;

namespace Ledger.Proof;

/// <summary>A <c>.tlog-proof</c> (C2SP tlog-proof, proof.md §5): where a leaf is, under which checkpoint.</summary>
/// <param name="Index">Of the leaf.</param>
/// <param name="Hashes">Inclusion proof against the checkpoint's size, at most 63.</param>
/// <param name="Note">The signed checkpoint, verbatim; empty where its bytes are no text. Reading the proof does not
/// look into it: a malformed note is another finding than a malformed proof.</param>
public sealed record TlogProof(ulong Index, ImmutableArray<Hash> Hashes, string Note)
{
    const string Title = "c2sp.org/tlog-proof@v1";
    const string IndexStart = "index ";
    const string ExtraStart = "extra ";

    /// <summary>The file. It never carries an <c>extra</c> line.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Title}\n{IndexStart}{Index}\n{ProofText.Lines(Hashes)}\n{Note}");

    /// <summary>Reads a file; an <c>extra</c> line must be well formed and is left out: nobody signed it.</summary>
    /// <returns>Null where the proof is malformed.</returns>
    public static TlogProof? Read(ReadOnlySpan<byte> file)
    {
        var split = file.IndexOf("\n\n"u8);
        if (split < 0 || file.Length > StrictText.Longest || StrictText.Read(file[..(split + 1)]) is not { } head)
            return null;
        if (head[..^1].Split('\n') is not [Title, .. var header])
            return null;
        if (header is [var extra, ..] && extra.StartsWith(ExtraStart, StringComparison.Ordinal))
        {
            if (StrictBase64.Read(extra.AsSpan(ExtraStart.Length)) is null)
                return null;
            header = header[1..];
        }
        var note = StrictText.Read(file[(split + 2)..]) ?? "";
        if (header is not [var place, .. var hashes] || !place.StartsWith(IndexStart, StringComparison.Ordinal))
            return null;
        return StrictNumber.Read(place.AsSpan(IndexStart.Length)) is { } index && ProofText.Hashes(hashes) is { } proof
            ? new(index, proof, note)
            : null;
    }

    /// <summary>Verifies in the order of proof.md §5: the checkpoint's origin and log signature, the quorum, then that
    /// the leaf is included.</summary>
    /// <param name="leaf">The bytes of the leaf.</param>
    public ProofCheck Verify(ReadOnlySpan<byte> leaf, TrustPolicy policy)
    {
        var hash = Merkle.LeafHash(leaf);
        var trust = policy.Check(Note);
        var included =
            trust.Checkpoint is { } checkpoint
            && Merkle.VerifyInclusion(Index, checkpoint.Size, hash, Hashes.AsSpan(), checkpoint.Root);
        return new(trust, included);
    }
}

/// <summary>What came of a <c>.tlog-proof</c>.</summary>
/// <param name="Included">Whether the leaf is in the checkpoint's tree; false where the checkpoint is not one of the
/// policy's logs.</param>
public sealed record ProofCheck(TrustCheck Trust, bool Included)
{
    /// <summary>The leaf existed: included in a checkpoint that the policy trusts.</summary>
    public bool Existed => Trust.Trust == Proof.Trust.Trusted && Included;
}
