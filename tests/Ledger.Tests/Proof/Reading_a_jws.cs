using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Reading_a_jws
{
    const string Typ = "trade-deed+jwt";

    static JwsFlaw Flaw(string text) => Flaw(Encoding.UTF8.GetBytes(text));

    static JwsFlaw Flaw(byte[] text)
    {
        Assert.Equal(CompactJws.TryRead(text, Typ, out var jws, out var flaw), jws is not null);
        Assert.Equal(jws is not null, flaw == JwsFlaw.None);
        return flaw;
    }

    static CompactJws Read(string text)
    {
        Assert.True(CompactJws.TryRead(Forge.Ascii(text), Typ, out var jws, out _));
        return jws;
    }

    static string Signed => CompactJws.Sign(WorkedExample.IssuerKey, Typ, "{}"u8);

    [Fact]
    public void finds_what_was_signed_and_by_whom()
    {
        var jws = Read(Signed);

        Assert.Equal("{}"u8, jws.Payload);
        Assert.Equal(WorkedExample.Issuer.Thumbprint, jws.Kid);
        Assert.True(jws.IsBy(WorkedExample.Issuer));
        Assert.Equal(Forge.Jws(Forge.Header(Typ), "{}"), Signed);
    }

    [Fact]
    public void takes_the_members_of_the_header_in_any_order() =>
        Assert.True(
            Read(Forge.Jws($$"""{"kid":"{{WorkedExample.Kid}}", "alg":"Ed25519", "typ":"{{Typ}}"}""", "{}"))
                .IsBy(WorkedExample.Issuer)
        );

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("HS512")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("EdDSA")]
    [InlineData("ed25519")]
    [InlineData("")]
    public void refuses_every_other_algorithm(string alg) =>
        Assert.Equal(JwsFlaw.Algorithm, Flaw(Forge.Jws(Forge.Header(Typ, alg), "{}")));

    [Fact]
    public void refuses_an_unsigned_text()
    {
        Assert.Equal(JwsFlaw.Algorithm, Flaw($"{Forge.Encode(Forge.Header(Typ, "none"))}.{Forge.Encode("{}")}."));
        Assert.Equal(JwsFlaw.SignatureLength, Flaw($"{Forge.Encode(Forge.Header(Typ))}.{Forge.Encode("{}")}."));
    }

    [Theory]
    [InlineData("trade-event+sd-jwt")]
    [InlineData("Trade-deed+jwt")]
    [InlineData("application/trade-deed+jwt")]
    [InlineData("JWT")]
    public void refuses_another_typ(string typ) => Assert.Equal(JwsFlaw.Type, Flaw(Forge.Jws(Forge.Header(typ), "{}")));

    [Theory]
    [InlineData("\"crit\":[\"b64\"]")]
    [InlineData("\"jwk\":{}")]
    [InlineData("\"jku\":\"https://example.org\"")]
    [InlineData("\"x5u\":\"https://example.org\"")]
    [InlineData("\"x5c\":[]")]
    [InlineData("\"b64\":false")]
    [InlineData("\"zip\":\"DEF\"")]
    [InlineData("\"cty\":\"JWT\"")]
    [InlineData("\"alg\":\"none\"")]
    [InlineData("\"\\u0061lg\":\"none\"")]
    public void refuses_a_header_with_more_members(string member) =>
        Assert.Equal(JwsFlaw.Header, Flaw(Forge.Jws(Forge.Header(Typ)[..^1] + $",{member}}}", "{}")));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"alg\"")]
    [InlineData("")]
    [InlineData("{\"alg\":\"Ed25519\",\"typ\":\"trade-deed+jwt\"}")]
    [InlineData("{\"alg\":\"Ed25519\",\"typ\":\"trade-deed+jwt\",\"kid\":7}")]
    [InlineData("{\"alg\":\"Ed25519\",\"typ\":\"trade-deed+jwt\",\"kid\":\"key-1\"}")]
    [InlineData(
        "{\"alg\":\"Ed25519\",\"typ\":\"trade-deed+jwt\",\"x\":\"nRIE2VmKdMjL1JD7tbV7fXVgXxmv0GKnMFWRUJMTf9Q\"}"
    )]
    [InlineData(
        "{\"alg\":[\"Ed25519\"],\"typ\":\"trade-deed+jwt\",\"kid\":\"nRIE2VmKdMjL1JD7tbV7fXVgXxmv0GKnMFWRUJMTf9Q\"}"
    )]
    [InlineData(
        "{\"alg\":\"Ed25519\",\"typ\":\"trade-deed+jwt\",\"kid\":\"nRIE2VmKdMjL1JD7tbV7fXVgXxmv0GKnMFWRUJMTf9Q\",}"
    )]
    public void refuses_a_header_that_lacks_one_or_is_none(string header) =>
        Assert.Equal(JwsFlaw.Header, Flaw(Forge.Jws(header, "{}")));

    [Fact]
    public void refuses_what_has_not_three_parts()
    {
        var parts = Signed.Split('.');

        Assert.Equal(JwsFlaw.NotCompact, Flaw(""));
        Assert.Equal(JwsFlaw.NotCompact, Flaw(parts[0]));
        Assert.Equal(JwsFlaw.NotCompact, Flaw($"{parts[0]}.{parts[1]}"));
        Assert.Equal(JwsFlaw.NotCompact, Flaw($"{Signed}."));
        Assert.Equal(JwsFlaw.NotCompact, Flaw($"{parts[0]}..{parts[1]}.{parts[2]}"));
        Assert.Equal(JwsFlaw.TooLong, Flaw(new string('a', StrictText.Longest + 1)));
    }

    [Fact]
    public void refuses_base64url_that_could_be_written_otherwise()
    {
        var parts = Signed.Split('.');
        foreach (var part in Enumerable.Range(0, 3))
        foreach (var spoilt in Spoilt(parts[part]))
            Assert.Equal(JwsFlaw.NotBase64Url, Flaw(string.Join('.', parts.Select((p, i) => i == part ? spoilt : p))));

        static IEnumerable<string> Spoilt(string part) =>
            [
                part + "=",
                part + "==",
                part + "\n",
                part[..2] + "+" + part[3..],
                " " + part,
                part[..2] + " " + part[2..],
                part[..2] + "/" + part[3..],
                part[..2] + "é" + part[3..],
            ];
    }

    [Fact]
    public void refuses_bits_that_belong_to_no_byte()
    {
        // The last of 86 characters carries two bits that count and four that must be zero: A, Q, g or w.
        Assert.Contains(Signed[^1], "AQgw");
        Assert.Equal(JwsFlaw.NotBase64Url, Flaw(Signed[..^1] + (char)(Signed[^1] + 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(72)]
    public void refuses_a_signature_that_has_not_64_bytes(int length)
    {
        var input = Signed[..Signed.LastIndexOf('.')];

        Assert.Equal(JwsFlaw.SignatureLength, Flaw(CompactJws.Join(Forge.Ascii(input), new byte[length])));
    }

    [Fact]
    public void takes_es256_with_a_low_and_with_a_high_s()
    {
        using var device = Forge.DeviceKey();
        var order = new BigInteger(
            Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
            isUnsigned: true,
            isBigEndian: true
        );
        var low = Read(Forge.Sign(device, Typ, "{}"u8));
        var s = new BigInteger(low.Signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var complement = (order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        var high = low.Signature.ToArray();
        high.AsSpan(32).Clear();
        complement.CopyTo(high, 64 - complement.Length);

        Assert.True(low.IsBy(Forge.Public(device)));
        Assert.True(Read(CompactJws.Join(low.SigningInput, high)).IsBy(Forge.Public(device)));
    }

    [Fact]
    public void does_not_take_a_signature_in_der()
    {
        using var device = Forge.DeviceKey();
        var input = CompactJws.ToSign(Forge.Public(device), Typ, "{}"u8);
        var der = device.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        Assert.Equal(JwsFlaw.SignatureLength, Flaw(CompactJws.Join(input, der)));
    }

    [Fact]
    public void believes_no_algorithm_but_that_of_the_key()
    {
        using var device = Forge.DeviceKey();
        var key = Forge.Public(device);
        // The device's kid under the other algorithm, signed by either key.
        var header = Forge.Header(Typ, "Ed25519", key.Thumbprint.ToBase64Url());
        var input = Forge.Ascii($"{Forge.Encode(header)}.{Forge.Encode("{}")}");
        var byDevice = CompactJws.Join(input, device.SignData(input, HashAlgorithmName.SHA256));

        Assert.False(Read(byDevice).IsBy(key));
        Assert.False(Read(Forge.Jws(header, "{}")).IsBy(key));
        Assert.False(Read(Forge.Jws(header, "{}")).IsBy(WorkedExample.Issuer));
        Assert.False(Read(Forge.Jws(Forge.Header(Typ, "ES256"), "{}")).IsBy(WorkedExample.Issuer));
    }

    [Fact]
    public void does_not_believe_a_mac_made_with_the_public_key()
    {
        var input = Forge.Ascii($"{Forge.Encode(Forge.Header(Typ, "HS256"))}.{Forge.Encode("{}")}");
        var mac = HMACSHA256.HashData(WorkedExample.IssuerKey.PublicKey, input);

        Assert.Equal(JwsFlaw.Algorithm, Flaw(CompactJws.Join(input, mac)));
        Assert.Equal(JwsFlaw.Algorithm, Flaw(CompactJws.Join(input, [.. mac, .. mac])));
    }

    [Fact]
    public void finds_a_signature_of_zeros_wrong_under_either_algorithm()
    {
        using var device = Forge.DeviceKey();
        var ed25519 = CompactJws.ToSign(WorkedExample.Issuer, Typ, "{}"u8);
        var es256 = CompactJws.ToSign(Forge.Public(device), Typ, "{}"u8);

        Assert.False(Read(CompactJws.Join(ed25519, new byte[64])).IsBy(WorkedExample.Issuer));
        Assert.False(Read(CompactJws.Join(es256, new byte[64])).IsBy(Forge.Public(device)));
    }
}
