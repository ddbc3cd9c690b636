namespace Ledger.Proof;

/// <summary>Makes signatures of notes under one key. A further kind of signature is a further implementation: nothing
/// else asks which types there are (proof.md §12).</summary>
public interface INoteSigner
{
    NoteKey Key { get; }

    /// <summary>What follows the key id in a signature line.</summary>
    /// <param name="text">The text of the note with its last LF, without the blank line.</param>
    byte[] Sign(ReadOnlySpan<byte> text);
}

/// <summary>Checks signatures of notes under one key.</summary>
public interface INoteVerifier
{
    NoteKey Key { get; }

    /// <param name="text">The text of the note with its last LF, without the blank line.</param>
    /// <param name="signature">What follows the key id in the signature line; of any length.</param>
    bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    /// <summary>POSIX seconds that a verified signature states; null where its type states none.</summary>
    ulong? TimeOf(ReadOnlySpan<byte> signature);
}
