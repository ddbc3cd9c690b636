using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Checking_a_deed : IDisposable
{
    static readonly LeafSigner Signer = new(WorkedExample.IssuerKey);
    static readonly LeafClaims Claims = WorkedExample.Claims[1] with
    {
        At = DateTimeOffset.UnixEpoch,
        Docs = [new(Hash.Of("1"u8), "image/jpeg", 5)],
        Ref = [new(WorkedExample.Claims[0].Jti, WorkedExample.Signed[0].LeafHash)],
    };
    static readonly Disclosures Facts = Disclosures.Make(Claims.Jti, WorkedExample.Drafts[1]);

    static readonly Deed Seller = new()
    {
        Party = Hash.Of("party"u8),
        Role = "seller",
        Evt = Claims.Evt,
        Item = Claims.Item,
        Jti = Claims.Jti,
        Digest = Deed.DigestOf(Claims, Facts.Sd),
        SeenSize = 0,
        SeenRoot = Hash.Of(""u8),
        Exp = 1767665700,
    };

    readonly Ed25519Key key = new([.. Enumerable.Repeat((byte)5, 32)]);

    public void Dispose() => key.Dispose();

    Jwk Key => Jwk.OfEd25519(key.PublicKey);

    string Sign(Deed deed) => CompactJws.Sign(key, Deed.Typ, deed.ToJson());

    static Leaf LeafWith(params string[] act) => LeafWith(Claims, act);

    static Leaf LeafWith(LeafClaims claims, params string[] act)
    {
        Assert.True(Leaf.TryRead(Signer.Sign(claims with { Act = [.. act] }, Facts).Jwt, out var leaf, out _));
        return leaf;
    }

    IEnumerable<SignatureVerdict> Check(Leaf leaf, ulong index = 1) =>
        Deeds.Check(leaf, index, _ => Key).Select(d => d.Result);

    [Fact]
    public void holds_for_what_the_party_signed()
    {
        var leaf = LeafWith(Sign(Seller), Sign(Seller with { Role = "buyer", SeenSize = 1 }));
        var deeds = Deeds.Check(leaf, 1, signed => signed.Jws.Kid == Key.Thumbprint ? Key : null);

        Assert.All(deeds, d => Assert.Equal(SignatureVerdict.Ok, d.Result));
        Assert.Equal(Seller, deeds[0].Signed!.Deed);
        Assert.Equal("buyer", deeds[1].Signed!.Deed.Role);
    }

    [Fact]
    public void has_one_payload()
    {
        var expected = $$$"""
            {"party":"{{{Seller.Party.ToBase64Url()}}}","role":"seller","evt":"item-registered.v1",
            "item":"{{{Claims.Item.ToBase64Url()}}}","jti":"{{{Claims.Jti}}}",
            "deed":"{{{Seller.Digest.ToBase64Url()}}}",
            "seen":{"size":0,"root":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"},"exp":1767665700}
            """.ReplaceLineEndings("");

        Assert.Equal(expected, Encoding.UTF8.GetString(Seller.ToJson()));
        Assert.Equal(Seller, Deed.Read(Seller.ToJson()));
        Assert.Equal(Forge.Header(Deed.Typ, kid: Key.Thumbprint.ToBase64Url()), Header(Sign(Seller)));

        static string Header(string jws) => Encoding.UTF8.GetString(StrictBase64.ReadUrl(jws.Split('.')[0])!);
    }

    [Fact]
    public void digests_what_is_said_in_canonical_form()
    {
        var h = Hash.Of("1"u8).ToBase64Url();
        var sd = string.Join(',', Facts.Sd.Select(d => $"\"{d}\""));
        var canonical =
            $$$"""
            {"_sd":[{{{sd}}}],"at":"1970-01-01T00:00:00.000Z",
            "docs":[{"h":"{{{h}}}","mt":"image/jpeg","sz":5}],
            "ids":["{{{Claims.Ids[0].ToBase64Url()}}}"],
            "ref":[{"h":"{{{WorkedExample.Signed[0].LeafHash.ToBase64Url()}}}","jti":"{{{WorkedExample.Claims[
                0
            ].Jti}}}"}],
            "said":{"category":"car"}}
            """.ReplaceLineEndings(
                ""
            );

        Assert.Equal(Hash.Of(Encoding.UTF8.GetBytes(canonical)), Deed.DigestOf(Claims, Facts.Sd));
        Assert.Equal(
            Hash.Of("""{"said":{"a":1,"b":2}}"""u8),
            Deed.DigestOf(WorkedExample.Claims[0] with { Said = WorkedExample.Utf8("""{"b":2,"a":1}""") }, [])
        );
    }

    [Fact]
    public void does_not_cover_what_the_ledger_adds()
    {
        Assert.Equal(
            Seller.Digest,
            Deed.DigestOf(Claims with { N = 9, Prev = Hash.Of("9"u8), Iat = 9, Judged = default }, Facts.Sd)
        );
        Assert.NotEqual(Seller.Digest, Deed.DigestOf(Claims with { At = null }, Facts.Sd));
        Assert.NotEqual(Seller.Digest, Deed.DigestOf(Claims with { Ids = [] }, Facts.Sd));
        Assert.NotEqual(Seller.Digest, Deed.DigestOf(Claims with { Docs = [] }, Facts.Sd));
        Assert.NotEqual(Seller.Digest, Deed.DigestOf(Claims with { Ref = [] }, Facts.Sd));
        Assert.NotEqual(Seller.Digest, Deed.DigestOf(Claims, []));
    }

    [Fact]
    public void fails_for_another_leaf()
    {
        var act = Sign(Seller);
        IEnumerable<SignatureVerdict> differs = [SignatureVerdict.ClaimsDiffer];

        Assert.Equal(differs, Check(LeafWith(Claims with { Evt = "item-listed.v1" }, act)));
        Assert.Equal(differs, Check(LeafWith(Claims with { Item = Hash.Of("2"u8) }, act)));
        Assert.Equal(differs, Check(LeafWith(Claims with { Jti = new("55673964-c6cc-8d92-93d1-91db9a9faf2b") }, act)));
        Assert.Equal(differs, Check(LeafWith(Claims with { Said = WorkedExample.Utf8("{}") }, act)));
        Assert.Equal(
            [SignatureVerdict.Ok],
            Check(LeafWith(Claims with { Judged = default, N = 7, Prev = Hash.Of("6"u8) }, act))
        );
    }

    [Fact]
    public void fails_where_two_play_one_part() =>
        Assert.Equal(
            [SignatureVerdict.ClaimsDiffer, SignatureVerdict.Ok, SignatureVerdict.ClaimsDiffer],
            Check(
                LeafWith(
                    Sign(Seller),
                    Sign(Seller with { Role = "buyer" }),
                    Sign(Seller with { Party = Hash.Of("x"u8) })
                )
            )
        );

    [Fact]
    public void fails_where_its_signer_saw_a_log_that_was_not_yet()
    {
        var leaf = LeafWith(Sign(Seller with { SeenSize = 8 }));

        Assert.Equal([SignatureVerdict.ClaimsDiffer], Check(leaf, index: 7));
        Assert.Equal([SignatureVerdict.Ok], Check(leaf, index: 8));
    }

    [Fact]
    public void fails_without_a_key_and_with_another()
    {
        var leaf = LeafWith(Sign(Seller));
        var other = WorkedExample.Issuer;

        Assert.Equal(SignatureVerdict.UnknownKey, Deeds.Check(leaf, 1, _ => null)[0].Result);
        Assert.Equal(SignatureVerdict.BadSignature, Deeds.Check(leaf, 1, _ => other)[0].Result);
    }

    [Fact]
    public void fails_where_the_signature_or_the_form_is_wrong()
    {
        var jws = Sign(Seller);
        var signature = StrictBase64.ReadUrl(jws.Split('.')[2])!;
        signature[7] ^= 1;
        var spoilt = CompactJws.Join(Forge.Ascii(jws[..jws.LastIndexOf('.')]), signature);
        var asStatement = CompactJws.Sign(key, KeyStatement.Typ, Seller.ToJson());

        Assert.Equal(
            Enumerable.Repeat(SignatureVerdict.BadSignature, 4),
            Check(LeafWith(spoilt, asStatement, "x", jws + "~"))
        );
    }

    [Theory]
    [InlineData("\"seen\":{\"size\":0", "\"seen\":{\"size\":-1")]
    [InlineData("\"seen\":{\"size\":0", "\"seen\":{\"size\":0.5")]
    [InlineData("\"seen\":{\"size\":0", "\"seen\":{\"n\":1,\"size\":0")]
    [InlineData("\"seen\":{\"size\":0,", "\"seen\":{")]
    [InlineData("\"exp\":1767665700", "\"exp\":\"1767665700\"")]
    [InlineData("\"exp\":1767665700", "\"exp\":1767665700,\"n\":1")]
    [InlineData(",\"exp\":1767665700", "")]
    [InlineData("\"role\":\"seller\"", "\"role\":\"\"")]
    [InlineData("\"role\":\"seller\"", "\"role\":\"seller\",\"role\":\"buyer\"")]
    [InlineData("\"jti\":\"55673964", "\"jti\":\"5567396X")]
    [InlineData("\"deed\":\"", "\"deed\":\"A")]
    public void fails_where_the_payload_has_another_shape(string part, string other)
    {
        var json = Encoding.UTF8.GetString(Seller.ToJson());
        var changed = json.Replace(part, other);
        Assert.NotEqual(json, changed);

        Assert.Null(Deed.Read(Forge.Ascii(changed)));
        Assert.Equal(
            [SignatureVerdict.BadSignature],
            Check(LeafWith(CompactJws.Sign(key, Deed.Typ, Forge.Ascii(changed))))
        );
    }

    [Fact]
    public void holds_for_a_key_in_a_device()
    {
        using var device = Forge.DeviceKey();
        var leaf = LeafWith(Forge.Sign(device, Deed.Typ, Seller.ToJson()));

        Assert.Equal(SignatureVerdict.Ok, Deeds.Check(leaf, 1, _ => Forge.Public(device))[0].Result);
        Assert.Equal(SignatureVerdict.BadSignature, Deeds.Check(leaf, 1, _ => Key)[0].Result);
    }
}
