using System.Text;

namespace Ledger.Proof;

/// <summary>
/// What a new key says of itself (<c>pop</c>) and what somebody says of it (<c>vouch</c>): that it is a party's, for a
/// purpose, from a time on (proof.md §6).
/// </summary>
/// <param name="Party">Handle of the party's key chain.</param>
/// <param name="Thumbprint">Of the new key.</param>
/// <param name="Purpose">What it may sign: <c>deed</c>, <c>wipe</c> …</param>
/// <param name="From">Unix seconds.</param>
public sealed record KeyStatement(Hash Party, Hash Thumbprint, string Purpose, long From)
{
    /// <summary>The one <c>typ</c> of key statements.</summary>
    public const string Typ = "trade-key+jwt";

    /// <summary>The payload to sign.</summary>
    public byte[] ToJson()
    {
        using var json = new Utf8Builder();
        json.Add("{\"party\":"u8);
        json.AddText(Party.ToBase64Url());
        json.Add(",\"thumbprint\":"u8);
        json.AddText(Thumbprint.ToBase64Url());
        json.Add(",\"purpose\":"u8);
        json.AddText(Purpose);
        json.Add(",\"from\":"u8);
        json.Add(From);
        json.Add("}"u8);
        return json.ToArray();
    }

    /// <summary>Signs with a key at hand; a key elsewhere signs <see cref="CompactJws.ToSign"/>.</summary>
    public string Sign(Ed25519Key key) => CompactJws.Sign(key, Typ, ToJson());

    /// <summary>Whether a JWS is exactly this statement.</summary>
    /// <param name="jws">Compact form, as <c>pop</c> or <c>vouch</c> hold it.</param>
    /// <param name="keyOf">Whose signature is wanted, by kid: for <c>pop</c> the new key's, for <c>vouch</c> that of a
    /// registrar or of an earlier own key; null where the reader knows none.</param>
    public SignatureVerdict Check(string jws, Func<Hash, Jwk?> keyOf) =>
        !CompactJws.TryRead(Encoding.UTF8.GetBytes(jws), Typ, out var read, out _) ? SignatureVerdict.BadSignature
        : keyOf(read.Kid) is not { } key ? SignatureVerdict.UnknownKey
        : !read.IsBy(key) ? SignatureVerdict.BadSignature
        : Read(read.Payload) == this ? SignatureVerdict.Ok
        : SignatureVerdict.ClaimsDiffer;

    /// <summary>What a JWS states; the signature is not verified.</summary>
    /// <returns>Null where it is no statement.</returns>
    public static KeyStatement? ReadUnverified(string jws) =>
        CompactJws.TryRead(Encoding.UTF8.GetBytes(jws), Typ, out var read, out _) ? Read(read.Payload) : null;

    static KeyStatement? Read(ReadOnlySpan<byte> payload) =>
        StrictJson.TryRead(payload, JsonRules.Leaf, out var json, out _)
        && json.Has("party", "thumbprint", "purpose", "from")
        && json.Hash("party") is { } party
        && json.Hash("thumbprint") is { } thumbprint
        && json.Text("purpose") is { } purpose
        && json.GetProperty("from").Integer() is { } from
            ? new(party, thumbprint, purpose, from)
            : null;
}
