using System.Text;
using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Opening_an_sd_jwt
{
    static string D(string json) => Forge.Encode(json);

    static string Digest(string encoded) => Disclosures.DigestOf(encoded).ToBase64Url();

    // RFC 9901 writes them with spaces; so do many issuers.
    static readonly string Name = D("""["s1", "name", "Möbius"]""");
    static readonly string Street = D("""["s2","street","Ring 1"]""");
    static readonly string Address = D($$"""["s3","address",{"city":"Graz","_sd":["{{Digest(Street)}}"]}]""");
    static readonly string France = D("""["s4", "FR"]""");

    static SdJwtFlaw Form(string text)
    {
        Assert.Equal(SdJwt.TryRead(Encoding.UTF8.GetBytes(text), out var token, out var flaw), token is not null);
        Assert.Equal(token is not null, flaw == SdJwtFlaw.None);
        return flaw;
    }

    static (string Json, SdJwtFlaw Flaw) Open(string payload, params string[] disclosures)
    {
        Assert.True(SdJwt.TryRead(Forge.Ascii(SdJwt.Join("a.b.c"u8, disclosures)), out var token, out _));
        var opened = token.TryOpen(JsonElement.Parse(payload), out var open, out var flaw);
        Assert.Equal(opened, flaw == SdJwtFlaw.None);
        return (opened ? open.GetRawText() : "", flaw);
    }

    static SdJwtFlaw Flaw(string payload, params string[] disclosures) => Open(payload, disclosures).Flaw;

    [Fact]
    public void shows_what_is_disclosed_in_its_place_and_nothing_else()
    {
        var payload = $$"""
            {"iss":"x","_sd_alg":"sha-256","_sd":["{{Digest(Name)}}","{{Digest(Address)}}","{{Digest("decoy")}}"],
             "list":["DE",{"...":"{{Digest(France)}}"},{"...":"{{Digest("other")}}"},{"in":{"_sd":[]} }]}
            """;

        Assert.Equal("""{"iss":"x","list":["DE",{"in":{}}]}""", Open(payload).Json);
        Assert.Equal(
            """{"iss":"x","list":["DE","FR",{"in":{}}],"name":"Möbius","address":{"city":"Graz","street":"Ring 1"}}""",
            Open(payload, Name, Address, Street, France).Json
        );
        Assert.Equal("""{"iss":"x","list":["DE",{"in":{}}],"address":{"city":"Graz"}}""", Open(payload, Address).Json);
    }

    [Fact]
    public void needs_the_last_tilde()
    {
        Assert.Equal(SdJwtFlaw.None, Form("a.b.c~"));
        Assert.Equal(SdJwtFlaw.None, Form($"a.b.c~{Name}~{France}~"));
        Assert.Equal(SdJwtFlaw.NoTilde, Form("a.b.c"));
        Assert.Equal(SdJwtFlaw.NoTilde, Form(""));
        Assert.Equal(SdJwtFlaw.KeyBinding, Form($"a.b.c~{Name}"));
        Assert.Equal(SdJwtFlaw.TooLong, Form(new string('a', StrictText.Longest) + "~"));
    }

    [Fact]
    public void knows_no_holder()
    {
        Assert.Equal(SdJwtFlaw.KeyBinding, Form($"a.b.c~{Name}~{Forge.Jws(Forge.Header("kb+jwt"), "{}")}"));
        Assert.Equal(SdJwtFlaw.KeyBinding, Form("a.b.c~\n"));
        Assert.Equal(SdJwtFlaw.KeyBinding, Flaw("""{"cnf":{"jwk":{}}}"""));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""["s"]""")]
    [InlineData("""["s","n","v","w"]""")]
    [InlineData("""[1,"n","v"]""")]
    [InlineData("""["s",1,"v"]""")]
    [InlineData("""["s",null,"v"]""")]
    [InlineData("""[null,"v"]""")]
    [InlineData("""["s","n",{"a":1,"a":2}]""")]
    [InlineData("""["s","n","\ud800"]""")]
    [InlineData("""["s","n","v"] x""")]
    [InlineData("")]
    public void refuses_what_is_no_disclosure(string json) =>
        Assert.Equal(SdJwtFlaw.Disclosure, Form($"a.b.c~{D(json)}~"));

    [Fact]
    public void refuses_a_disclosure_in_base64_of_another_kind()
    {
        Assert.Equal(SdJwtFlaw.Disclosure, Form("a.b.c~~"));
        Assert.Equal(SdJwtFlaw.Disclosure, Form($"a.b.c~{Name}=~"));
        Assert.Equal(SdJwtFlaw.Disclosure, Form($"a.b.c~ {Name}~"));
        Assert.Equal(SdJwtFlaw.Disclosure, Form($"a.b.c~{Name}é~"));
    }

    [Theory]
    [InlineData("_sd")]
    [InlineData("...")]
    public void refuses_a_disclosed_claim_with_a_reserved_name(string name) =>
        Assert.Equal(SdJwtFlaw.ReservedName, Form($"a.b.c~{D($"""["s","{name}","v"]""")}~"));

    [Fact]
    public void refuses_three_dots_where_they_are_no_structure()
    {
        Assert.Equal(SdJwtFlaw.ReservedName, Flaw($$"""{"...":"{{Digest(France)}}"}"""));
        Assert.Equal(SdJwtFlaw.ReservedName, Flaw($$"""{"a":{"...":"{{Digest(France)}}"} }"""));
        Assert.Equal(SdJwtFlaw.ReservedName, Flaw($$"""{"a":[{"...":"{{Digest(France)}}","b":1}]}"""));
    }

    [Theory]
    [InlineData("""{"_sd":"x"}""")]
    [InlineData("""{"_sd":[7]}""")]
    [InlineData("""{"_sd":["x"]}""")]
    [InlineData("""{"a":[{"...":7}]}""")]
    [InlineData("""{"a":[{"...":"w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs="}]}""")]
    [InlineData("[]")]
    public void refuses_digests_of_another_shape(string payload) => Assert.Equal(SdJwtFlaw.Digest, Flaw(payload));

    [Theory]
    [InlineData("sha-512")]
    [InlineData("SHA-256")]
    [InlineData("")]
    public void refuses_another_hash_algorithm(string name) =>
        Assert.Equal(SdJwtFlaw.HashAlgorithm, Flaw($$"""{"_sd_alg":"{{name}}"}"""));

    [Fact]
    public void refuses_a_digest_that_stands_twice()
    {
        Assert.Equal(SdJwtFlaw.DigestTwice, Form($"a.b.c~{Name}~{France}~{Name}~"));
        Assert.Equal(SdJwtFlaw.DigestTwice, Flaw($$"""{"_sd":["{{Digest(Name)}}","{{Digest(Name)}}"]}"""));
        Assert.Equal(
            SdJwtFlaw.DigestTwice,
            Flaw($$"""{"_sd":["{{Digest(Name)}}"],"a":[{"...":"{{Digest(Name)}}"}]}""")
        );
        Assert.Equal(
            SdJwtFlaw.DigestTwice,
            Flaw($$"""{"_sd":["{{Digest(Address)}}","{{Digest(Street)}}"]}""", Address, Street)
        );
    }

    [Fact]
    public void refuses_a_disclosure_that_nothing_refers_to()
    {
        Assert.Equal(SdJwtFlaw.Unreferenced, Flaw("{}", Name));
        Assert.Equal(SdJwtFlaw.Unreferenced, Flaw($$"""{"_sd":["{{Digest(Name)}}"]}""", Name, France));
        // What leads to it stays closed.
        Assert.Equal(SdJwtFlaw.Unreferenced, Flaw($$"""{"_sd":["{{Digest(Address)}}"]}""", Street));
    }

    [Fact]
    public void refuses_a_member_as_an_element_and_an_element_as_a_member()
    {
        Assert.Equal(SdJwtFlaw.WrongPlace, Flaw($$"""{"_sd":["{{Digest(France)}}"]}""", France));
        Assert.Equal(SdJwtFlaw.WrongPlace, Flaw($$"""{"a":[{"...":"{{Digest(Name)}}"}]}""", Name));
    }

    [Fact]
    public void refuses_a_name_that_its_object_already_has()
    {
        var other = D("""["s9","name","Gauss"]""");

        Assert.Equal(SdJwtFlaw.NameExists, Flaw($$"""{"name":1,"_sd":["{{Digest(Name)}}"]}""", Name));
        Assert.Equal(SdJwtFlaw.NameExists, Flaw($$"""{"_sd":["{{Digest(Name)}}","{{Digest(other)}}"]}""", Name, other));
        Assert.Equal(SdJwtFlaw.None, Flaw($$"""{"a":{"name":1},"_sd":["{{Digest(Name)}}"]}""", Name));
    }

    [Fact]
    public void ends_a_chain_of_disclosures_before_the_stack_does()
    {
        List<string> chain = [D("""["s","a",1]""")];
        for (var i = 0; i < 5_000; i++)
            chain.Add(D($$"""["s","a",{"_sd":["{{Digest(chain[^1])}}"]}]"""));
        var payload = $$"""{"_sd":["{{Digest(chain[^1])}}"]}""";

        Assert.Equal(SdJwtFlaw.TooDeep, Flaw(payload, [.. chain]));
        Assert.Equal(SdJwtFlaw.None, Flaw($$"""{"_sd":["{{Digest(chain[15])}}"]}""", [.. chain[..16]]));
        Assert.Equal(SdJwtFlaw.TooDeep, Flaw($$"""{"_sd":["{{Digest(chain[16])}}"]}""", [.. chain[..17]]));
    }

    [Fact]
    public void counts_the_depth_of_elements_too()
    {
        List<string> chain = [D("""["s",1]""")];
        for (var i = 0; i < 40; i++)
            chain.Add(D($$"""["s",[{"...":"{{Digest(chain[^1])}}"}]]"""));
        SdJwtFlaw Of(int links) => Flaw($$"""{"a":[{"...":"{{Digest(chain[links])}}"}]}""", [.. chain[..(links + 1)]]);

        Assert.Equal(SdJwtFlaw.None, Of(14));
        Assert.Equal(SdJwtFlaw.TooDeep, Of(15));
    }
}
