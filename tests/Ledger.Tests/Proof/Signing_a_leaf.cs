using System.Text;
using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Signing_a_leaf
{
    static readonly LeafSigner Signer = new(WorkedExample.IssuerKey);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void gives_every_byte_of_the_worked_example(int index)
    {
        var expected = WorkedExample.Leaves[index];
        var signed = WorkedExample.Signed[index];

        Assert.Equal(expected.Text("jwt"), Encoding.ASCII.GetString(signed.Jwt));
        Assert.Equal(expected.Text("leaf_hash_base64"), signed.LeafHash.ToBase64());
        Assert.Equal(
            expected.GetProperty("disclosures").EnumerateArray().Select(d => d.GetString()),
            signed.Disclosures
        );
        Assert.Equal(expected.GetProperty("payload").Text("jti"), WorkedExample.Claims[index].Jti.ToString());
    }

    [Fact]
    public void names_the_key_by_its_thumbprint() =>
        Assert.Equal(WorkedExample.Kid, WorkedExample.Issuer.Thumbprint.ToBase64Url());

    [Fact]
    public void writes_all_claims_in_the_one_order_and_leaves_out_what_is_absent()
    {
        var one = Hash.Of("1"u8);
        var full = WorkedExample.Claims[1] with
        {
            At = new DateTimeOffset(2026, 1, 6, 9, 30, 0, 250, TimeSpan.FromHours(8)),
            Docs = [new(one, "image/jpeg", 123)],
            Ref = [new(WorkedExample.Claims[0].Jti, one)],
            Act = ["a.b.c"],
        };

        var names = Payload(Signer.Sign(full, Disclosures.Make(full.Jti, WorkedExample.Drafts[1])));
        Assert.Equal(
            "iss iat jti evt at item n prev ids said judged docs ref act _sd_alg _sd",
            string.Join(' ', names.EnumerateObject().Select(m => m.Name))
        );
        Assert.Equal("2026-01-06T01:30:00.250Z", names.Text("at"));
        Assert.Equal(
            $$"""[{"h":"{{one.ToBase64Url()}}","mt":"image/jpeg","sz":123}]""",
            names.GetProperty("docs").GetRawText()
        );
        Assert.Equal(
            $$"""[{"jti":"{{WorkedExample.Claims[0].Jti}}","h":"{{one.ToBase64Url()}}"}]""",
            names.GetProperty("ref").GetRawText()
        );
    }

    [Fact]
    public void is_refused_where_no_reader_would_take_it()
    {
        var claims = WorkedExample.Claims[2];

        Refused(claims with { N = 0 });
        Refused(claims with { N = 1 });
        Refused(claims with { N = 1L << 53 });
        Refused(claims with { Iat = -1 });
        Refused(claims with { Act = ["a", "b", "c", "d", "e"] });
        Refused(claims with { Said = default });
        Refused(claims with { Said = WorkedExample.Utf8("[]") });
        Refused(claims with { Judged = WorkedExample.Utf8("null") });

        static void Refused(LeafClaims claims) =>
            Assert.Throws<ArgumentException>(() => Signer.Sign(claims, Disclosures.None));
    }

    [Fact]
    public void ends_at_16384_bytes()
    {
        // Three bytes of text are four of base64url.
        var room = (Leaf.Longest - Sign(0).Jwt.Length) * 3 / 4;

        Assert.InRange(Sign(room).Jwt.Length, Leaf.Longest - 2, Leaf.Longest);
        Assert.InRange(
            Assert.Throws<LeafTooLongException>(() => Sign(room + 2)).Length,
            Leaf.Longest + 1,
            Leaf.Longest + 3
        );

        static SignedLeaf Sign(int length) =>
            Signer.Sign(
                WorkedExample.Claims[0] with
                {
                    Said = WorkedExample.Utf8($$"""{"a":"{{new string('x', length)}}"}"""),
                },
                Disclosures.None
            );
    }

    static JsonElement Payload(SignedLeaf leaf) =>
        JsonElement.Parse(StrictBase64.ReadUrl(Encoding.ASCII.GetString(leaf.Jwt).Split('.')[1])!.AsSpan());
}
