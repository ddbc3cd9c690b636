using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class The_third_car_of_a_year
{
    static readonly ReservationKey Counter = TradeReservations.Cars(ItemScenario.Seller, 2026);

    /// <summary>A car that the seller has owned since 2 January 2026.</summary>
    static ItemScenario Owned(string category, string? soldBefore)
    {
        var story = new ItemScenario(category)
            .Registered(ItemScenario.Seller)
            .Observe(new OwnershipTransferred(NewOwner: ItemScenario.Seller, RegisteredOn: new(2026, 1, 2)));
        if (soldBefore is not null)
            story.Reservations[Counter] = soldBefore;
        return story;
    }

    [Theory]
    [InlineData(null, "deal-agreed")]
    [InlineData("1", "deal-agreed")]
    [InlineData("2", "three-cars-limit")]
    [InlineData("7", "three-cars-limit")]
    public void is_not_agreed(string? soldBefore, string outcome) =>
        Assert.Equal(
            outcome,
            ItemScenario.Outcome(
                Owned("used-car", soldBefore).Then(ItemScenario.OpenDeal()).Decide(ItemScenario.AgreePrice)
            )
        );

    [Fact]
    public void is_free_for_a_dealer() =>
        Assert.False(
            Owned("used-car", "5")
                .Then(ItemScenario.OpenDeal(PartyKind.Dealer))
                .Decide(ItemScenario.AgreePrice)
                .IsRefused
        );

    [Fact]
    public void is_free_for_other_goods() =>
        Assert.False(
            Owned("farm-machinery", "5").Then(ItemScenario.OpenDeal()).Decide(ItemScenario.AgreePrice).IsRefused
        );

    [Theory]
    [InlineData(1, "three-cars-limit")]
    [InlineData(2, "deal-agreed")]
    public void is_free_after_a_year_of_ownership(int day, string outcome)
    {
        var story = Owned("used-car", null).Then(ItemScenario.OpenDeal());
        story.Reservations[TradeReservations.Cars(ItemScenario.Seller, 2027)] = "2";
        Assert.Equal(
            outcome,
            ItemScenario.Outcome(story.Decide(ItemScenario.AgreePrice, new(2027, 1, day, 4, 0, 0, TimeSpan.Zero)))
        );
    }

    [Fact]
    public void is_counted_by_the_calendar_year_of_Shanghai()
    {
        var story = Owned("used-car", "2").Then(ItemScenario.OpenDeal());
        story.Reservations.Remove(TradeReservations.Cars(ItemScenario.Seller, 2027));
        Assert.Equal(
            "deal-agreed",
            ItemScenario.Outcome(story.Decide(ItemScenario.AgreePrice, new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero)))
        );
        Assert.Equal(
            "three-cars-limit",
            ItemScenario.Outcome(story.Decide(ItemScenario.AgreePrice, new(2026, 12, 31, 15, 59, 59, TimeSpan.Zero)))
        );
    }

    [Fact]
    public void is_counted_at_the_invoice_once()
    {
        var story = Owned("used-car", "1")
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice());
        Assert.Equal("2", story.Reservations[Counter]);
        Assert.Equal("2", story.Checked().Then(ItemScenario.Station).Reservations[Counter]);
    }

    [Fact]
    public void is_refused_from_a_markets_register_too()
    {
        var refusal = Assert.Single(Owned("used-car", "2").Decide(new ItemScenario().Sold()).Refusals);
        Assert.Equal(
            ("three-cars-limit", "3", "3"),
            (refusal.Code, refusal.With["carsThisYear"], refusal.With["limit"])
        );
    }

    /// <summary>Auckland's midnight of New Year's Day, 20:00 of the year before in Shanghai: the day given counts,
    /// also when its row is made again from the events.</summary>
    [Fact]
    public void is_counted_on_the_day_that_was_given()
    {
        var day = new DateOnly(2027, 1, 1);
        var midnight = new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);
        var story = Owned("used-car", null);
        var sale = ItemScenario.Stream(ItemScenario.Sale())[0];
        var recorded = sale with
        {
            StreamId = ItemScenario.Item,
            Version = story.History.Version + 1,
            Envelope = sale.Envelope with
            {
                OccurredAt = midnight,
                Precision = Precision.Day,
                Site = ItemScenario.Market,
            },
        };
        Assert.Equal(day, recorded.Envelope.When.Day);
        var handles = new Handles(new byte[32]);
        var counted = new ReservationSteps(new(handles, Guid.Empty, _ => null))
            .Of(GoodsStreams.Item, ItemScenario.Item, [.. story.History.Events, recorded])
            .Select(s => s.Step)
            .Single(s => s.Effect is ReservationEffect.Increment);
        Assert.Equal(handles.Of(TradeReservations.Cars(ItemScenario.Seller, 2027)), counted.Key);
    }

    [Fact]
    public void gets_its_place_back_when_a_sale_is_voided()
    {
        var story = Owned("used-car", null);
        story.Then(story.Sold());
        Assert.Equal("1", story.Reservations[Counter]);
        story.Then(new VoidEvent(story.Last, "never happened", null), second: "other side");
        Assert.False(story.Reservations.ContainsKey(Counter));
        Assert.Equal(ItemScenario.Seller, story.State.Owner.Party);
    }

    [Fact]
    public void is_not_judged_where_the_day_of_ownership_is_unknown()
    {
        var decision = new ItemScenario()
            .Registered(ItemScenario.Seller)
            .Then(ItemScenario.OpenDeal())
            .Decide(ItemScenario.AgreePrice);
        Assert.Contains(
            decision.Verdicts,
            v =>
                (v.RuleId, v.Result) == ("trade-three-cars", Result.NotEvaluated) && v.Inputs["missing"] == "ownedSince"
        );
    }

    [Fact]
    public void is_dated_by_the_papers_that_its_registration_names()
    {
        var story = new ItemScenario().Then(
            new ItemScenario().Registration(ItemScenario.Seller) with
            {
                OwnedSince = new(2025, 8, 1),
            }
        );
        story.Reservations[Counter] = "2";
        Assert.Equal(
            "three-cars-limit",
            ItemScenario.Outcome(story.Then(ItemScenario.OpenDeal()).Decide(ItemScenario.AgreePrice))
        );
    }

    [Fact]
    public void cannot_have_been_held_for_longer_than_the_car_was_registered()
    {
        var young = new ItemScenario().Registration(ItemScenario.Seller) with { FirstRegistered = new(2025, 8, 1) };
        var story = new ItemScenario().Then(young);
        story.Reservations[Counter] = "2";
        Assert.Equal(
            "three-cars-limit",
            ItemScenario.Outcome(story.Then(ItemScenario.OpenDeal()).Decide(ItemScenario.AgreePrice))
        );
    }

    /// <summary>Nobody said since when: it is counted apart, and warned of.</summary>
    [Theory]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public void warns_where_the_days_of_ownership_are_unknown(string before, bool warned)
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller).Then(ItemScenario.OpenDeal());
        story.Reservations[TradeReservations.CarsUndated(ItemScenario.Seller, 2026)] = before;
        story.Then(ItemScenario.AgreePrice).Then(ItemScenario.Payment);
        var billed = story.Decide(ItemScenario.Invoice());
        Assert.False(billed.IsRefused);
        Assert.Equal(
            warned,
            billed.Verdicts.Any(v => (v.RuleId, v.Result) == ("trade-three-cars-undated", Result.Hit))
        );
        var key = TradeReservations.CarsUndated(ItemScenario.Seller, 2026);
        Assert.Equal(before == "1" ? "2" : "3", billed.Reservations.Single(g => g.Key == key).New);
    }

    [Fact]
    public void is_not_owned_from_a_day_to_come() =>
        Assert.Equal(
            "occurred-in-future",
            ItemScenario.Outcome(
                new ItemScenario().Decide(
                    new ItemScenario().Registration(ItemScenario.Seller) with
                    {
                        OwnedSince = new(2026, 12, 1),
                    }
                )
            )
        );
}
