using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Reading_a_key
{
    static IEnumerable<JsonElement> OfKind(string kind) =>
        Vectors.Lines("note-golang.jsonl").Where(l => l.Text("kind") == kind);

    public static TheoryData<string, bool> Vkeys =>
        [.. OfKind("vkey").Select(l => (l.Text("vkey"), l.GetProperty("ok").GetBoolean()))];

    [Theory]
    [MemberData(nameof(Vkeys))]
    public void takes_the_good_ones_of_others_and_refuses_their_bad_ones(string vkey, bool ok) =>
        Assert.Equal(ok ? vkey : null, NoteVerifier.Read(vkey)?.Key.Vkey);

    [Fact]
    public void refuses_each_part_and_each_alteration_of_a_vkey()
    {
        var vkey = OfKind("vkey-property").Single().Text("vkey");
        Assert.NotNull(NoteVerifier.Read(vkey));
        Assert.All(Mangled(vkey), m => Assert.True(NoteVerifier.Read(m) is null, m));
    }

    [Fact]
    public void refuses_each_part_and_each_alteration_of_an_skey()
    {
        var skey = OfKind("skey-property").Single().Text("skey");
        Assert.NotNull(NoteSigner.ReadSkey(skey));
        Assert.All(Mangled(skey), m => Assert.True(NoteSigner.ReadSkey(m) is null, m));
    }

    static IEnumerable<string> Mangled(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            for (var j = i; j <= key.Length; j++)
                if (j - i < key.Length)
                    yield return key[i..j];
            yield return $"{key[..i]}{(char)(key[i] + 1)}{key[(i + 1)..]}";
        }
    }

    [Fact]
    public void finds_the_id_of_the_specifications_example()
    {
        var vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        var key = NoteVerifier.Read(vkey)!.Key;
        Assert.Equal(("example.com/foo", 0x530d903aU), (key.Name, key.Id));
        Assert.Equal(vkey, key.Vkey);
    }

    [Theory]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n")]
    [InlineData("example.com/foo+530d903a+")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    public void refuses_a_vkey_with_another_id_or_form(string vkey) => Assert.Null(NoteVerifier.Read(vkey));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u00a0b")]
    [InlineData("a\u2003b")]
    [InlineData("a\u0085b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a+b")]
    public void refuses_a_name_that_no_key_may_have(string name)
    {
        Assert.False(NoteKey.IsName(name));
        Assert.Throws<ArgumentException>(() => new NoteSigner(name, new Ed25519Key(SampleSigners.Seed(1))));
        Assert.Null(NoteSigner.ReadSkey($"PRIVATE+KEY+{name}+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"));
    }

    [Fact]
    public void keeps_its_types_apart()
    {
        // Threat 26: a cosigner's key is no log's key, and the other way round.
        Assert.Null(NoteVerifier.Read(SampleSigners.Witness(1).Vkey));
        Assert.Null(CosignatureVerifier.Read(SampleSigners.Log.Vkey));
        Assert.Throws<ArgumentException>(() => new NoteVerifier(SampleSigners.Witness(1).Key));
        Assert.Throws<ArgumentException>(() => new CosignatureVerifier(SampleSigners.Log.Key));
    }

    [Fact]
    public void gives_back_name_and_private_key_of_an_skey()
    {
        var read = NoteSigner.ReadSkey(NoteSigner.Skey(SampleSigners.Origin, SampleSigners.Seed(1)))!.Value;
        using var key = read.Key;
        Assert.Equal(SampleSigners.Log.Vkey, new NoteSigner(read.Name, key).Vkey);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void wants_a_seed_of_32_bytes(int length) =>
        Assert.Throws<ArgumentException>(() => new Ed25519Key(new byte[length]));
}
