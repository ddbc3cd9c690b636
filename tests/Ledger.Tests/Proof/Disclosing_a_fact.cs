using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Proof;

public sealed class Disclosing_a_fact
{
    static readonly Guid Jti = new("55673964-c6cc-8d92-93d1-91db9a9faf2a");
    static readonly byte[] Key = [.. Enumerable.Repeat((byte)9, 32)];

    static DisclosureDraft Draft(string name, string value = "1", byte[]? key = null) =>
        new(name, WorkedExample.Utf8(value), key ?? Key);

    static Disclosures Make(int count) =>
        Disclosures.Make(Jti, [.. Enumerable.Range(0, count).Select(i => Draft($"fact-{i}"))]);

    [Fact]
    public void has_the_digest_of_the_rfc()
    {
        var vectors = JsonElement.Parse(File.ReadAllBytes(Places.SharedVectors("sdjwt-disclosures.json")));
        foreach (var vector in vectors.GetProperty("disclosures").EnumerateArray())
        {
            var read = Disclosure.Read(vector.Text("b64"))!;
            var array = vector.GetProperty("array");

            Assert.Equal(vector.Text("sha256_b64url"), read.Digest.ToBase64Url());
            Assert.Equal(array.GetArrayLength() == 3 ? array[1].GetString() : null, read.Name);
            Assert.True(JsonElement.DeepEquals(array.EnumerateArray().Last(), read.Value));
        }
    }

    [Fact]
    public void salts_it_by_key_event_place_name_and_value()
    {
        var seen = new HashSet<string>();
        void IsNew(Disclosures made) => Assert.True(seen.Add(Salt(made)));

        IsNew(Disclosures.Make(Jti, Draft("a")));
        IsNew(Disclosures.Make(Guid.Empty, Draft("a")));
        IsNew(Disclosures.Make(Jti, Draft("b")));
        IsNew(Disclosures.Make(Jti, Draft("a", "2")));
        IsNew(Disclosures.Make(Jti, Draft("a", key: new byte[32])));
        IsNew(Disclosures.Make(Jti, Draft("b"), Draft("a")));
        Assert.DoesNotContain(Disclosures.Make(Jti, Draft("a")).Encoded[0], seen.Skip(1));

        static string Salt(Disclosures made) => Opened(made.Encoded[^1])[0].GetString()!;
    }

    [Fact]
    public void makes_the_same_bytes_again() => Assert.Equal(Make(3).Encoded, Make(3).Encoded);

    [Fact]
    public void derives_salt_and_decoys_as_the_text_says()
    {
        var made = Disclosures.Make(Jti, Draft("~actor", "\"李雷\""));
        byte[] salted = [.. Utf8($"salt\0{Jti}\0{0}\0~actor\0"), .. SHA256.HashData(Utf8("\"李雷\""))];
        var salt = HMACSHA256.HashData(Key, salted);
        var decoy = HMACSHA256.HashData(Key, Utf8($"decoy\0{Jti}\0{3}"));

        Assert.Equal(salt[..16], StrictBase64.ReadUrl(Opened(made.Encoded[0])[0].GetString()));
        Assert.Equal(Hash.Read(decoy), made.Decoys[^1]);

        static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(32, 32)]
    public void hides_how_many_there_are(int facts, int digests)
    {
        var made = Make(facts);

        Assert.Equal(facts, made.Digests.Length);
        Assert.Equal(digests, made.Sd.Length);
        Assert.Equal(digests, made.Sd.Distinct().Count());
        Assert.Equal(made.Sd.Order(StringComparer.Ordinal), made.Sd);
        Assert.Equal(made.Digests.Concat(made.Decoys).Select(d => d.ToBase64Url()).ToHashSet(), made.Sd.ToHashSet());
        Assert.Equal(made.Digests, made.Encoded.Select(Disclosures.DigestOf));
    }

    [Fact]
    public void writes_names_and_values_without_needless_escapes()
    {
        var made = Disclosures.Make(Jti, Draft("a\"b李", "\"<é>\""));

        Assert.EndsWith("\",\"a\\\"b李\",\"<é>\"]", Text(made.Encoded[0]));
    }

    [Fact]
    public void is_refused_under_a_name_that_is_taken_or_without_a_key()
    {
        Refused(Draft("_sd"));
        Refused(Draft("..."));
        Refused(Draft("said"));
        Refused(Draft("_sd_alg"));
        Refused(Draft("a"), Draft("b"), Draft("a"));
        Refused(Draft("a", ""));
        Refused(Draft("a", key: new byte[31]));
        Refused([.. Enumerable.Range(0, 33).Select(i => Draft($"fact-{i}"))]);

        static void Refused(params DisclosureDraft[] drafts) =>
            Assert.Throws<ArgumentException>(() => Disclosures.Make(Jti, drafts));
    }

    static string Text(string encoded) => Encoding.UTF8.GetString(StrictBase64.ReadUrl(encoded)!);

    static JsonElement Opened(string encoded) => JsonElement.Parse(Text(encoded));
}
