namespace Ledger.Proof.Bundles;

/// <summary>A checkpoint file in form, and what the reader's policy says of it.</summary>
/// <param name="Text">The whole file.</param>
/// <param name="Stated">Origin, size and root as it states them, whoever signed.</param>
/// <param name="FirstTime">Smallest time of a cosignature line, verified or not.</param>
sealed record CheckedNote(string Text, Checkpoint Stated, TrustCheck Trust, ulong? FirstTime)
{
    /// <exception cref="MalformedBundleException">It is malformed.</exception>
    public static CheckedNote Read(ReadOnlySpan<byte> file, TrustPolicy policy)
    {
        var text = StrictText.Read(file) ?? throw new MalformedBundleException("not a text that ends with a line feed");
        var note = SignedNote.Read(text) ?? throw new MalformedBundleException("not a signed note");
        var stated =
            Checkpoint.Read(note.Text) ?? throw new MalformedBundleException("not a checkpoint of three lines");
        return new(text, stated, policy.Check(text), BundleTime.FirstOf(note));
    }

    /// <summary>The verdict word, or null where the policy trusts it.</summary>
    public string? Fault =>
        Trust.Trust switch
        {
            Proof.Trust.Trusted => null,
            Proof.Trust.NoQuorum => VerdictWords.NoQuorum,
            Proof.Trust.WrongOrigin => VerdictWords.WrongOrigin,
            _ => VerdictWords.BadCheckpoint,
        };

    /// <summary>Whether a log of the policy signed it, witnessed or not.</summary>
    public bool IsOfLog => Fault is null or VerdictWords.NoQuorum;
}
