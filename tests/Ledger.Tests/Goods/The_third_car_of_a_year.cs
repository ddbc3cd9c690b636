using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class The_third_car_of_a_year
{
    static readonly GuardKey Counter = TradeReservations.Cars(Story.Seller, 2026);

    /// <summary>A car that the seller has owned since 2 January 2026.</summary>
    static Story Owned(string category, string? soldBefore)
    {
        var story = new Story(category)
            .Registered(Story.Seller)
            .Observe(new OwnershipTransferred(NewOwner: Story.Seller, RegisteredOn: new(2026, 1, 2)));
        if (soldBefore is not null)
            story.Guards[Counter] = soldBefore;
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
            Story.Outcome(Owned("used-car", soldBefore).Then(Story.Meeting()).Decide(Story.Handshake))
        );

    [Fact]
    public void is_free_for_a_dealer() =>
        Assert.False(Owned("used-car", "5").Then(Story.Meeting(PartyKind.Dealer)).Decide(Story.Handshake).IsRefused);

    [Fact]
    public void is_free_for_other_goods() =>
        Assert.False(Owned("farm-machinery", "5").Then(Story.Meeting()).Decide(Story.Handshake).IsRefused);

    [Theory]
    [InlineData(1, "three-cars-limit")]
    [InlineData(2, "deal-agreed")]
    public void is_free_after_a_year_of_ownership(int day, string outcome)
    {
        var story = Owned("used-car", null).Then(Story.Meeting());
        story.Guards[TradeReservations.Cars(Story.Seller, 2027)] = "2";
        Assert.Equal(outcome, Story.Outcome(story.Decide(Story.Handshake, new(2027, 1, day, 4, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public void is_counted_by_the_calendar_year_of_Shanghai()
    {
        var story = Owned("used-car", "2").Then(Story.Meeting());
        story.Guards.Remove(TradeReservations.Cars(Story.Seller, 2027));
        Assert.Equal(
            "deal-agreed",
            Story.Outcome(story.Decide(Story.Handshake, new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero)))
        );
        Assert.Equal(
            "three-cars-limit",
            Story.Outcome(story.Decide(Story.Handshake, new(2026, 12, 31, 15, 59, 59, TimeSpan.Zero)))
        );
    }

    [Fact]
    public void is_counted_at_the_invoice_once()
    {
        var story = Owned("used-car", "1")
            .Then(Story.Meeting())
            .Then(Story.Handshake)
            .Then(Story.Payment)
            .Then(Story.Bill());
        Assert.Equal("2", story.Guards[Counter]);
        Assert.Equal("2", story.Then(Story.Station).Guards[Counter]);
    }

    [Fact]
    public void is_refused_from_a_markets_register_too()
    {
        var refusal = Assert.Single(Owned("used-car", "2").Decide(new Story().Sold()).Refusals);
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
        var sale = Story.Stream(Story.Sale())[0];
        var recorded = sale with
        {
            StreamId = Story.Item,
            Version = story.History.Version + 1,
            Envelope = sale.Envelope with { OccurredAt = midnight, Precision = Precision.Day, Site = Story.Market },
        };
        Assert.Equal(day, recorded.Envelope.When.Day);
        var handles = new Handles(new byte[32]);
        var counted = new ReservationSteps(new(handles, Guid.Empty, _ => null))
            .Of(Noun.Item, Story.Item, [.. story.History.Events, recorded])
            .Select(s => s.Step)
            .Single(s => s.Deed is GuardDeed.More);
        Assert.Equal(handles.Of(TradeReservations.Cars(Story.Seller, 2027)), counted.Key);
    }

    [Fact]
    public void gets_its_place_back_when_a_sale_is_voided()
    {
        var story = Owned("used-car", null);
        story.Then(story.Sold());
        Assert.Equal("1", story.Guards[Counter]);
        story.Then(new VoidEvent(story.Last, "never happened", null), second: "other side");
        Assert.False(story.Guards.ContainsKey(Counter));
        Assert.Equal(Story.Seller, story.State.Owner.Party);
    }

    [Fact]
    public void is_not_judged_where_the_day_of_ownership_is_unknown()
    {
        var decision = new Story().Registered(Story.Seller).Then(Story.Meeting()).Decide(Story.Handshake);
        Assert.Contains(
            decision.Verdicts,
            v =>
                (v.RuleId, v.Result) == ("trade-three-cars", Result.NotEvaluated) && v.Inputs["missing"] == "ownedSince"
        );
    }

    [Fact]
    public void is_dated_by_the_papers_that_its_registration_names()
    {
        var story = new Story().Then(new Story().Registration(Story.Seller) with { OwnedSince = new(2025, 8, 1) });
        story.Guards[Counter] = "2";
        Assert.Equal("three-cars-limit", Story.Outcome(story.Then(Story.Meeting()).Decide(Story.Handshake)));
    }

    [Fact]
    public void cannot_have_been_held_for_longer_than_the_car_was_registered()
    {
        var young = new Story().Registration(Story.Seller) with { FirstRegistered = new(2025, 8, 1) };
        var story = new Story().Then(young);
        story.Guards[Counter] = "2";
        Assert.Equal("three-cars-limit", Story.Outcome(story.Then(Story.Meeting()).Decide(Story.Handshake)));
    }

    /// <summary>Nobody said since when: it is counted apart, and warned of.</summary>
    [Theory]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public void warns_where_the_days_of_ownership_are_unknown(string before, bool warned)
    {
        var story = new Story().Registered(Story.Seller).Then(Story.Meeting());
        story.Guards[TradeReservations.CarsUndated(Story.Seller, 2026)] = before;
        story.Then(Story.Handshake).Then(Story.Payment);
        var billed = story.Decide(Story.Bill());
        Assert.False(billed.IsRefused);
        Assert.Equal(
            warned,
            billed.Verdicts.Any(v => (v.RuleId, v.Result) == ("trade-three-cars-undated", Result.Hit))
        );
        var key = TradeReservations.CarsUndated(Story.Seller, 2026);
        Assert.Equal(before == "1" ? "2" : "3", billed.Guards.Single(g => g.Key == key).New);
    }

    [Fact]
    public void is_not_owned_from_a_day_to_come() =>
        Assert.Equal(
            "occurred-in-future",
            Story.Outcome(
                new Story().Decide(new Story().Registration(Story.Seller) with { OwnedSince = new(2026, 12, 1) })
            )
        );
}
