using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Signing_a_note
{
    static IEnumerable<JsonElement> Cases => Vectors.Lines("note-golang.jsonl").Where(l => l.Text("kind") == "sign");

    public static TheoryData<string> Names => [.. Cases.Select(l => l.Text("name"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void gives_the_bytes_that_go_gives_and_refuses_what_it_refuses(string name)
    {
        var line = Cases.Single(l => l.Text("name") == name);
        var (signer, key) = NoteSigner.ReadSkey(line.Text("skey"))!.Value;
        using var held = key;
        if (line.TryGetProperty("error", out _))
            Assert.Throws<ArgumentException>(() => new NoteSigner(signer, key).Sign(line.Text("text")));
        else
            Assert.Equal(line.Text("signed_note"), new NoteSigner(signer, key).Sign(line.Text("text")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no line feed at the end")]
    [InlineData("a tab\t\n")]
    [InlineData("a return\r\n")]
    [InlineData("\ufeffa mark in front\n")]
    public void refuses_a_text_that_no_note_may_hold(string text)
    {
        Assert.Throws<ArgumentException>(() => SampleSigners.Log.Sign(text));
        Assert.Throws<ArgumentException>(() => SampleSigners.Log.Line(text));
    }
}
