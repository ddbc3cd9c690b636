namespace Ledger.Proof.Bundles;

/// <summary>The words of the four verdicts (proof.md §1).</summary>
public static class VerdictWords
{
    public const string Existed = "existed",
        Unwitnessed = "existed(unwitnessed)",
        NoQuorum = "no-quorum",
        BadInclusion = "bad-inclusion",
        BadCheckpoint = "bad-checkpoint",
        WrongOrigin = "wrong-origin",
        OwnKey = "own-key",
        OwnKeyUnvouched = "own-key-unvouched",
        OnBehalf = "on-behalf",
        BadSignature = "bad-signature",
        UnknownKey = "unknown-key",
        KeyRevoked = "key-revoked",
        KeyExpired = "key-expired",
        KeyNotYetValid = "key-not-yet-valid",
        DeedExpired = "deed-expired",
        RoleMissing = "role-missing",
        ClaimsDiffer = "claims-differ",
        CompleteUpTo = "complete-up-to ",
        NoHeadMap = "no-head-map",
        StaleHeadMap = "stale-head-map",
        BoundTwice = "identifier-bound-twice",
        NotAsked = "not-asked",
        Supported = "supported(",
        NotSupported = "not-supported",
        UpperOnly = "upper-only",
        Unbounded = "unbounded";

    /// <summary>The finding that a head map says something else than the log; it shares its word with the
    /// event.</summary>
    public const string FalseHeadMap = "head-map";

    /// <summary>The finding that an event of another stream is not one that the chain notes.</summary>
    public const string Linked = "linked";

    /// <summary>Whether an event's verdicts meet one thing that is required.</summary>
    public static bool Meets(EventVerdict e, Requirements one) =>
        one switch
        {
            Requirements.Existed => e.Existed is Existed or Unwitnessed,
            Requirements.Witnessed => e.Existed == Existed,
            Requirements.SaidBy => e.SaidBy is OwnKey or OwnKeyUnvouched or OnBehalf,
            Requirements.OwnKey => e.SaidBy == OwnKey,
            Requirements.Complete => IsComplete(e.Complete),
            _ => e.Time.StartsWith(Supported, StringComparison.Ordinal),
        };

    public static bool IsComplete(string word) => word.StartsWith(CompleteUpTo, StringComparison.Ordinal);
}
