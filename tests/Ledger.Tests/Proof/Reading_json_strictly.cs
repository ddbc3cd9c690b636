using System.Text;
using System.Text.Json;
using CsCheck;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Reading_json_strictly
{
    static JsonFlaw Flaw(string text, JsonRules rules = JsonRules.Leaf) => Flaw(Encoding.UTF8.GetBytes(text), rules);

    static JsonFlaw Flaw(byte[] utf8, JsonRules rules = JsonRules.Leaf)
    {
        var read = StrictJson.TryRead(utf8, rules, out var value, out var flaw);
        Assert.Equal(read, flaw == JsonFlaw.None);
        Assert.Equal(read, value.ValueKind != JsonValueKind.Undefined);
        return flaw;
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" {\"a\" : [1, -1, 0, true, false, null, \"x\\u0000\"]}\r\n\t ")]
    [InlineData("{\"a\":{\"a\":1},\"b\":{\"a\":1}}")]
    [InlineData("\"\\ud83d\\ude02 \\\\ud800 \\\\\\ud83d\\ude02\"")]
    [InlineData("[9007199254740991,-9007199254740991]")]
    public void accepts_what_everyone_reads_alike(string text) => Assert.Equal(JsonFlaw.None, Flaw(text));

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1}/* */")]
    [InlineData("// \n{}")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{}\0")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("[01]")]
    [InlineData("[+1]")]
    [InlineData("[NaN]")]
    [InlineData("[\"\t\"]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u00g0\"]")]
    [InlineData("[")]
    [InlineData("\u00A0{}")]
    public void refuses_what_is_not_json(string text) => Assert.Equal(JsonFlaw.Grammar, Flaw(text));

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("[{\"b\":{\"李\":1,\"x\":0,\"\\u674e\":2}}]")]
    public void refuses_a_name_that_stands_twice(string text) => Assert.Equal(JsonFlaw.DuplicateName, Flaw(text));

    [Theory]
    [InlineData(16, JsonFlaw.None)]
    [InlineData(17, JsonFlaw.TooDeep)]
    [InlineData(5000, JsonFlaw.TooDeep)]
    public void ends_at_the_sixteenth_level(int levels, JsonFlaw expected)
    {
        Assert.Equal(expected, Flaw(new string('[', levels) + new string(']', levels)));
        Assert.Equal(
            expected,
            Flaw(string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels))
        );
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("1E2")]
    [InlineData("-0")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("9223372036854775808")]
    public void refuses_other_numbers_than_safe_integers_in_a_leaf(string number)
    {
        Assert.Equal(JsonFlaw.Number, Flaw($"{{\"a\":[{number}]}}"));
        Assert.Equal(JsonFlaw.None, Flaw($"{{\"a\":[{number}]}}", JsonRules.Document));
    }

    [Fact]
    public void refuses_a_number_that_no_double_holds() =>
        Assert.Equal(JsonFlaw.Number, Flaw("1e999", JsonRules.Document));

    [Theory]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[\"\\udc00\"]")]
    [InlineData("[\"\\ud800x\\udc00\"]")]
    [InlineData("[\"\\ud800\\n\\udc00\"]")]
    [InlineData("[\"\\ud800\\ud800\\udc00\"]")]
    [InlineData("[\"\\ud800\\udc00\\udc00\"]")]
    [InlineData("[\"\\udc00\\ud800\"]")]
    [InlineData("{\"\\uDBFF\":1}")]
    [InlineData("{\"\\ud800\":1,\"\\ud801\":1}")]
    public void refuses_half_a_character(string text) => Assert.Equal(JsonFlaw.LoneSurrogate, Flaw(text));

    [Theory]
    [InlineData("[\"A\u030A\"]")]
    [InlineData("[\"A\\u030a\"]")]
    [InlineData("{\"e\u0301\":1}")]
    [InlineData("[\"\\ufffe A\\u030a\"]")]
    public void refuses_a_text_that_is_not_in_normal_form_in_a_leaf(string text)
    {
        Assert.Equal(JsonFlaw.NotNormalised, Flaw(text));
        Assert.Equal(JsonFlaw.None, Flaw(text, JsonRules.Document));
        Assert.Equal(JsonFlaw.None, Flaw("[\"\u00C5 \u674E\u96F7 \\u00c5 \\ufffe\"]"));
    }

    [Fact]
    public void refuses_what_is_not_utf8()
    {
        Assert.Equal(JsonFlaw.NotUtf8, Flaw([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']));
        Assert.Equal(JsonFlaw.NotUtf8, Flaw([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));
        Assert.Equal(JsonFlaw.NotUtf8, Flaw([(byte)'"', 0xC0, 0xAF, (byte)'"']));
        Assert.Equal(JsonFlaw.NotUtf8, Flaw([(byte)'"', 0xFF, (byte)'"']));
    }

    [Fact]
    public void never_throws_and_reads_its_own_canonical_form_back() =>
        Gen.Select(Documents.Any, Gen.Int[0, 10_000], Gen.Byte)
            .Sample(
                (document, place, other) =>
                {
                    var bytes = JsonSerializer.SerializeToUtf8Bytes(document);
                    bytes[place % bytes.Length] = other;
                    if (Documents.Canonical(bytes) is { } canonical)
                        Assert.Equal(canonical, Documents.Canonical(canonical));
                },
                iter: 5000
            );
}
