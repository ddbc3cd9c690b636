using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Fuzz;

/// <summary>A party's own key (P-256) with the two statements that register it: its own and a registrar's.</summary>
sealed class PartyKey : IDisposable
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    JsonObject Jwk
    {
        get
        {
            var point = key.ExportParameters(false).Q;
            return new()
            {
                ["crv"] = "P-256",
                ["kty"] = "EC",
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            };
        }
    }

    /// <summary>RFC 7638.</summary>
    string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Session.Utf8(Jwk)));

    /// <param name="party">The party as signatures name it.</param>
    public static JsonObject Registration(string party, long from)
    {
        using var own = new PartyKey();
        using var registrar = new PartyKey();
        var statement =
            $$"""{"party":"{{party}}","thumbprint":"{{own.Thumbprint}}","purpose":"deed","from":{{from.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""";
        return new()
        {
            ["jwk"] = own.Jwk,
            ["from"] = from,
            ["pop"] = own.Sign(statement),
            ["vouch"] = registrar.Sign(statement),
            ["voucher"] = registrar.Jwk,
        };
    }

    string Sign(string statement)
    {
        var header = $$"""{"alg":"ES256","typ":"trade-key+jwt","kid":"{{Thumbprint}}"}""";
        var input = $"{Encoded(header)}.{Encoded(statement)}";
        return $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public void Dispose() => key.Dispose();
}
