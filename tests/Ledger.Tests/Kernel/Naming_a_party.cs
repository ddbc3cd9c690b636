using System.Text.Json;
using Ledger.Kernel;

namespace Ledger.Tests.Kernel;

public sealed class Naming_a_party
{
    const string Market = "MK-510100-0007";

    [Theory]
    [InlineData("K-118", "MK-510100-0007/K-118")]
    [InlineData("  K-118 ", "MK-510100-0007/K-118")]
    [InlineData("MK-510700-0001/K-118", "MK-510700-0001/K-118")]
    [InlineData("MK-510700-0001/ K/118", "MK-510700-0001/K/118")]
    [InlineData("desk/118", "MK-510100-0007/desk/118")]
    [InlineData("10086", "MK-510100-0007/10086")]
    [InlineData("12800138000", "MK-510100-0007/12800138000")]
    public void takes_a_reference(string text, string said) =>
        Assert.Equal(said, PartyRef.Parse(text, Market, "seller").Party?.ToString());

    [Theory]
    [InlineData("11010519491231002X", "personal-data-in-public-field")]
    [InlineData("11010519491231002x", "personal-data-in-public-field")]
    [InlineData("440524188001010014", "personal-data-in-public-field")]
    [InlineData("MK-510100-0007/440524188001010014", "personal-data-in-public-field")]
    [InlineData("13800138000", "personal-data-in-public-field")]
    [InlineData("MK-510100-0007/19912345678", "personal-data-in-public-field")]
    [InlineData("", "value-missing")]
    [InlineData("   ", "value-missing")]
    [InlineData("MK-510100-0007/", "value-missing")]
    [InlineData("K\u0007", "text-malformed")]
    public void refuses(string text, string code)
    {
        var (party, refusal) = PartyRef.Parse(text, Market, "seller");
        Assert.Null(party);
        Assert.Equal((code, "seller"), (refusal!.Code, refusal.Field));
    }

    [Fact]
    public void refuses_what_is_too_long() =>
        Assert.Equal(
            "text-too-long",
            PartyRef.Parse(new string('K', PartyRef.Longest + 1), Market, "buyer").Refusal?.Code
        );

    [Fact]
    public void says_the_same_party_within_one_scope_only() =>
        Assert.NotEqual(new PartyRef("MK-510100-0007", "K-1"), new PartyRef("MK-510700-0001", "K-1"));

    [Theory]
    [InlineData("MK-510100-0007", "K/1")]
    [InlineData("local", "K-1")]
    public void survives_its_text(string scope, string reference)
    {
        var party = new PartyRef(scope, reference);
        Assert.Equal(
            party,
            JsonSerializer.Deserialize<PartyRef>(JsonSerializer.Serialize(party, WireJson.Options), WireJson.Options)
        );
    }

    [Theory]
    [InlineData("MK-510100-0007", null)]
    [InlineData("MK-999999-0007", "division-unknown")]
    [InlineData("MK-5101000007", "market-malformed")]
    [InlineData("mk-510100-0007", "market-malformed")]
    [InlineData("MK-510100-007", "market-malformed")]
    [InlineData("MK-510100-００07", "market-malformed")]
    public void knows_a_markets_code(string code, string? refusal) =>
        Assert.Equal(refusal, MarketCode.Check(code)?.Code);

    [Fact]
    public void knows_205_divisions()
    {
        Assert.Equal(205, Divisions.All.Count());
        Assert.Equal(
            ["county=183", "prefecture=21", "province=1"],
            Divisions.All.CountBy(d => d.Level).Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal)
        );
        Assert.Equal("成都市", Divisions.Find("510100")?.Name);
        Assert.Null(Divisions.Find("110000"));
        Assert.Null(Divisions.Find(null));
    }

    [Fact]
    public void knows_that_each_division_lies_in_its_parent() =>
        Assert.Empty(
            Divisions.All.Where(d =>
                d.Level != "province"
                && !(
                    Divisions.Find(d.Parent) is { } parent
                    && Divisions.Stem(d).StartsWith(Divisions.Stem(parent), StringComparison.Ordinal)
                )
            )
        );
}
