using System.Collections.Immutable;
using System.Globalization;

namespace Ledger.Proof;

/// <summary>A request to a witness, <c>POST /add-checkpoint</c> (C2SP tlog-witness, proof.md §5).</summary>
/// <param name="Old">The size that the sender thinks the witness cosigned last; 0 for none.</param>
/// <param name="Hashes">Consistency proof from that size to the checkpoint's, at most 63.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpoint(ulong Old, ImmutableArray<Hash> Hashes, string Note)
{
    const string OldStart = "old ";

    /// <summary>The body of the request.</summary>
    public string Body =>
        string.Create(CultureInfo.InvariantCulture, $"{OldStart}{Old}\n{ProofText.Lines(Hashes)}\n{Note}");

    /// <summary>Reads a body down to the base64 of its signature lines.</summary>
    /// <returns>Null where it is malformed or the old size is beyond the checkpoint's: the answer is 400.</returns>
    public static (AddCheckpoint Request, SignedNote Note, Checkpoint Checkpoint)? Read(ReadOnlySpan<byte> body)
    {
        if (StrictText.Read(body) is not { } text || ProofText.Split(text) is not ([var first, .. var lines], var note))
            return null;
        if (!first.StartsWith(OldStart, StringComparison.Ordinal))
            return null;
        return
            StrictNumber.Read(first.AsSpan(OldStart.Length)) is { } old
            && ProofText.Hashes(lines) is { } hashes
            && SignedNote.Read(note) is { } signed
            && Checkpoint.Read(signed.Text) is { } checkpoint
            && old <= checkpoint.Size
            ? (new(old, hashes, note), signed, checkpoint)
            : null;
    }
}

/// <summary>What a witness answered, as its client reads it.</summary>
public abstract record WitnessReply
{
    public const string SizeType = "text/x.tlog.size";

    WitnessReply() { }

    /// <summary>It cosigned.</summary>
    /// <param name="Line">Its verified line, to be put under the checkpoint.</param>
    /// <param name="Time">POSIX seconds, from 1 to the end of the year 9999.</param>
    public sealed record Cosigned(SignatureLine Line, ulong Time) : WitnessReply;

    /// <summary>It stands at another size than the request said: the proof is to be built from there.</summary>
    public sealed record Stale(ulong Size) : WitnessReply;

    /// <summary>It did not cosign, or what it sent is no cosignature of its key.</summary>
    public sealed record Refused(int Status) : WitnessReply;

    /// <summary>Reads an answer. Lines of unknown keys are passed over.</summary>
    /// <param name="mediaType">Of the answer's content, without parameters; null where it states none.</param>
    /// <param name="note">The signed checkpoint that was sent.</param>
    /// <param name="witness">The key that the witness is known by.</param>
    public static WitnessReply Read(
        int status,
        string? mediaType,
        ReadOnlySpan<byte> body,
        string note,
        CosignatureVerifier witness
    )
    {
        var text = StrictText.Read(body);
        if (
            status == 409
            && mediaType == SizeType
            && text is [.. var digits, '\n']
            && StrictNumber.Read(digits) is { } size
        )
            return new Stale(size);
        if (status != 200 || text is null || SignedNote.Read(note) is not { Text: var signed })
            return new Refused(status);
        var opened = SignedNote.Open($"{signed}\n{text}", witness);
        // A blank line in the answer would move the border of the text, and the line would be of another text.
        return opened is { Verified: [{ Time: { } time } line] } && opened.Text == signed
            ? new Cosigned(line.Line, time)
            : new Refused(status);
    }
}
