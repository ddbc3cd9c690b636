using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Ledger.Proof;

/// <summary>One signature line: whose it says it is, and what follows the key id.</summary>
public sealed record SignatureLine(string Name, uint KeyId, ImmutableArray<byte> Signature)
{
    const string Start = "— ";
    const int ShortestPayload = 5;

    /// <summary>The line with its LF: em dash, space, name, space, b64(id ‖ signature).</summary>
    public string Text
    {
        get
        {
            var payload = new byte[4 + Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(payload, KeyId);
            Signature.CopyTo(payload, 4);
            return $"{Start}{Name} {Convert.ToBase64String(payload)}\n";
        }
    }

    /// <summary>Reads a line without its LF.</summary>
    /// <returns>Null where it is none.</returns>
    internal static SignatureLine? Read(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal))
            return null;
        if (line[Start.Length..].Split(' ') is not [var name, var b64] || !NoteKey.IsName(name))
            return null;
        if (StrictBase64.Read(b64) is not { Length: >= ShortestPayload } payload)
            return null;
        return new(name, BinaryPrimitives.ReadUInt32BigEndian(payload), [.. payload.AsSpan(4)]);
    }
}

/// <summary>A signature line that verified under a key of the reader's, and the time it states, if any.</summary>
/// <param name="Time">POSIX seconds, from 1 to the end of the year 9999.</param>
public sealed record VerifiedLine(INoteVerifier By, SignatureLine Line, ulong? Time);

/// <summary>Why a note does not count.</summary>
public enum NoteFault
{
    /// <summary>Not a note: its text, no blank line, no or more than 100 lines, a line that is no signature.</summary>
    Malformed,

    /// <summary>A line's name and id fit two of the verifiers.</summary>
    AmbiguousKey,

    /// <summary>A line of a known key is not its signature.</summary>
    WrongSignature,

    /// <summary>No line is of a known key.</summary>
    NoneVerified,
}

/// <summary>A note whose lines were held against keys.</summary>
/// <param name="Fault">Null, or nothing in the note may be used.</param>
/// <param name="Text">The signed text.</param>
/// <param name="Verified">The first line of each known key, in the order of the note.</param>
/// <param name="Ignored">Lines of other keys, each once.</param>
public sealed record OpenedNote(
    NoteFault? Fault,
    string Text,
    ImmutableArray<VerifiedLine> Verified,
    ImmutableArray<SignatureLine> Ignored
)
{
    internal static OpenedNote Refused(NoteFault fault) => new(fault, "", [], []);
}

/// <summary>A text with signature lines under it (C2SP signed-note, proof.md §5), read but not yet believed.</summary>
/// <param name="Text">Ends with LF.</param>
/// <param name="Lines">1 to 100.</param>
public sealed record SignedNote(string Text, ImmutableArray<SignatureLine> Lines)
{
    public const int MostLines = 100;

    /// <summary>Splits at the last blank line and reads every line under it.</summary>
    /// <returns>Null where the note is malformed.</returns>
    public static SignedNote? Read(string note)
    {
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !IsText(note))
            return null;
        var rows = note[(split + 2)..].Split('\n');
        // The last row is what follows the last LF: nothing.
        if (rows.Length is 1 or > MostLines + 1)
            return null;
        var lines = ImmutableArray.CreateBuilder<SignatureLine>(rows.Length - 1);
        foreach (var row in rows.AsSpan()[..^1])
        {
            if (SignatureLine.Read(row) is not { } line)
                return null;
            lines.Add(line);
        }
        return new(note[..(split + 1)], lines.MoveToImmutable());
    }

    /// <summary>Reads a note and verifies it under the keys that the reader knows.</summary>
    public static OpenedNote Open(string note, params ReadOnlySpan<INoteVerifier> verifiers) =>
        Read(note) is { } read ? read.Open(verifiers) : OpenedNote.Refused(NoteFault.Malformed);

    /// <summary>Verifies each line of a known key, a second one of the same key too; one that fails spoils the
    /// note.</summary>
    public OpenedNote Open(params ReadOnlySpan<INoteVerifier> verifiers)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var verified = new List<VerifiedLine>();
        var ignored = new Dictionary<string, SignatureLine>(StringComparer.Ordinal);
        foreach (var line in Lines)
        {
            INoteVerifier? by = null;
            foreach (var verifier in verifiers)
            {
                if (verifier.Key.Id != line.KeyId || verifier.Key.Name != line.Name)
                    continue;
                if (by is not null)
                    return OpenedNote.Refused(NoteFault.AmbiguousKey);
                by = verifier;
            }
            if (by is null)
                ignored.TryAdd(line.Text, line);
            else if (!by.Verify(text, line.Signature.AsSpan()))
                return OpenedNote.Refused(NoteFault.WrongSignature);
            else if (verified.TrueForAll(v => v.By != by))
                verified.Add(new(by, line, by.TimeOf(line.Signature.AsSpan())));
        }
        return verified.Count == 0
            ? OpenedNote.Refused(NoteFault.NoneVerified)
            : new(null, Text, [.. verified], [.. ignored.Values]);
    }

    /// <summary>The text, a blank line, and one line of each signer.</summary>
    /// <exception cref="ArgumentException">The text does not end with LF or holds another control
    /// character.</exception>
    public static string Sign(string text, params ReadOnlySpan<INoteSigner> signers)
    {
        var note = new StringBuilder(text).Append('\n');
        foreach (var signer in signers)
            note.Append(Line(text, signer));
        return note.ToString();
    }

    /// <summary>One signature line with its LF, to be put under a note of that text.</summary>
    /// <exception cref="ArgumentException">The text does not end with LF or holds another control
    /// character.</exception>
    public static string Line(string text, INoteSigner signer) =>
        IsText(text)
            ? new SignatureLine(signer.Key.Name, signer.Key.Id, [.. signer.Sign(Encoding.UTF8.GetBytes(text))]).Text
            : throw new ArgumentException(
                "A note's text ends with LF and has no other control character.",
                nameof(text)
            );

    static bool IsText(string text) => StrictText.Holds(text) && !text.Any(c => c < ' ' && c != '\n');
}
