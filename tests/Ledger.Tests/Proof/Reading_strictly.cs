using System.Text;
using CsCheck;
using Ledger.Proof;
using Hash = Ledger.Proof.Hash;

namespace Ledger.Tests.Proof;

public sealed class Reading_strictly
{
    [Fact]
    public void takes_back_whatever_base64_was_written() =>
        Gen
            .Byte.Array[0, 70]
            .Sample(bytes =>
            {
                Assert.Equal(bytes, StrictBase64.Read(Convert.ToBase64String(bytes)));
                Assert.Equal(bytes, StrictBase64.ReadUrl(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
            });

    [Theory]
    [InlineData("AA")]
    [InlineData("AA=")]
    [InlineData("AA===")]
    [InlineData("AAA==")]
    [InlineData("AAAA=")]
    [InlineData("AAAA====")]
    [InlineData("AB==")]
    [InlineData("AAB=")]
    [InlineData("AA==AAAA")]
    [InlineData("=AAA")]
    [InlineData("=")]
    [InlineData("-_AA")]
    [InlineData(" AAA")]
    [InlineData("AAAA ")]
    [InlineData("AA AA")]
    [InlineData("AAAA\n")]
    [InlineData("AA\r\nAA")]
    [InlineData("AA\tA")]
    [InlineData("AAA\u00c1")]
    [InlineData("AAA\0")]
    public void refuses_another_form_of_base64(string text) => Assert.Null(StrictBase64.Read(text));

    [Theory]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AA==")]
    [InlineData("AAA=")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("+/AA")]
    [InlineData(" AA")]
    [InlineData("AA ")]
    [InlineData("A A")]
    [InlineData("AA\n")]
    [InlineData("AA%")]
    [InlineData("AA\u00c1A")]
    public void refuses_another_form_of_base64url(string text) => Assert.Null(StrictBase64.ReadUrl(text));

    [Fact]
    public void wants_32_bytes_of_a_hash()
    {
        foreach (var length in (int[])[0, 31, 33, 64])
        {
            var bytes = new byte[length];
            Assert.Null(StrictBase64.ReadHash(Convert.ToBase64String(bytes)));
            Assert.Null(StrictBase64.ReadUrlHash(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
        }
        var hash = Hash.Of("a"u8);
        Assert.Equal(hash, StrictBase64.ReadHash(hash.ToBase64()));
        Assert.Equal(hash, StrictBase64.ReadUrlHash(hash.ToBase64Url()));
    }

    [Fact]
    public void takes_text_as_it_is() => Assert.Equal("甲\n\n𠮷\n", StrictText.Read("甲\n\n𠮷\n"u8));

    [Theory]
    [InlineData("")]
    [InlineData("61")]
    [InlineData("610D0A")]
    [InlineData("0D0A")]
    [InlineData("EFBBBF610A")]
    [InlineData("FF0A")]
    [InlineData("C00A")]
    [InlineData("C0800A")]
    [InlineData("EDA0800A")]
    [InlineData("F48080800A80")]
    [InlineData("F49080800A")]
    public void refuses_bytes_that_are_no_such_text(string hex) =>
        Assert.Null(StrictText.Read(Convert.FromHexString(hex)));

    [Fact]
    public void takes_a_mebibyte_and_no_more()
    {
        var text = new string('a', StrictText.Longest - 1) + "\n";
        Assert.Equal(text, StrictText.Read(Encoding.UTF8.GetBytes(text)));
        Assert.True(StrictText.Holds(text));
        Assert.Null(StrictText.Read(Encoding.UTF8.GetBytes("a" + text)));
        Assert.False(StrictText.Holds("a" + text));
        Assert.False(StrictText.Holds("é" + text[1..]));
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    public void refuses_half_a_surrogate_in_text_notes_and_names(int half)
    {
        var text = $"a{(char)half}b\n";
        Assert.False(StrictText.Holds(text));
        Assert.False(NoteKey.IsName(text[..^1]));
        Assert.Null(SignedNote.Read($"{text}\n— name AAAAAAA=\n"));
        Assert.Throws<ArgumentException>(() => SampleSigners.Log.Sign(text));
        Assert.True(StrictText.Holds("a𠮷b\n"));
    }
}
