using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>Why a text is not a JWS as this log reads it (proof.md §10).</summary>
public enum JwsFlaw
{
    None,

    /// <summary>Longer than the caller takes.</summary>
    TooLong,

    /// <summary>Not three parts.</summary>
    NotCompact,

    /// <summary>A part that is not strict base64url.</summary>
    NotBase64Url,

    /// <summary>A header that is not strict JSON with exactly <c>alg</c>, <c>typ</c>, <c>kid</c>, the last a
    /// thumbprint: so no <c>crit</c>, <c>jwk</c>, <c>jku</c>, <c>x5u</c>.</summary>
    Header,

    /// <summary>Neither <c>Ed25519</c> nor <c>ES256</c>.</summary>
    Algorithm,

    /// <summary>Another <c>typ</c> than the one expected here.</summary>
    Type,

    /// <summary>A signature that has not 64 bytes.</summary>
    SignatureLength,
}

/// <summary>A JWS in compact form (RFC 7515), read strictly; nothing is believed before <see cref="IsBy"/>.</summary>
public sealed record CompactJws
{
    CompactJws() { }

    public required string Alg { get; init; }

    public required string Typ { get; init; }

    /// <summary>Thumbprint of the key that is said to have signed: where to look, never whom to trust.</summary>
    public required Hash Kid { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>The ASCII that is signed.</summary>
    public required byte[] SigningInput { get; init; }

    /// <summary>64 bytes.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>Whether that key signed this: its thumbprint, its algorithm, its signature.</summary>
    public bool IsBy(Jwk key) => Kid == key.Thumbprint && Alg == key.Alg && key.Verifies(SigningInput, Signature);

    /// <summary>Reads the form; the signature is not verified.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="typ">The only <c>typ</c> that is taken.</param>
    /// <param name="jws">What was read.</param>
    /// <param name="flaw">What is wrong.</param>
    /// <param name="longest">In bytes.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> text,
        string typ,
        [NotNullWhen(true)] out CompactJws? jws,
        out JwsFlaw flaw,
        int longest = StrictText.Longest
    )
    {
        var first = text.IndexOf((byte)'.');
        var last = text.LastIndexOf((byte)'.');
        jws = null;
        flaw =
            text.Length > longest ? JwsFlaw.TooLong
            : first == last || text[(first + 1)..last].Contains((byte)'.') ? JwsFlaw.NotCompact
            : Read(text, first, last, out jws);
        if (flaw == JwsFlaw.None && jws!.Typ != typ)
            flaw = JwsFlaw.Type;
        if (flaw != JwsFlaw.None)
            jws = null;
        return jws is not null;
    }

    /// <summary>What a key has to sign: header and payload, encoded.</summary>
    public static byte[] ToSign(Jwk key, string typ, ReadOnlySpan<byte> payload)
    {
        using var text = new Utf8Builder();
        text.AddBase64Url(Header(key, typ));
        text.Add("."u8);
        text.AddBase64Url(payload);
        return text.ToArray();
    }

    /// <summary>The compact form of what was signed (<see cref="ToSign"/>) and its signature of 64 bytes.</summary>
    public static string Join(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        $"{Encoding.ASCII.GetString(signed)}.{Base64Url.EncodeToString(signature)}";

    /// <summary>Signs a payload in one go.</summary>
    public static string Sign(Ed25519Key key, string typ, ReadOnlySpan<byte> payload)
    {
        var signed = ToSign(Jwk.OfEd25519(key.PublicKey), typ, payload);
        return Join(signed, key.Sign(signed));
    }

    /// <summary>The one header of this log, as bytes.</summary>
    internal static byte[] Header(Jwk key, string typ) =>
        Encoding.ASCII.GetBytes($$"""{"alg":"{{key.Alg}}","typ":"{{typ}}","kid":"{{key.Thumbprint.ToBase64Url()}}"}""");

    static JwsFlaw Read(ReadOnlySpan<byte> text, int first, int last, out CompactJws? jws)
    {
        jws = null;
        if (
            Part(text[..first]) is not { } header
            || Part(text[(first + 1)..last]) is not { } payload
            || Part(text[(last + 1)..]) is not { } signature
        )
            return JwsFlaw.NotBase64Url;
        if (
            !StrictJson.TryRead(header, JsonRules.Leaf, out var json, out _)
            || json.ValueKind != JsonValueKind.Object
            || json.GetPropertyCount() != 3
            || json.Text("alg") is not { } alg
            || json.Text("typ") is not { } typ
            || json.Hash("kid") is not { } kid
        )
            return JwsFlaw.Header;
        if (alg is not (Jwk.EdDsa or Jwk.Ecdsa))
            return JwsFlaw.Algorithm;
        if (signature.Length != 64)
            return JwsFlaw.SignatureLength;
        jws = new()
        {
            Alg = alg,
            Typ = typ,
            Kid = kid,
            Payload = payload,
            SigningInput = text[..last].ToArray(),
            Signature = signature,
        };
        return JwsFlaw.None;
    }

    /// <summary>What is not ASCII becomes a question mark, which base64url has not.</summary>
    static byte[]? Part(ReadOnlySpan<byte> text) => StrictBase64.ReadUrl(Encoding.ASCII.GetString(text));
}
