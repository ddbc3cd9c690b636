using Ledger.Markets;

namespace Ledger.Tests.Markets;

public sealed class Opening_a_market
{
    static readonly Guid Stream = MarketCommand.StreamOf(ItemScenario.Market, Scenario.Handles);

    readonly Scenario scenario = new();

    [Fact]
    public void takes_its_code()
    {
        var decision = scenario.First(new OpenMarket(ItemScenario.Market, "市场"));
        Assert.Equal("market-opened", ItemScenario.Outcome(decision));
        Assert.Equal(
            new(SiteReservations.Market(ItemScenario.Market), null, $"{Stream}"),
            Assert.Single(decision.Reservations)
        );
    }

    [Fact]
    public void is_refused_twice() =>
        Assert.Equal(
            "market-exists",
            scenario.Do(new OpenMarket(ItemScenario.Market)).Refused(new OpenMarket(ItemScenario.Market))
        );

    /// <summary>Its reservation leads to its stream: where one of them was changed, nothing rests on either.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("elsewhere")]
    public void that_is_open_is_not_decided_on_where_its_reservation_says_otherwise(string? row)
    {
        scenario.Do(new OpenMarket(ItemScenario.Market));
        scenario.Reservations.Clear();
        if (row is not null)
            scenario.Reservations[SiteReservations.Market(ItemScenario.Market)] = row;
        Assert.NotNull(scenario.First(new OpenMarket(ItemScenario.Market)).Contradiction);
        Assert.NotNull(scenario.First(new SuspendMarket(ItemScenario.Market, "order")).Contradiction);
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
        Assert.Equal(outcome, scenario.Says(new OpenMarket(ItemScenario.Market), at: scenario.Now.AddMinutes(minutes)));

    [Fact]
    public void makes_a_market()
    {
        var opened = ItemScenario.Stream(new MarketOpened(ItemScenario.Market, "市场"));
        Assert.Equal(new(ItemScenario.Market, "市场", SiteState.Open, [], 1), Market.Fold(opened));
        Assert.Null(Market.Fold([]));
    }
}
