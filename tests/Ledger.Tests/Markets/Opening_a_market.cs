using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;

namespace Ledger.Tests.Markets;

public sealed class Opening_a_market
{
    static readonly ImmutableDictionary<GuardKey, string> Free = ImmutableDictionary<GuardKey, string>.Empty;

    static Decision Open(string? code, ImmutableDictionary<GuardKey, string>? guards = null, int minutesAhead = 0) =>
        MarketDecider.Decide(
            new MarketOpened(code, "市场"),
            code ?? "",
            Story.Id(9),
            guards ?? Free,
            Story.Start.AddMinutes(minutesAhead),
            Story.Start
        );

    [Fact]
    public void takes_its_code()
    {
        var decision = Open(Story.Market);
        Assert.Equal("market-opened", Story.Outcome(decision));
        Assert.Equal(
            new(ItemGuards.Market(Story.Market), null, Story.Id(9).ToString()),
            Assert.Single(decision.Guards)
        );
    }

    [Fact]
    public void is_refused_twice() =>
        Assert.Equal("market-exists", Story.Code(Open(Story.Market, Free.Add(ItemGuards.Market(Story.Market), "x"))));

    [Theory]
    [InlineData(null, "market-malformed")]
    [InlineData("510100-0007", "market-malformed")]
    [InlineData("MK-999999-0007", "division-unknown")]
    public void needs_a_code_of_its_form(string? code, string refusal) => Assert.Equal(refusal, Story.Code(Open(code)));

    [Theory]
    [InlineData(5, "market-opened")]
    [InlineData(6, "occurred-in-future")]
    public void is_not_in_the_future(int minutes, string outcome) =>
        Assert.Equal(outcome, Story.Outcome(Open(Story.Market, minutesAhead: minutes)));

    [Fact]
    public void makes_a_market()
    {
        var opened = Story.Stream(new MarketOpened(Story.Market, "市场"));
        Assert.Equal(new(Story.Market, "市场", SiteState.Open, [], 1), Market.Fold(opened));
        Assert.Null(Market.Fold([]));
    }
}
