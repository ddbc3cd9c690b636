using System.Collections.Immutable;
using System.Text;

namespace Ledger.Proof;

/// <summary>What became of a party's signature: the words of <c>saidBy</c> that need no time (proof.md §1).</summary>
public enum SignatureVerdict
{
    Ok,

    /// <summary>Malformed, or not signed by the key it names.</summary>
    BadSignature,

    /// <summary>Signed, but something else than stands in the leaf.</summary>
    ClaimsDiffer,

    /// <summary>The reader has no key for it.</summary>
    UnknownKey,
}

/// <summary>A deed with its signature, both as read.</summary>
public sealed record SignedDeed(Deed Deed, CompactJws Jws);

/// <summary>A deed of a leaf and what became of it.</summary>
/// <param name="Result">Whether it holds for that leaf.</param>
/// <param name="Signed">Null where it is malformed.</param>
public sealed record CheckedDeed(SignatureVerdict Result, SignedDeed? Signed);

/// <summary>The claim <c>act</c> of a leaf, checked against that leaf (proof.md §6). Terms of keys, times and which
/// roles an event requires are the verifier's.</summary>
public static class Deeds
{
    /// <summary>Reads one; the signature is not verified.</summary>
    /// <returns>Null where it is malformed.</returns>
    public static SignedDeed? Read(string jws) =>
        CompactJws.TryRead(Encoding.UTF8.GetBytes(jws), Deed.Typ, out var read, out _)
        && Deed.Read(read.Payload) is { } deed
            ? new(deed, read)
            : null;

    /// <summary>Each deed of a leaf, in its order.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="index">Its place in the log: nobody saw a log larger than that before he signed.</param>
    /// <param name="keyOf">The key of purpose <c>deed</c> with that kid in the chain of that party, or null.</param>
    public static ImmutableArray<CheckedDeed> Check(Leaf leaf, ulong index, Func<SignedDeed, Jwk?> keyOf)
    {
        var deeds = leaf.Claims.Act.Select(Read).ToArray();
        var digest = deeds.Length == 0 ? default : Deed.DigestOf(leaf.Claims, leaf.Sd);
        return [.. deeds.Select(d => new CheckedDeed(d is null ? SignatureVerdict.BadSignature : Result(d), d))];

        SignatureVerdict Result(SignedDeed signed) =>
            keyOf(signed) is not { } key ? SignatureVerdict.UnknownKey
            : !signed.Jws.IsBy(key) ? SignatureVerdict.BadSignature
            : Fits(signed.Deed) ? SignatureVerdict.Ok
            : SignatureVerdict.ClaimsDiffer;

        bool Fits(Deed deed) =>
            deed.Evt == leaf.Claims.Evt
            && deed.Item == leaf.Claims.Item
            && deed.Jti == leaf.Claims.Jti
            && deed.Digest == digest
            && deed.SeenSize <= index
            && deeds.Count(d => d?.Deed.Role == deed.Role) == 1;
    }
}
