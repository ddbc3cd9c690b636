using Ledger.Kernel;
using Ledger.Markets;

namespace Ledger.Tests.Kernel;

/// <summary>Codes of markets and stations, and what stops them.</summary>
public sealed class Codes_of_sites
{
    [Theory]
    [InlineData("ST-510100-01", null)]
    [InlineData("ST-510100-0001", null)]
    [InlineData("ST-510100-1", "station-malformed")]
    [InlineData("ST-510100-00001", "station-malformed")]
    [InlineData("MK-510100-01", "station-malformed")]
    [InlineData("ST-5101o0-01", "station-malformed")]
    [InlineData("ST-A10100-01", "station-malformed")]
    [InlineData("ST-510100-A1", "station-malformed")]
    [InlineData("ST.510100-01", "station-malformed")]
    [InlineData("ST-510100.01", "station-malformed")]
    [InlineData("ST-999999-01", "division-unknown")]
    public void of_a_station_have_a_division_of_the_list(string code, string? refusal) =>
        Assert.Equal(refusal, StationCode.Check(code)?.Code);

    [Fact]
    public void that_are_wrong_are_told_as_they_were_typed()
    {
        Assert.Equal("ST-1", StationCode.Check("ST-1")!.With["value"]);
        Assert.Equal("999999", StationCode.Check("ST-999999-01")!.With["value"]);
        Assert.Equal("MK-1", MarketCode.Check("MK-1")!.With["value"]);
        Assert.Equal("999999", MarketCode.Check("MK-999999-0001")!.With["value"]);
        Assert.Null(MarketCode.Check("MK-510100-0001"));
        Assert.Equal("market-malformed", MarketCode.Check("MK-510100-001")?.Code);
    }

    [Fact]
    public void of_a_market_that_is_stopped_say_so()
    {
        Assert.Null(SiteStates.OfMarket("MK-510100-0001", null));
        var stopped = SiteStates.OfMarket("MK-510100-0001", "suspended")!;
        Assert.Equal(
            ("market-suspended", "MK-510100-0001", "suspended"),
            (stopped.Code, stopped.With["market"], stopped.With["state"])
        );
        // Nobody reinstates it: whoever is told to wait would wait in vain.
        var closed = SiteStates.OfMarket("MK-510100-0001", "closed")!;
        Assert.Equal(("market-closed", "MK-510100-0001"), (closed.Code, closed.With["market"]));
    }

    [Theory]
    [InlineData("2026-01-01", false)]
    [InlineData("2026-01-02", true)]
    [InlineData("2026-01-03", true)]
    [InlineData("2026-01-04", false)]
    public void of_a_station_hold_for_their_term(string day, bool valid)
    {
        var row = SiteStates.Term(new(2026, 1, 2), new(2026, 1, 3));
        var found = SiteStates.OfStation("ST-510100-01", row, DateOnly.Parse(day, null));
        Assert.Equal(valid ? null : "station-not-authorised", found?.Code);
    }

    [Fact]
    public void of_a_station_without_an_end_hold_for_ever()
    {
        Assert.Null(SiteStates.OfStation("ST-510100-01", SiteStates.Term(null, null), new(1900, 1, 1)));
        Assert.Null(SiteStates.OfStation("ST-510100-01", SiteStates.Term(new(2026, 1, 2), null), DateOnly.MaxValue));
        foreach (var row in (string?[])[null, "suspended", "2026-01-02/soon"])
            Assert.Equal("station-not-authorised", SiteStates.OfStation("ST-510100-01", row, new(2026, 1, 2))?.Code);
    }

    [Fact]
    public void lie_in_the_divisions_of_the_province()
    {
        Assert.Equal(205, Divisions.All.Count());
        Assert.Equal("510000", Divisions.All.First().Code);
        Assert.Equal(new("510100", "成都市", "prefecture", "510000"), Divisions.Find("510100"));
        Assert.Equal("", Divisions.Find("510000")!.Parent);
        Assert.Null(Divisions.Find("code"));
    }

    [Theory]
    [InlineData("MK-510100-0001", "MK-510700-0002", "MK-510100-0001")]
    [InlineData("REG-7", "MK-510700-0002", "MK-510700-0002")]
    [InlineData(null, "MK-510700-0002", "MK-510700-0002")]
    [InlineData("REG-7", "ST-510700-01", null)]
    [InlineData(null, null, null)]
    public void of_a_register_or_a_desk_say_which_market_recorded_it(string? source, string? site, string? market) =>
        Assert.Equal(
            market,
            new Envelope("key", ItemScenario.Start, ItemScenario.Clerk, "CLK", "")
            {
                Source = source,
                Site = site,
            }.Market
        );

    [Theory]
    [InlineData("CN", "CN-51", true)]
    [InlineData("CN-51", "CN-51", true)]
    [InlineData(null, "CN-51", true)]
    [InlineData("CN-5", "CN-51", false)]
    [InlineData("CN-51", "CN", false)]
    [InlineData("DE", "CN-51", false)]
    public void of_a_law_cover_their_parts(string? rule, string fact, bool covered) =>
        Assert.Equal(covered, Jurisdiction.Covers(rule, fact));
}
