using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Proof;

namespace Ledger.Keys;

/// <summary>What a deed is judged on besides the leaf it is for.</summary>
/// <param name="Leaf">As it is about to be logged.</param>
/// <param name="Size">Of the log now: the leaf's index is no smaller.</param>
/// <param name="Now">When it is recorded.</param>
/// <param name="Chains">Key chains by the handle that deeds name them with.</param>
/// <param name="Roots">Of the sizes that deeds saw, where the log had such a head.</param>
public sealed record DeedCase(
    Leaf Leaf,
    ulong Size,
    DateTimeOffset Now,
    IReadOnlyDictionary<Hash, Keychain> Chains,
    IReadOnlyDictionary<ulong, Hash> Roots
);

/// <summary>Takes the deeds that parties signed for an event, or says what differs (proof.md §6).</summary>
public static class DeedDecider
{
    /// <summary>A deed of ours has about 800 characters; a longer one would crowd the leaf.</summary>
    public const int Longest = 1024;

    /// <summary>How far ahead a deed may end: the 72 hours of an offline desk.</summary>
    static readonly TimeSpan FurthestEnd = TimeSpan.FromHours(72);

    /// <summary>The first deed that does not hold, and why; null where all hold.</summary>
    public static Refusal? Check(DeedCase c)
    {
        if (c.Leaf.Claims.Act.Any(a => a.Length > Longest))
            return Invalid("length");
        var deeds = Deeds.Check(
            c.Leaf,
            c.Size,
            signed => KeyOf(c, signed) is { } key ? KeyDecider.Read(key.Key.Jwk) : null
        );
        return deeds.Select(d => Check(c, d, deeds)).FirstOrDefault(r => r is not null);
    }

    static Refusal? Check(DeedCase c, CheckedDeed deed, ImmutableArray<CheckedDeed> all) =>
        deed switch
        {
            { Signed: null } => Invalid("form"),
            { Result: SignatureVerdict.UnknownKey } => Invalid("kid"),
            { Result: SignatureVerdict.BadSignature } => Invalid("signature"),
            { Result: SignatureVerdict.ClaimsDiffer, Signed: var signed } => Invalid(Differs(c, signed.Deed, all)),
            { Signed: var signed } => KeyTerms(c, KeyOf(c, signed)!) ?? Terms(c, signed.Deed),
        };

    /// <summary>Of purpose <c>deed</c> and custody own, in the chain that the deed names.</summary>
    static KeyOfChain? KeyOf(DeedCase c, SignedDeed signed) =>
        c.Chains.TryGetValue(signed.Deed.Party, out var chain)
        && chain.Find(signed.Jws.Kid.ToBase64Url()) is { SignsDeeds: true } key
            ? key
            : null;

    static string Differs(DeedCase c, Deed deed, ImmutableArray<CheckedDeed> all) =>
        deed.Evt != c.Leaf.Claims.Evt ? "evt"
        : deed.Item != c.Leaf.Claims.Item ? "item"
        : deed.Jti != c.Leaf.Claims.Jti ? "jti"
        : deed.Digest != Deed.DigestOf(c.Leaf.Claims, c.Leaf.Sd) ? "deed"
        : all.Count(d => d.Signed?.Deed.Role == deed.Role) != 1 ? "role"
        : "seen";

    static Refusal? KeyTerms(DeedCase c, KeyOfChain key) =>
        key.Revoked is not null ? Refusal.Of(KeyEvents.IsRevoked, ("value", key.Key.Thumbprint)).At("act")
        : key.IsValidAt(c.Now) ? null
        : Invalid("kid");

    static Refusal? Terms(DeedCase c, Deed deed) =>
        deed.Exp < c.Now.ToUnixTimeSeconds() || deed.Exp > (c.Now + FurthestEnd).ToUnixTimeSeconds() ? Invalid("exp")
        : c.Roots.TryGetValue(deed.SeenSize, out var root) && root == deed.SeenRoot ? null
        : Invalid("seen");

    static Refusal Invalid(string what) => Refusal.Of("signature-invalid", ("name", "act"), ("reason", what)).At("act");
}
