using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Kernel;
using Ledger.Proof;
using Hash = Ledger.Proof.Hash;

namespace Ledger.Tests.Proof;

public sealed class Reading_a_leaf
{
    static readonly string H = Hash.Of("1"u8).ToBase64Url();

    static readonly string Jti = "ad901ee2-d3b8-86d3-8c5d-c4159e7db3a4";

    static LeafFault Fault(ReadOnlySpan<byte> jwt)
    {
        Assert.Equal(Leaf.TryRead(jwt, out var leaf, out var fault), leaf is not null);
        Assert.Equal(leaf is not null, fault == default);
        return fault;
    }

    static Leaf Read(ReadOnlySpan<byte> jwt)
    {
        Assert.True(Leaf.TryRead(jwt, out var leaf, out var fault), $"{fault}");
        return leaf;
    }

    /// <summary>The payload of the worked example's listing, with one member put or taken away.</summary>
    static string With(string name, string? json)
    {
        var payload = JsonNode.Parse(WorkedExample.Leaves[2].GetProperty("payload").GetRawText())!.AsObject();
        payload.Remove(name);
        if (json is not null)
            payload[name] = JsonNode.Parse(json);
        return payload.ToJsonString(WireJson.Options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void finds_the_claims_of_the_worked_example(int index)
    {
        var signed = WorkedExample.Signed[index];
        var claims = WorkedExample.Claims[index];
        var leaf = Read(signed.Jwt);

        Assert.Equal(signed.LeafHash, leaf.LeafHash);
        Assert.Equal(WorkedExample.Kid, leaf.Jws.Kid.ToBase64Url());
        Assert.True(leaf.Jws.IsBy(WorkedExample.Issuer));
        Assert.Equal((claims.Jti, claims.Evt, claims.N), (leaf.Claims.Jti, leaf.Claims.Evt, leaf.Claims.N));
        Assert.Equal((claims.Item, claims.Prev), (leaf.Claims.Item, leaf.Claims.Prev));
        Assert.Equal(claims.Ids, leaf.Claims.Ids);
        Assert.Equal(claims.Said, leaf.Claims.Said);
        Assert.Equal(leaf.Said.GetRawText(), Encoding.UTF8.GetString(claims.Said.Span));
        Assert.Equal(claims.Judged, leaf.Claims.Judged);
        Assert.Equal(index == 0, leaf.Judged is null);
        Assert.Equal(Disclosures.Make(claims.Jti, WorkedExample.Drafts[index]).Sd, leaf.Sd);
    }

    [Theory]
    [InlineData("foo", "1")]
    [InlineData("sub", "\"x\"")]
    [InlineData("exp", "1")]
    [InlineData("cnf", "{}")]
    [InlineData("...", "\"x\"")]
    [InlineData("Said", "{}")]
    public void refuses_a_claim_outside_the_table(string name, string json) =>
        Assert.Equal(new(LeafFlaw.UnknownClaim, name), Fault(Forge.Leaf(With(name, json))));

    [Theory]
    [InlineData("iss")]
    [InlineData("iat")]
    [InlineData("jti")]
    [InlineData("evt")]
    [InlineData("item")]
    [InlineData("n")]
    [InlineData("prev")]
    [InlineData("said")]
    public void refuses_a_leaf_without_what_all_leaves_have(string name) =>
        Assert.Equal(new(LeafFlaw.MissingClaim, name), Fault(Forge.Leaf(With(name, null))));

    public static TheoryData<string, string> Shapes =>
        new()
        {
            { "iss", "7" },
            { "iss", "\"\"" },
            { "iss", "\"ledger.example.org\"" },
            { "iss", "\"https://\"" },
            { "iat", "\"1767751200\"" },
            { "iat", "-1" },
            { "iat", "253402300800" },
            { "iat", "null" },
            { "jti", "\"AD901EE2-d3b8-86d3-8c5d-c4159e7db3a4\"" },
            { "jti", "\"{ad901ee2-d3b8-86d3-8c5d-c4159e7db3a4}\"" },
            { "jti", "\"ad901ee2d3b886d38c5dc4159e7db3a4\"" },
            { "evt", "\"item-listed\"" },
            { "evt", "\"item-listed.v0\"" },
            { "evt", "\"Item-listed.v1\"" },
            { "evt", "\"item-listed.v1\\n\"" },
            { "at", "\"2026-01-06T01:30:00Z\"" },
            { "at", "\"2026-01-06T01:30:00.000+00:00\"" },
            { "at", "\"2026-02-30T01:30:00.000Z\"" },
            { "at", "1767751200" },
            { "item", $"\"{H}=\"" },
            { "item", $"\"{H[..42]}\"" },
            { "item", $"\"{H[..42]}B\"" },
            { "item", "{}" },
            { "n", "0" },
            { "n", "-1" },
            { "n", "\"2\"" },
            { "n", "1" },
            { "prev", "null" },
            { "ids", "[]" },
            { "ids", $"\"{H}\"" },
            { "ids", $"[\"{H}\",7]" },
            { "ids", "[\"LSVAA4183E2000001\"]" },
            { "said", "[]" },
            { "said", "\"\"" },
            { "said", $$"""{"_sd":["{{H}}"]}""" },
            { "said", $$"""{"a":[{"...":"{{H}}"}]}""" },
            { "judged", "{}" },
            { "judged", "[]" },
            { "judged", """{"a":{"b":{"_sd":[]}}}""" },
            { "docs", "[]" },
            { "docs", $$"""[{"h":"{{H}}","mt":"image/jpeg"}]""" },
            { "docs", $$"""[{"h":"{{H}}","mt":"image/jpeg","sz":-1}]""" },
            { "docs", $$"""[{"h":"{{H}}","mt":"jpeg","sz":1}]""" },
            { "docs", $$"""[{"h":"{{H}}","mt":"image/jpeg","sz":1,"name":"a"}]""" },
            { "docs", $$"""{"h":"{{H}}","mt":"image/jpeg","sz":1}""" },
            { "ref", "[]" },
            { "ref", $$"""[{"jti":"{{Jti}}"}]""" },
            { "ref", $$"""[{"jti":"{{Jti}}","h":"{{H}}","n":1}]""" },
            { "ref", $$"""[{"jti":"x","h":"{{H}}"}]""" },
            { "act", "[]" },
            { "act", "\"a.b.c\"" },
            { "act", "[7]" },
            { "act", "[\"1\",\"2\",\"3\",\"4\",\"5\"]" },
            { "_sd_alg", "\"sha-512\"" },
            { "_sd_alg", "7" },
            { "_sd", "[]" },
            { "_sd", $"[\"{H}\"]" },
            { "_sd", "[\"1\",\"2\",\"3\",\"4\"]" },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void refuses_a_claim_of_another_shape(string name, string json)
    {
        // n = 1 is a number like any other: what it forbids is the prev behind it.
        var where = (name, json) == ("n", "1") ? "prev" : name;

        Assert.Equal(new(LeafFlaw.ClaimShape, where), Fault(Forge.Leaf(With(name, json))));
    }

    [Fact]
    public void refuses_digests_that_are_not_sorted_or_stand_twice()
    {
        var sd = WorkedExample.Leaves[2].GetProperty("payload").GetProperty("_sd").EnumerateArray().ToArray();

        Assert.Equal(default, Fault(Forge.Leaf(With("_sd", Json(sd)))));
        Assert.Equal(new(LeafFlaw.ClaimShape, "_sd"), Fault(Forge.Leaf(With("_sd", Json([.. sd.Reverse()])))));
        Assert.Equal(
            new(LeafFlaw.ClaimShape, "_sd"),
            Fault(Forge.Leaf(With("_sd", Json([sd[0], sd[0], sd[1], sd[2]]))))
        );

        static string Json(JsonElement[] elements) => JsonSerializer.Serialize(elements);
    }

    [Fact]
    public void refuses_digests_without_their_algorithm_and_the_algorithm_without_digests()
    {
        Assert.Equal(new(LeafFlaw.ClaimShape, "_sd_alg"), Fault(Forge.Leaf(With("_sd_alg", null))));
        Assert.Equal(new(LeafFlaw.ClaimShape, "_sd_alg"), Fault(Forge.Leaf(With("_sd", null))));
    }

    [Theory]
    [InlineData("1.0", JsonFlaw.Number)]
    [InlineData("1e3", JsonFlaw.Number)]
    [InlineData("-0", JsonFlaw.Number)]
    [InlineData("9007199254740992", JsonFlaw.Number)]
    [InlineData("\"A\\u030a\"", JsonFlaw.NotNormalised)]
    [InlineData("\"\\ud800\"", JsonFlaw.LoneSurrogate)]
    [InlineData("1,\"a\":2", JsonFlaw.DuplicateName)]
    [InlineData("1,", JsonFlaw.Grammar)]
    [InlineData("1/**/", JsonFlaw.Grammar)]
    [InlineData("[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]", JsonFlaw.TooDeep)]
    public void refuses_what_two_readers_could_take_differently(string json, JsonFlaw flaw)
    {
        var payload = With("said", "{}").Replace("\"said\":{}", $"\"said\":{{\"a\":{json}}}");

        Assert.Equal(new(LeafFlaw.Json, $"{flaw}"), Fault(Forge.Leaf(payload)));
    }

    [Fact]
    public void refuses_a_payload_that_is_no_object()
    {
        Assert.Equal(new(LeafFlaw.Json, "Grammar"), Fault(Forge.Leaf("[]")));
        Assert.Equal(new(LeafFlaw.Json, "Grammar"), Fault(Forge.Leaf("")));
        Assert.Equal(new(LeafFlaw.Json, "Grammar"), Fault(Forge.Leaf(With("x", null) + "{}")));
        Assert.Equal(new(LeafFlaw.Json, "NotUtf8"), Fault(Forge.Leaf("\uFEFF" + With("x", null))));
    }

    [Fact]
    public void refuses_another_signature_than_ed25519()
    {
        using var device = Forge.DeviceKey();
        var payload = Forge.Ascii(With("x", null));

        Assert.Equal(new(LeafFlaw.Jws, "Algorithm"), Fault(Forge.Ascii(Forge.Sign(device, LeafSigner.Typ, payload))));
        Assert.Equal(
            new(LeafFlaw.Jws, "Type"),
            Fault(Forge.Ascii(CompactJws.Sign(WorkedExample.IssuerKey, "trade-deed+jwt", payload)))
        );
    }

    [Fact]
    public void ends_at_16384_bytes()
    {
        Assert.Equal(new(LeafFlaw.Jws, "TooLong"), Fault(new byte[Leaf.Longest + 1]));
        Assert.Equal(new(LeafFlaw.Jws, "NotCompact"), Fault(new byte[Leaf.Longest]));
    }

    static readonly Gen<Hash> Hashes = Gen.Byte.Array[32].Select(b => Hash.Read(b));

    static readonly Gen<ReadOnlyMemory<byte>> Objects = Gen.Select(Gen.Int[1, 999], Gen.String)
        .Select((number, text) => Normal(number, text));

    static ReadOnlyMemory<byte> Normal(int number, string text) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new { number, text = string.Concat(text.EnumerateRunes()).Replace('\uFFFE', ' ').Normalize() },
            WireJson.Options
        );

    static readonly Gen<LeafClaims> AnyClaims = Gen.Select(
        Gen.Select(Gen.Long[0, 253_402_300_799], Gen.Guid, Gen.Long[2, StrictJson.LargestInteger], Hashes, Hashes),
        Gen.Select(Hashes.Array[0, 3], Hashes.Array[0, 3], Objects, Objects, Gen.Bool),
        (a, b) =>
            new LeafClaims
            {
                Iss = "https://ledger.example.org",
                Iat = a.Item1,
                Jti = a.Item2,
                Evt = "item-listed.v1",
                At = b.Item5 ? DateTimeOffset.UnixEpoch.AddMilliseconds(a.Item1) : null,
                Item = a.Item4,
                N = a.Item3,
                Prev = a.Item5,
                Ids = [.. b.Item1],
                Said = b.Item3,
                Judged = b.Item5 ? b.Item4 : default,
                Docs = [.. b.Item2.Select(h => new LeafDocument(h, "image/jpeg", a.Item3))],
                Ref = [.. b.Item2.Select(h => new LeafReference(a.Item2, h))],
                Act = b.Item5 ? ["a.b.c"] : [],
            }
    );

    [Fact]
    public void gives_back_what_was_written() =>
        Gen.Select(AnyClaims, Gen.Int[0, 5])
            .Sample(
                (claims, facts) =>
                {
                    var signer = new LeafSigner(WorkedExample.IssuerKey);
                    var disclosures = Disclosures.Make(
                        claims.Jti,
                        [
                            .. Enumerable
                                .Range(0, facts)
                                .Select(i => new DisclosureDraft($"fact-{i}", claims.Said, new byte[32])),
                        ]
                    );
                    var signed = signer.Sign(claims, disclosures);
                    var leaf = Read(signed.Jwt);

                    Assert.Equal(signed.LeafHash, leaf.LeafHash);
                    Assert.Equal(disclosures.Sd, leaf.Sd);
                    Assert.Equal(signed.Jwt, signer.Sign(leaf.Claims, disclosures).Jwt);
                },
                iter: 1000
            );

    [Fact]
    public void finds_every_change_of_one_byte()
    {
        var jwt = WorkedExample.Signed[2].Jwt;
        Gen.Select(Gen.Int[0, jwt.Length - 1], Gen.Byte)
            .Where(t => jwt[t.Item1] != t.Item2)
            .Sample(
                (place, other) =>
                {
                    var changed = jwt.ToArray();
                    changed[place] = other;
                    Assert.False(Leaf.TryRead(changed, out var leaf, out _) && leaf.Jws.IsBy(WorkedExample.Issuer));
                },
                iter: 5000
            );
    }

    [Fact]
    public void finds_every_byte_that_is_missing_or_too_many()
    {
        var jwt = WorkedExample.Signed[2].Jwt;
        for (var i = 0; i < jwt.Length; i++)
        {
            Wrong([.. jwt[..i], .. jwt[(i + 1)..]]);
            Wrong([.. jwt[..i], (byte)'A', .. jwt[i..]]);
        }
        Wrong([.. jwt, (byte)'\n']);

        static void Wrong(byte[] changed) =>
            Assert.False(Leaf.TryRead(changed, out var leaf, out _) && leaf.Jws.IsBy(WorkedExample.Issuer));
    }
}
