using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>
/// A public key as JSON (RFC 7517): Ed25519, or P-256 for keys in people's devices. It verifies with its own algorithm
/// only, whatever a signature claims about itself.
/// </summary>
public sealed record Jwk
{
    internal const string EdDsa = "Ed25519",
        Ecdsa = "ES256";

    readonly byte[] x;

    /// <summary>Null for Ed25519.</summary>
    readonly byte[]? y;

    Jwk(byte[] x, byte[]? y)
    {
        this.x = x;
        this.y = y;
        Json = y is null
            ? $$"""{"crv":"Ed25519","kty":"OKP","x":"{{Text(x)}}"}"""
            : $$"""{"crv":"P-256","kty":"EC","x":"{{Text(x)}}","y":"{{Text(y)}}"}""";
        Thumbprint = Hash.Of(Encoding.ASCII.GetBytes(Json));
    }

    /// <summary>The one way to write it: the members RFC 7638 hashes, in its order, no others.</summary>
    public string Json { get; }

    /// <summary>RFC 7638, SHA-256 of <see cref="Json"/>; as base64url it is the <c>kid</c> of headers.</summary>
    public Hash Thumbprint { get; }

    /// <summary>The <c>alg</c> of its signatures: <c>Ed25519</c> (RFC 9864) or <c>ES256</c>.</summary>
    public string Alg => y is null ? EdDsa : Ecdsa;

    public bool Equals(Jwk? other) => other is not null && Thumbprint == other.Thumbprint;

    public override int GetHashCode() => Thumbprint.GetHashCode();

    public override string ToString() => Json;

    /// <summary>An Ed25519 key of 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static Jwk OfEd25519(ReadOnlySpan<byte> publicKey) => new(Hash.Read(publicKey).ToArray(), null);

    /// <summary>A P-256 key.</summary>
    /// <returns>Null where the point is not on the curve.</returns>
    public static Jwk? OfP256(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        try
        {
            var key = new Jwk(Hash.Read(x).ToArray(), Hash.Read(y).ToArray());
            key.OnCurve().Dispose();
            return key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads a key: exactly the members of its kind, each a base64url of 32 bytes, in any order.</summary>
    /// <returns>Null where it is none.</returns>
    public static Jwk? Read(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object
            ? null
            : (json.GetPropertyCount(), json.Text("kty"), json.Text("crv"), json.Hash("x"), json.Hash("y")) switch
            {
                (3, "OKP", "Ed25519", { } x, _) => OfEd25519(x),
                (4, "EC", "P-256", { } x, { } y) => OfP256(x, y),
                _ => null,
            };

    /// <summary>Whether a signature of 64 bytes over some bytes is this key's. ES256 is r ‖ s, and a high s is as good
    /// as its complement: many devices do not choose.</summary>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64)
            return false;
        if (y is null)
            return Ed25519.Verify(x, message, signature);
        using var key = OnCurve();
        return key.VerifyData(
            message,
            signature,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
    }

    ECDsa OnCurve() =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = x, Y = y },
            }
        );

    static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
