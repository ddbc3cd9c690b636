using System.Text;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Proof;

/// <summary>The three leaves of worked-example.json: what it says of them, and the claims and drafts they are made
/// from.</summary>
static class WorkedExample
{
    static readonly JsonElement Document = JsonElement.Parse(
        File.ReadAllBytes(Places.SharedVectors("worked-example.json"))
    );

    public static readonly JsonElement[] Leaves = [.. Document.GetProperty("leaves").EnumerateArray()];

    public static readonly Ed25519Key IssuerKey = new(Hex(Document.GetProperty("issuer").Text("seed_hex")));

    public static readonly Jwk Issuer = Jwk.OfEd25519(IssuerKey.PublicKey);

    public static readonly string Kid = Document.GetProperty("issuer").Text("kid");

    public static readonly Handles Handles = new(Hex(Document.Text("Kh_hex")));

    static readonly byte[] SaltKey = Hex(Document.Text("subject_salt_key_hex"));

    public static readonly IReadOnlyList<LeafClaims> Claims =
    [
        new()
        {
            Iss = "https://ledger.example.org",
            Iat = 1767578400,
            Jti = Handles.EventId("operator", "key-1", 0),
            Evt = "key-registered.v1",
            Item = Stream(0),
            N = 1,
            Prev = default,
            Said = Utf8(
                $$"""{"thumbprint":"{{Kid}}","jwk":{{Issuer.Json}},"purpose":"leaf","custody":"service","from":1767578400}"""
            ),
        },
        new()
        {
            Iss = "https://ledger.example.org",
            Iat = 1767664800,
            Jti = Handles.EventId("dealer-1", "order-1", 0),
            Evt = "item-registered.v1",
            Item = Stream(1),
            N = 1,
            Prev = default,
            Ids = [Hash.Read(Handles.Of(new Identifier("vin", "LSVAA4183E2000001")))],
            Said = Utf8("""{"category":"car"}"""),
            Judged = Utf8("""{"ruleSet":"2026-01"}"""),
        },
        new()
        {
            Iss = "https://ledger.example.org",
            Iat = 1767751200,
            Jti = Handles.EventId("dealer-1", "order-2", 0),
            Evt = "item-listed.v1",
            Item = Stream(1),
            N = 2,
            Prev = Hash.Read(Leaves[1].GetProperty("leaf_hash_base64").GetBytesFromBase64()),
            Said = Utf8("""{"market":"market-1","ask":12800000,"currency":"CNY"}"""),
            Judged = Utf8("""{"ruleSet":"2026-01"}"""),
        },
    ];

    public static readonly IReadOnlyList<DisclosureDraft[]> Drafts =
    [
        [],
        [
            new("identifiers", Utf8("""[{"kind":"vin","value":"LSVAA4183E2000001"}]"""), SaltKey),
            new("owner", Utf8("\"李雷\""), SaltKey),
        ],
        [new("seller", Utf8("\"王小明\""), SaltKey)],
    ];

    public static readonly IReadOnlyList<SignedLeaf> Signed =
    [
        .. Claims.Zip(
            Drafts,
            (claims, drafts) => new LeafSigner(IssuerKey).Sign(claims, Disclosures.Make(claims.Jti, drafts))
        ),
    ];

    public static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Hex(string hex) => Convert.FromHexString(hex);

    static Hash Stream(int place) =>
        Hash.Read(
            System.Buffers.Text.Base64Url.DecodeFromChars(
                Document.GetProperty("handles").GetProperty("streams")[place].Text("handle_base64url")
            )
        );
}
