using System.Text;
using System.Text.Json;
using CsCheck;
using Ledger.Proof;
using Ledger.Tests.Proof;
using Hash = Ledger.Proof.Hash;

namespace Peers.Tests;

/// <summary>@sd-jwt/core with @sd-jwt/crypto-nodejs, canonicalize, json-canonicalize.</summary>
public sealed class Peers_in_Node
{
    [Fact]
    public async Task canonicalize_the_vectors_as_we_do() =>
        await AgreeAsync([.. Vectors.Lines("jcs.jsonl").Select(v => Vectors.Text(v, "input"))]);

    [Fact]
    public async Task canonicalize_any_document_as_we_do() =>
        await AgreeAsync([.. Documents.Any.Array[1000].Single().Select(d => d.GetRawText())]);

    [Fact]
    public async Task print_any_number_as_we_do() =>
        await AgreeAsync([
            .. Gen
                .ULong.Select(BitConverter.UInt64BitsToDouble)
                .Where(double.IsFinite)
                .Array[5000]
                .Array[4]
                .Single()
                .Select(numbers => JsonSerializer.Serialize(numbers)),
        ]);

    static async Task AgreeAsync(string[] texts)
    {
        var answers = await NodePeer.Ask("canonicalize", texts);

        foreach (var (text, answer) in texts.Zip(answers.EnumerateArray()))
        {
            var canonical = Documents.Canonical(Encoding.UTF8.GetBytes(text))!;
            Assert.Equal(Convert.ToHexStringLower(canonical), answer[0].GetString());
            Assert.Equal(Convert.ToHexStringLower(canonical), answer[1].GetString());
        }
    }

    [Fact]
    public async Task accept_our_leaves_with_disclosures()
    {
        string[] tokens =
        [
            .. WorkedExample.Signed.Select(s => $"{s}"),
            SdJwt.Join(WorkedExample.Signed[1].Jwt, WorkedExample.Signed[1].Disclosures[1]),
            SdJwt.Join(WorkedExample.Signed[1].Jwt),
        ];
        var answers = await Verify(tokens);

        foreach (var (token, answer) in tokens.Zip(answers.EnumerateArray()))
        {
            Assert.True(SdJwt.TryRead(Forge.Ascii(token), out var read, out _));
            Assert.True(Leaf.TryRead(read.Jwt, out var leaf, out _));
            Assert.True(read.TryOpen(leaf.Payload, out var open, out _));
            Assert.True(JsonElement.DeepEquals(open, answer.GetProperty("payload")), answer.GetRawText());
            Assert.Equal(WorkedExample.Kid, Vectors.Text(answer.GetProperty("header"), "kid"));
        }
    }

    [Fact]
    public async Task refuse_a_leaf_that_another_key_signed()
    {
        using var other = new Ed25519Key(new byte[32]);
        var signed = new LeafSigner(other).Sign(WorkedExample.Claims[0], Disclosures.None);

        Assert.Contains("Invalid JWT Signature", Vectors.Text((await Verify($"{signed}"))[0], "error"));
    }

    static Task<JsonElement> Verify(params string[] tokens) =>
        NodePeer.Ask("verify", new { jwk = JsonElement.Parse(WorkedExample.Issuer.Json), tokens });

    [Fact]
    public async Task write_leaves_that_we_accept()
    {
        var payload = new Dictionary<string, object>
        {
            ["iss"] = "https://ledger.example.org",
            ["iat"] = 1767578400,
            ["jti"] = "ad901ee2-d3b8-86d3-8c5d-c4159e7db3a4",
            ["evt"] = "item-registered.v1",
            ["item"] = Hash.Of("item"u8).ToBase64Url(),
            ["n"] = 1,
            ["prev"] = default(Hash).ToBase64Url(),
            ["said"] = new { category = "car" },
            ["owner"] = "李雷",
            ["phones"] = new[] { "1", "2" },
            ["limit"] = 1.5,
        };
        var frame = new Dictionary<string, object>
        {
            ["_sd"] = new[] { "owner", "phones", "limit" },
            ["_sd_decoy"] = 1,
        };
        var answer = await NodePeer.Ask(
            "issue",
            new
            {
                typ = LeafSigner.Typ,
                payload,
                frame,
                show = new { owner = true, phones = true },
            }
        );

        Assert.True(
            DisclosedLeaf.TryRead(Forge.Ascii(Vectors.Text(answer, "presented")), out var leaf, out var fault),
            $"{fault}"
        );
        Assert.True(leaf.Leaf.Jws.IsBy(Jwk.Read(answer.GetProperty("jwk"))!));
        Assert.Equal(4, leaf.Leaf.Sd.Length);
        Assert.Equal(["owner", "phones"], leaf.Disclosures.Select(d => d.Name).Order());
        Assert.True(DisclosedLeaf.TryRead(Forge.Ascii(Vectors.Text(answer, "token")), out var whole, out _));
        Assert.Equal(3, whole.Disclosures.Length);
    }

    [Fact]
    public async Task write_credentials_that_we_open_wherever_they_hide_something()
    {
        const string payload = """
            {"iss":"https://ledger.example.org","vct":"https://example.org/wipe/1",
             "device":{"kind":"phone","serial":"S1","imei":["1","2","3"]},
             "media":[{"ix":0,"serial":"M0"},{"ix":1,"serial":"M1"}],"customer":{"name":"李雷","city":"成都"}}
            """;
        const string frame = """
            {"_sd":["customer"],"device":{"_sd":["serial"],"imei":{"_sd":[0,2],"_sd_decoy":1}},
             "media":{"0":{"_sd":["serial"]},"1":{"_sd":["serial"]}},"customer":{"_sd":["name"],"_sd_decoy":2}}
            """;
        var answer = await NodePeer.Ask(
            "issue",
            new
            {
                typ = "dc+sd-jwt",
                payload = JsonElement.Parse(payload),
                frame = JsonElement.Parse(frame),
                show = JsonElement.Parse(
                    """{"device":{"imei":{"2":true}},"media":{"1":{"serial":true}},"customer":true}"""
                ),
            }
        );

        Opens(Vectors.Text(answer, "token"), payload);
        Opens(
            Vectors.Text(answer, "presented"),
            """
            {"iss":"https://ledger.example.org","vct":"https://example.org/wipe/1",
             "device":{"kind":"phone","imei":["2","3"]},
             "media":[{"ix":0},{"ix":1,"serial":"M1"}],"customer":{"city":"成都"}}
            """
        );

        void Opens(string token, string expected)
        {
            Assert.True(SdJwt.TryRead(Forge.Ascii(token), out var read, out _));
            Assert.True(CompactJws.TryRead(read.Jwt, "dc+sd-jwt", out var jws, out _));
            Assert.True(jws.IsBy(Jwk.Read(answer.GetProperty("jwk"))!));
            Assert.True(StrictJson.TryRead(jws.Payload, JsonRules.Document, out var json, out _));
            Assert.True(read.TryOpen(json, out var open, out var flaw), $"{flaw}");
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), open), open.GetRawText());
        }
    }
}
