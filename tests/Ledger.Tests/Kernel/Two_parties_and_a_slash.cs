using System.Text.Json;
using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Store.Vault;
using Support;

namespace Ledger.Tests.Kernel;

/// <summary>Who acts without a site is the scope of its own words, and its reference may hold a slash as a word may:
/// two
/// parties never have one text, one label or one mark.</summary>
public sealed class Two_parties_and_a_slash
{
    static readonly string Id = PartyRef.Of("x", new("0f8fad5b-d9cb-469f-a165-70867728950e")).Reference;

    /// <summary>Everything that a text could be misread at, in short pieces.</summary>
    static readonly string[] Pieces = ["/", "//", "%", "%2F", "%25", "2F", "a", "b", "p:", "/p:", Id, "MK-510100-0007"];

    static List<PartyRef> Pairs()
    {
        var chance = new Random(7);
        string Some(int least) =>
            string.Concat(Enumerable.Range(0, chance.Next(least, 5)).Select(_ => Pieces[chance.Next(Pieces.Length)]));
        var pairs = Enumerable.Range(0, 20_000).Select(_ => new PartyRef(Some(0), Some(1)));
        // Whatever one text can be cut into.
        string[] texts =
        [
            "a/b/c/d",
            "/a/b",
            "a//b",
            "//a",
            "a%2Fb/c",
            "/a%2Fb/c",
            $"a/b/{Id}",
            $"/a/b/{Id}",
            $"a/{Id}/b",
        ];
        var cut = texts.SelectMany(t =>
            Enumerable.Range(0, t.Length).Where(i => t[i] == '/').Select(i => new PartyRef(t[..i], t[(i + 1)..]))
        );
        return [.. pairs.Concat(cut).Where(p => p.Reference.Length > 0).Distinct()];
    }

    [Fact]
    public void have_two_texts_and_each_reads_back()
    {
        var pairs = Pairs();
        Assert.Equal(pairs.Count, pairs.Select(p => p.ToString()).Distinct(StringComparer.Ordinal).Count());
        foreach (var party in pairs)
        {
            Assert.Equal(party, PartyText.Read($"{party}"));
            var json = JsonSerializer.Serialize(party, WireJson.Options);
            Assert.Equal(party, JsonSerializer.Deserialize<PartyRef>(json, WireJson.Options));
        }
    }

    [Fact]
    public void have_two_marks_and_two_labels()
    {
        PartyRef[] words = [.. Pairs().Where(p => p.Subject is null)];
        Assert.Equal(words.Length, words.Select(w => Hex(PartyLabel.Mark(w, TestLedger.Handles))).Distinct().Count());
        Assert.Equal(words.Length, words.Select(PartyLabel.Of).Distinct(StringComparer.Ordinal).Count());
        Assert.All(words, word => Assert.Equal(word, PartyLabel.Read(PartyLabel.Of(word))));
    }

    /// <summary>A market's word may begin as an id does.</summary>
    [Theory]
    [InlineData("p:%%%%%%%%%%%%%%%%%%%%%%")]
    [InlineData("p:MK-510100-0007/K-118/K")]
    [InlineData("p:AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("p: AAAAAAAAAAAAAAAAAAAAA")]
    public void are_no_ids_because_they_look_alike(string word)
    {
        var party = new PartyRef("MK-510100-0007", word);
        Assert.Null(party.Subject);
        Assert.Equal(party, PartyText.Read($"{party}"));
    }

    [Theory]
    [InlineData("MK-510100-0007", "K-118", "MK-510100-0007/K-118")]
    [InlineData("local", "%2F", "local/%2F")]
    [InlineData("100%", "K", "100%/K")]
    [InlineData("MK-510100-0007", "desk/118", "MK-510100-0007/desk/118")]
    public void keep_the_text_they_had_where_it_reads_in_one_way(string scope, string word, string text) =>
        Assert.Equal(text, new PartyRef(scope, word).ToString());

    [Theory]
    [InlineData("MK-510100-0007", "K-118")]
    [InlineData("local", "K 1%")]
    public void keep_mark_and_label_where_there_is_no_slash(string scope, string word)
    {
        var party = new PartyRef(scope, word);
        var then = TestLedger.Handles.OfBlind(PersonalVault.Party, $"{scope}/{word}");
        Assert.Equal(then, PartyLabel.Mark(party, TestLedger.Handles));
        Assert.Equal([then], PartyLabel.Marks(party, TestLedger.Handles));
        Assert.Equal($"{scope}/{word}", PartyLabel.Of(party));
    }

    [Fact]
    public void are_told_apart_in_labels_of_then_by_the_mark_of_the_word()
    {
        const string Label = "MK-510100-0007/K-118/K-500";
        Assert.Null(PartyLabel.Read(Label));
        foreach (var word in (string[])["K-500", "K-118/K-500"])
        {
            var alone = TestLedger.Handles.OfBlind(PersonalVault.PartyAlone, word);
            Assert.Equal(word, PartyLabel.Recorded(Label, [alone], TestLedger.Handles).Reference);
        }
    }

    [Fact]
    public void are_named_as_their_text_has_them()
    {
        var party = new PartyRef("MK-510100-0007/K-118", "K-500");
        Assert.Equal("/MK-510100-0007%2FK-118/K-500", $"{party}");
        Assert.Equal(party, PartyRef.Parse($"{party}", "local", "owner").Party);
        Assert.Equal(
            "personal-data-in-public-field",
            PartyRef.Parse("/MK-510100-0007%2FK-118/13800138000", "local", "owner").Refusal?.Code
        );
        Assert.Equal("value-missing", PartyRef.Parse("/a%2Fb/", "local", "owner").Refusal?.Code);
    }

    /// <summary>The same of a tool and its version.</summary>
    [Fact]
    public void are_as_little_one_as_two_tools()
    {
        var (one, other) = (new WipeTool("a/b", "c"), new WipeTool("a", "b/c"));
        var reported = new RecoveryIncidentReported(Guid.NewGuid(), one.Name, [one.Version]);
        Assert.NotEmpty(IncidentDecider.Tools(reported).Intersect(IncidentDecider.Holding(one)));
        Assert.Empty(IncidentDecider.Tools(reported).Intersect(IncidentDecider.Holding(other)));
        // An incident that 179ed00 holds under the old text is still found, by both, and closed.
        var then = new ReservationKey("tool", "a/b/c");
        Assert.Contains(then, IncidentDecider.Holding(one));
        Assert.Contains(then, IncidentDecider.Holders(reported));
        Assert.Equal(
            [new ReservationKey("tool", "cleaner/4.2")],
            IncidentDecider.Holders(reported with { Tool = "cleaner", Versions = ["4.2"] })
        );
    }

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
