using System.Text;
using System.Text.Json;
using CsCheck;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Canonical_json
{
    public static TheoryData<string> Names =>
        [.. Vectors.Lines("jcs.jsonl").Select(v => v.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void is_that_of_the_vectors(string name)
    {
        var vector = Vectors.Lines("jcs.jsonl").Single(v => v.GetProperty("name").GetString() == name);
        var expected = Convert.FromHexString(vector.GetProperty("output_hex").GetString()!);

        Assert.Equal(expected, Documents.Canonical(vector.GetProperty("input_base64").GetBytesFromBase64()));
        Assert.Equal(expected, Documents.Canonical(expected));
    }

    // RFC 8785 appendix B, and the places where the forms of a number meet.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void prints_a_number_as_ecmascript_does(ulong bits, string expected)
    {
        var number = JsonSerializer.SerializeToElement(BitConverter.UInt64BitsToDouble(bits));

        Assert.Equal(expected, Encoding.ASCII.GetString(Jcs.Of(number)));
    }

    /// <summary>A text alone is written without a document: the bytes are those of one.</summary>
    [Fact]
    public void of_a_text_is_that_of_its_document() =>
        Gen
            .String.Where(text => !text.Any(char.IsSurrogate))
            .Sample(text =>
            {
                using var document = JsonSerializer.SerializeToDocument(text);
                Assert.Equal(Jcs.Of(document.RootElement), Jcs.Of(text));
                Assert.Equal("\"😀\\\"\\n\""u8.ToArray(), Jcs.Of("😀\"\n"));
                Assert.Throws<JsonException>(() => Jcs.Of("\uD83D"));
            });

    [Fact]
    public void sorts_names_by_their_utf16_units_and_not_by_their_bytes()
    {
        // U+1F602 begins with the unit D83D and so comes before U+FB33, though its UTF-8 comes after.
        var canonical = Documents.Canonical("{\"\uFB33\":1,\"\U0001F602\":2}"u8);

        Assert.Equal("{\"\U0001F602\":2,\"\uFB33\":1}", Encoding.UTF8.GetString(canonical!));
    }

    [Fact]
    public void escapes_what_it_must_and_nothing_more()
    {
        var value = JsonSerializer.SerializeToElement("\0\u001F\b\t\n\v\f\r\"\\/<>&'+\u007F\u2028é李\U0001F602");

        Assert.Equal(
            "\"\\u0000\\u001f\\b\\t\\n\\u000b\\f\\r\\\"\\\\/<>&'+\u007F\u2028é李\U0001F602\"",
            Encoding.UTF8.GetString(Jcs.Of(value))
        );
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("[{\"b\":{\"a\":1,\"\\u0061\":2}}]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("1e999")]
    public void is_refused_where_there_is_none(string text)
    {
        Assert.Throws<JsonException>(() => Jcs.Of(JsonElement.Parse(text)));
        Assert.Null(Documents.Canonical(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void is_the_same_for_every_spelling_of_a_document() =>
        Documents.Any.Sample(
            document =>
            {
                var plain = Jcs.Of(document);
                var spaced = JsonSerializer.SerializeToUtf8Bytes(document, Indented);

                Assert.Equal(plain, Documents.Canonical(spaced));
                Assert.True(JsonElement.DeepEquals(document, JsonElement.Parse(plain)));
            },
            iter: 2000
        );

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
