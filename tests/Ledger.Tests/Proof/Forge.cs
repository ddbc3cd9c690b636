using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>JWTs with any header and payload, well signed: what is refused is then refused for its form.</summary>
static class Forge
{
    public static string Header(string typ = LeafSigner.Typ, string alg = "Ed25519", string? kid = null) =>
        $$"""{"alg":"{{alg}}","typ":"{{typ}}","kid":"{{kid ?? WorkedExample.Kid}}"}""";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string Jws(string header, string payload)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(WorkedExample.IssuerKey.Sign(Ascii(input)))}";
    }

    public static byte[] Leaf(string payload) => Ascii(Jws(Header(), payload));

    public static byte[] Ascii(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A P-256 key pair that no test draws by chance.</summary>
    public static ECDsa DeviceKey() =>
        ECDsa.Create(
            new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = [.. Enumerable.Repeat((byte)7, 32)] }
        );

    public static Jwk Public(ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        return Jwk.OfP256(q.X, q.Y)!;
    }

    /// <summary>r ‖ s over the signing input of a payload.</summary>
    public static string Sign(ECDsa key, string typ, ReadOnlySpan<byte> payload)
    {
        var input = CompactJws.ToSign(Public(key), typ, payload);
        return CompactJws.Join(input, key.SignData(input, HashAlgorithmName.SHA256));
    }
}
