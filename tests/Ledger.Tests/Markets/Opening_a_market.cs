using Ledger.Markets;

namespace Ledger.Tests.Markets;

public sealed class Opening_a_market
{
    static readonly Guid Stream = MarketCommand.StreamOf(Story.Market, Scenario.Handles);

    readonly Scenario scenario = new();

    [Fact]
    public void takes_its_code()
    {
        var decision = scenario.First(new OpenMarket(Story.Market, "市场"));
        Assert.Equal("market-opened", Story.Outcome(decision));
        Assert.Equal(new(SiteReservations.Market(Story.Market), null, $"{Stream}"), Assert.Single(decision.Guards));
    }

    [Fact]
    public void is_refused_twice() =>
        Assert.Equal("market-exists", scenario.Do(new OpenMarket(Story.Market)).Refused(new OpenMarket(Story.Market)));

    /// <summary>Its reservation leads to its stream: where one of them was changed, nothing rests on either.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("elsewhere")]
    public void that_is_open_is_not_decided_on_where_its_reservation_says_otherwise(string? row)
    {
        scenario.Do(new OpenMarket(Story.Market));
        scenario.Reservations.Clear();
        if (row is not null)
            scenario.Reservations[SiteReservations.Market(Story.Market)] = row;
        Assert.NotNull(scenario.First(new OpenMarket(Story.Market)).Contradiction);
        Assert.NotNull(scenario.First(new SuspendMarket(Story.Market, "order")).Contradiction);
    }

    [Theory]
    [InlineData("", "market-malformed")]
    [InlineData("510100-0007", "market-malformed")]
    [InlineData("MK-999999-0007", "division-unknown")]
    public void needs_a_code_of_its_form(string code, string refusal) =>
        Assert.Equal(refusal, scenario.Refused(new OpenMarket(code)));

    [Theory]
    [InlineData(5, "market-opened")]
    [InlineData(6, "occurred-in-future")]
    public void is_not_in_the_future(int minutes, string outcome) =>
        Assert.Equal(outcome, scenario.Says(new OpenMarket(Story.Market), at: scenario.Now.AddMinutes(minutes)));

    [Fact]
    public void makes_a_market()
    {
        var opened = Story.Stream(new MarketOpened(Story.Market, "市场"));
        Assert.Equal(new(Story.Market, "市场", SiteState.Open, [], 1), Market.Fold(opened));
        Assert.Null(Market.Fold([]));
    }
}
