using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Trading;

namespace Ledger.Tests.Markets;

/// <summary>Suspensions of markets and stations, and what they stop.</summary>
public sealed class Stopping_a_site
{
    const string Station = "ST-510100-01";

    static readonly ReservationKey Row = SiteReservations.State(ItemScenario.Market);

    /// <summary>A market that is open and whose reservation says so, and a station.</summary>
    static Decision Act(SiteCommand c, string? state = null)
    {
        var scenario = new Scenario().Do(new OpenMarket(ItemScenario.Market));
        if (state is not null)
            scenario.Reservations[SiteReservations.State(c.Code)] = state;
        return scenario.First(c);
    }

    [Fact]
    public void of_trade_stops_listings_at_once_and_until_it_is_reinstated()
    {
        var suspended = Act(new SuspendMarket(ItemScenario.Market, "order"));
        Assert.Equal(new(Row, null, "suspended"), Assert.Single(suspended.Reservations));
        var story = new ItemScenario().Registered();
        story.Reservations[Row] = "suspended";
        var refusal = Assert.Single(story.Decide(ItemScenario.Offer()).Refusals);
        Assert.Equal(("market-suspended", "suspended"), (refusal.Code, refusal.With["state"]));
        Assert.Equal(
            new(Row, "suspended", null),
            Assert.Single(Act(new ReinstateMarket(ItemScenario.Market, "lifted"), state: "suspended").Reservations)
        );
    }

    [Fact]
    public void closes_for_good()
    {
        Assert.Equal(
            new(Row, "suspended", "closed"),
            Assert.Single(Act(new CloseMarket(ItemScenario.Market, "end", null, 0), state: "suspended").Reservations)
        );
        Assert.Equal(
            "wrong-state",
            ItemScenario.Code(Act(new ReinstateMarket(ItemScenario.Market, "no"), state: "closed"))
        );
        Assert.Equal(
            "wrong-state",
            ItemScenario.Code(Act(new SuspendMarket(ItemScenario.Market, "no"), state: "closed"))
        );
        var story = new ItemScenario().Registered();
        story.Reservations[Row] = "closed";
        Assert.Equal("market-closed", ItemScenario.Code(story.Decide(ItemScenario.Offer())));
    }

    [Fact]
    public void does_not_close_over_deals_that_go_on()
    {
        static Decision Close(int live) => Act(new CloseMarket(ItemScenario.Market, "end", null, live));
        var refusal = Assert.Single(Close(2).Refusals);
        Assert.Equal(("live-deals-open", "2"), (refusal.Code, refusal.With["count"]));
        Assert.Equal("market-closed", ItemScenario.Outcome(Close(0)));
    }

    [Fact]
    public void says_nothing_twice()
    {
        Assert.Empty(Act(new SuspendMarket(ItemScenario.Market, "again"), state: "suspended").Events);
        Assert.Empty(Act(new ReinstateMarket(ItemScenario.Market, "again")).Events);
    }

    /// <summary>What it offers waits: no deal is opened or agreed, and one that was agreed goes its way.</summary>
    [Fact]
    public void of_a_market_freezes_what_it_offers()
    {
        var offered = new ItemScenario().Opened();
        var listed = new ItemScenario().Registered().Then(ItemScenario.Offer());
        listed.Reservations[Row] = "suspended";
        Assert.Equal("market-suspended", ItemScenario.Code(listed.Decide(ItemScenario.OpenDeal())));
        Assert.Equal(
            "listing-withdrawn",
            ItemScenario.Outcome(listed.Decide(new WithdrawListing(ItemScenario.Listing, "x")))
        );
        listed.Reservations.Remove(Row);
        listed.Then(ItemScenario.OpenDeal());
        listed.Reservations[Row] = "suspended";
        Assert.Equal("market-suspended", ItemScenario.Code(listed.Decide(ItemScenario.AgreePrice)));
        listed.Reservations.Remove(Row);
        listed.Then(ItemScenario.AgreePrice);
        listed.Reservations[Row] = "suspended";
        Assert.Equal("deal-payment-recorded", ItemScenario.Outcome(listed.Decide(ItemScenario.Payment)));
        // What is offered nowhere is no market's.
        offered.Reservations[Row] = "suspended";
        Assert.Equal("deal-agreed", ItemScenario.Outcome(offered.Decide(ItemScenario.AgreePrice)));
    }

    [Fact]
    public void needs_a_market_or_station_that_is_known()
    {
        Assert.Equal("market-not-found", ItemScenario.Code(Act(new SuspendMarket("MK-510100-9999", "order"))));
        Assert.Equal("station-not-found", ItemScenario.Code(Act(new SuspendStation(Station, "order"))));
        Assert.Equal("station-malformed", ItemScenario.Code(Act(Authorising() with { Code = "ST-1" })));
        Assert.Equal("division-unknown", ItemScenario.Code(Act(Authorising() with { Code = "ST-999999-01" })));
    }

    static AuthoriseStation Authorising(DateOnly? to = null) => new(Station, "站", "公安", null, new(2026, 1, 1), to);

    [Theory]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-01", true)]
    [InlineData("2026-06-30", true)]
    [InlineData("2026-07-01", false)]
    public void happens_by_itself_where_a_station_has_a_term(string day, bool transfers)
    {
        var term = Assert.Single(Act(Authorising(new(2026, 6, 30))).Reservations).New!;
        var story = new ItemScenario { Clock = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) }.Invoiced();
        story.Reservations[SiteReservations.State("ST-1")] = SiteStates.Term(new(2025, 1, 1), null);
        story.Checked().Reservations[SiteReservations.State("ST-1")] = term;
        Assert.True(Instants.TryParseDay(day, out var date));
        var decision = story.Decide(ItemScenario.Station, ShanghaiDay.Start(date));
        Assert.Equal(transfers ? "ownership-transferred" : "station-not-authorised", ItemScenario.Outcome(decision));
    }

    [Fact]
    public void ends_before_it_begins_is_refused() =>
        Assert.Equal("value-out-of-range", ItemScenario.Code(Act(Authorising(new(2025, 12, 31)))));

    [Fact]
    public void of_a_station_stops_its_transfers()
    {
        Assert.Equal(
            "suspended",
            Assert.Single(Act(new SuspendStation(Station, "order"), "2026-01-01/").Reservations).New
        );
        var story = new ItemScenario().Invoiced().Checked();
        story.Reservations[SiteReservations.State("ST-1")] = "suspended";
        Assert.Equal("station-not-authorised", ItemScenario.Code(story.Decide(ItemScenario.Station)));
        Assert.Equal(
            "not-at-this-station",
            ItemScenario.Code(story.Decide(ItemScenario.Station with { Station = "ST-510100-77" }))
        );
    }
}
