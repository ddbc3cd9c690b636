using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>Why a text is not an SD-JWT as this log reads it (proof.md §6, §10; RFC 9901 §7.1).</summary>
public enum SdJwtFlaw
{
    None,

    /// <summary>Longer than any text may be.</summary>
    TooLong,

    /// <summary>No tilde behind the JWT.</summary>
    NoTilde,

    /// <summary>Something behind the last tilde, or a key to bind to: the log knows no holder.</summary>
    KeyBinding,

    /// <summary>A disclosure that is not base64url of a strict JSON array with salt, perhaps name, and value.</summary>
    Disclosure,

    /// <summary>A claim called <c>_sd</c> or <c>...</c> where it is not structure.</summary>
    ReservedName,

    /// <summary><c>_sd_alg</c> is there and not <c>sha-256</c>.</summary>
    HashAlgorithm,

    /// <summary><c>_sd</c> or <c>{"...":digest}</c> of another shape.</summary>
    Digest,

    /// <summary>A digest, or a disclosure, that stands twice.</summary>
    DigestTwice,

    /// <summary>A disclosure that nothing refers to.</summary>
    Unreferenced,

    /// <summary>A disclosure with a name where an element is wanted, or without one where a member is.</summary>
    WrongPlace,

    /// <summary>A disclosed name that its object already has.</summary>
    NameExists,

    /// <summary>Deeper than <see cref="StrictJson.DeepestLevel"/> with everything disclosed.</summary>
    TooDeep,
}

/// <summary>A fact that was disclosed.</summary>
/// <param name="Encoded">Its base64url form, which is what the digest is over.</param>
/// <param name="Digest">SHA-256 of <paramref name="Encoded"/>.</param>
/// <param name="Name">Null for an element of an array.</param>
/// <param name="Value">Its value.</param>
public sealed record Disclosure(string Encoded, Hash Digest, string? Name, JsonElement Value)
{
    /// <summary>Reads one; any bytes will do that are a JSON array of the right shape, spaces included.</summary>
    /// <returns>Null where it is none.</returns>
    public static Disclosure? Read(string encoded)
    {
        if (
            StrictBase64.ReadUrl(encoded) is not { } utf8
            || !StrictJson.TryRead(utf8, JsonRules.Document, out var array, out _)
            || array.ValueKind != JsonValueKind.Array
        )
            return null;
        return array.EnumerateArray().ToArray() switch
        {
            [{ ValueKind: JsonValueKind.String }, var value] => new(encoded, Digest(), null, value),
            [{ ValueKind: JsonValueKind.String }, { ValueKind: JsonValueKind.String } name, var value] => new(
                encoded,
                Digest(),
                name.GetString(),
                value
            ),
            _ => null,
        };

        Hash Digest() => Disclosures.DigestOf(encoded);
    }
}

/// <summary>A JWT with what its bearer discloses: <c>jwt~d1~d2~</c> (RFC 9901). The JWT is not looked into.</summary>
/// <param name="Jwt">ASCII of the issuer's JWT.</param>
/// <param name="Disclosures">In their order.</param>
public sealed record SdJwt(byte[] Jwt, ImmutableArray<Disclosure> Disclosures)
{
    /// <summary>Reads the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SdJwt? token, out SdJwtFlaw flaw)
    {
        token = null;
        flaw = text.Length > StrictText.Longest ? SdJwtFlaw.TooLong : Read(text, out token);
        return flaw == SdJwtFlaw.None;
    }

    /// <summary>The form of a JWT and the disclosures that go with it.</summary>
    public static string Join(ReadOnlySpan<byte> jwt, params IEnumerable<string> disclosures) =>
        string.Concat([Encoding.ASCII.GetString(jwt), "~", .. disclosures.Select(d => d + "~")]);

    /// <summary>The disclosures as text, whether or not they are in form; none where the text is not one of
    /// ASCII that ends with a tilde and shows each once.</summary>
    internal static string[] DisclosuresIn(ReadOnlySpan<byte> text) =>
        Ascii.IsValid(text)
        && !text.Contains((byte)'\r')
        && Encoding.ASCII.GetString(text).Split('~') is [_, .. var shown, ""]
        && shown.Distinct(StringComparer.Ordinal).Count() == shown.Length
            ? shown
            : [];

    /// <summary>Puts what was disclosed in its place and takes away what holds digests.</summary>
    /// <param name="payload">The JWT's payload, strictly read.</param>
    /// <param name="open">The payload as its bearer wants it seen.</param>
    /// <param name="flaw">What is wrong.</param>
    public bool TryOpen(JsonElement payload, out JsonElement open, out SdJwtFlaw flaw) =>
        new SdJwtOpener(Disclosures).TryOpen(payload, out open, out flaw);

    /// <summary>Whether a claim anywhere in a value has a name that only structure may have.</summary>
    internal static bool HoldsReservedName(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any(m => IsReserved(m.Name) || HoldsReservedName(m.Value)),
            JsonValueKind.Array => value.EnumerateArray().Any(HoldsReservedName),
            _ => false,
        };

    internal static bool IsReserved(string name) => name is "_sd" or "...";

    static SdJwtFlaw Read(ReadOnlySpan<byte> text, out SdJwt? token)
    {
        token = null;
        var parts = Encoding.Latin1.GetString(text).Split('~');
        if (parts.Length < 2)
            return SdJwtFlaw.NoTilde;
        if (parts[^1] is not "")
            return SdJwtFlaw.KeyBinding;
        var disclosures = ImmutableArray.CreateBuilder<Disclosure>(parts.Length - 2);
        var digests = new HashSet<Hash>();
        foreach (var encoded in parts[1..^1])
        {
            if (Disclosure.Read(encoded) is not { } disclosure)
                return SdJwtFlaw.Disclosure;
            if (disclosure.Name is { } name && IsReserved(name))
                return SdJwtFlaw.ReservedName;
            if (!digests.Add(disclosure.Digest))
                return SdJwtFlaw.DigestTwice;
            disclosures.Add(disclosure);
        }
        token = new(text[..parts[0].Length].ToArray(), disclosures.ToImmutable());
        return SdJwtFlaw.None;
    }
}
