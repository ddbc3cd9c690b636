namespace Ledger.Proof.Bundles;

/// <summary>Who stands for an event (proof.md §6): the issuer's signature, then every deed.</summary>
sealed class SaidBy(VerifiedKeys keys, CheckpointHistory notes, BundleFindings findings)
{
    /// <summary>The verdict: the first thing that is wrong, or how good it is.</summary>
    public string Word(ShownLeaf shown)
    {
        if (shown.Leaf is not { } leaf)
            return VerdictWords.BadSignature;
        if (keys.FaultIn(shown, leaf, notes) is { } fault)
            return fault;
        return leaf.Claims.Act.IsEmpty ? VerdictWords.OnBehalf : OfDeeds(shown, leaf);
    }

    string OfDeeds(ShownLeaf shown, Leaf leaf)
    {
        var time = LeafTime.Of(shown, notes);
        var (roles, vouched) = (new HashSet<string>(StringComparer.Ordinal), true);
        // Without an index nobody can have seen too much.
        foreach (var deed in Deeds.Check(leaf, shown.Index ?? ulong.MaxValue, d => KeyOf(d)?.Jwk))
        {
            if (deed.Signed is not { } signed)
            {
                findings.Add(VerdictWords.BadSignature, $"{shown.Name}: a deed is malformed");
                return VerdictWords.BadSignature;
            }
            if (Fault(deed.Result, signed.Deed) is { } fault)
                return fault;
            var key = KeyOf(signed)!;
            if (key.FaultAt(shown.Index, time.KeysAt) is { } late)
                return late;
            if (signed.Deed.Exp < time.DeedsAt)
                return VerdictWords.DeedExpired;
            roles.Add(signed.Deed.Role);
            vouched &= key.IsVouched;
        }
        return !KnownEvents.Roles.GetValueOrDefault(leaf.Claims.Evt, []).All(roles.Contains) ? VerdictWords.RoleMissing
            : vouched ? VerdictWords.OwnKey
            : VerdictWords.OwnKeyUnvouched;
    }

    string? Fault(SignatureVerdict result, Deed deed) =>
        result switch
        {
            SignatureVerdict.UnknownKey => VerdictWords.UnknownKey,
            SignatureVerdict.BadSignature => VerdictWords.BadSignature,
            SignatureVerdict.ClaimsDiffer => VerdictWords.ClaimsDiffer,
            _ => SawTheLog(deed) ? null : VerdictWords.ClaimsDiffer,
        };

    /// <summary>Whether what the signer had seen is this log's, as far as the bundle shows it.</summary>
    bool SawTheLog(Deed deed) =>
        (deed.SeenSize == 0 ? Merkle.EmptyRoot : notes.RootOf(deed.SeenSize)) is not { } root || root == deed.SeenRoot;

    RegisteredKey? KeyOf(SignedDeed signed) =>
        keys.Find(signed.Jws.Kid) is { Purpose: "deed", IsOwn: true } key && key.Party == signed.Deed.Party
            ? key
            : null;
}
