namespace Ledger.Proof.Bundles;

/// <summary>What the witnesses say of the time of one leaf (proof.md §7), seconds; null where nothing is
/// known.</summary>
/// <param name="Claimed">Its own <c>iat</c>; null where it is malformed.</param>
/// <param name="Lower">notBefore of the largest witnessed checkpoint that cannot hold it yet.</param>
/// <param name="Upper">notAfter of the smallest that holds it.</param>
readonly record struct LeafTime(long? Claimed, long? Lower, long? Upper)
{
    const long Slack = 120,
        Widest = 7 * 86_400;

    public static LeafTime Of(ShownLeaf shown, CheckpointHistory notes) =>
        shown is { Included: true, Index: { } index }
            ? new(shown.Leaf?.Claims.Iat, (long?)notes.NotBefore(index), (long?)notes.NotAfter(index))
            : new(shown.Leaf?.Claims.Iat, null, null);

    /// <summary>The verdict.</summary>
    public string Word =>
        this switch
        {
            { Upper: null } => VerdictWords.Unbounded,
            { Lower: null } => VerdictWords.UpperOnly,
            _ when !Fits => VerdictWords.NotSupported,
            _ => $"{(IsWide ? "wide(" : VerdictWords.Supported)}{Text(Lower)},{Text(Upper)})",
        };

    /// <summary>When its keys are judged: at its own time if that is supported, else as late as it may be.</summary>
    public long KeysAt => IsSupported ? Claimed ?? 0 : Upper ?? Claimed ?? 0;

    /// <summary>When the term of its deeds is judged.</summary>
    public long DeedsAt => IsSupported ? Lower ?? 0 : KeysAt;

    bool IsSupported => Lower is not null && Upper is not null && Fits && !IsWide;

    bool Fits => Claimed >= Lower - Slack && Claimed <= Upper + Slack;

    bool IsWide => Upper - Lower > Widest;

    static string Text(long? seconds) => BundleTime.Text((ulong)(seconds ?? 0))!;
}
