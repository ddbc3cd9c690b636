using Ledger.Exports;
using Ledger.Goods;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Listing_an_item
{
    [Fact]
    public void stands_with_its_price()
    {
        var item = new ItemScenario().Registered().Then(ItemScenario.Offer()).State;
        Assert.Equal((Life.Listed, Life.Held, 5_000_000L), (item.Life, item.CameFrom, item.Trade.OpenListing!.AskFen));
    }

    [Fact]
    public void is_refused_while_it_is_listed()
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.Offer());
        var refusal = Assert.Single(story.Decide(ItemScenario.Offer()).Refusals);
        Assert.Equal(
            ("already-listed", "listed", ItemScenario.Market, (Guid?)story.Last),
            (refusal.Code, refusal.CurrentState, refusal.With["market"], refusal.BlockingEvent)
        );
    }

    [Fact]
    public void is_refused_while_a_deal_is_under_way()
    {
        var story = new ItemScenario().Opened();
        var deal = story.Last;
        var refusal = Assert.Single(story.Decide(ItemScenario.Offer()).Refusals);
        Assert.Equal(
            ("item-in-other-deal", "open", (Guid?)deal),
            (refusal.Code, refusal.CurrentState, refusal.BlockingEvent)
        );
    }

    [Fact]
    public void is_refused_while_encumbered()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Pledge());
        var lien = story.Last;
        var refusal = Assert.Single(story.Then(SampleCommands.Inspection).Decide(ItemScenario.Offer()).Refusals);
        Assert.Equal(
            ("encumbered", "trade-prohibited-encumbered", (Guid?)lien),
            (refusal.Code, refusal.RuleId, refusal.BlockingEvent)
        );
    }

    [Fact]
    public void is_refused_while_an_authority_holds_it()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Seizure());
        var hold = story.Last;
        var refusal = Assert.Single(story.Decide(ItemScenario.Offer()).Refusals);
        Assert.Equal(("held-by-authority", (Guid?)hold), (refusal.Code, refusal.BlockingEvent));
    }

    [Fact]
    public void is_refused_for_every_reason_at_once() =>
        Assert.Equal(
            "encumbered held-by-authority",
            ItemScenario.Outcome(
                new ItemScenario()
                    .Registered()
                    .Then(SampleCommands.Seizure())
                    .Then(SampleCommands.Pledge())
                    .Decide(ItemScenario.Offer())
            )
        );

    [Fact]
    public void is_refused_at_an_unknown_market()
    {
        var story = new ItemScenario { Site = "MK-510700-0001" };
        Assert.Equal(
            "market-not-found",
            ItemScenario.Code(story.Registered().Decide(ItemScenario.Offer("MK-510700-0001")))
        );
    }

    [Fact]
    public void is_refused_once_exported()
    {
        var refusal = Assert.Single(
            new ItemScenario().Registered().Observe(new ItemExported()).Decide(ItemScenario.Offer()).Refusals
        );
        Assert.Equal(("wrong-state", "exported"), (refusal.Code, refusal.CurrentState));
    }

    [Fact]
    public void is_possible_again_after_its_withdrawal()
    {
        var story = new ItemScenario()
            .Registered()
            .Then(SampleCommands.Intake)
            .Then(ItemScenario.Offer())
            .Then(SampleCommands.Withdrawal);
        Assert.Equal((Life.Stocked, ListingState.Withdrawn), (story.State.Life, story.State.Trade.Listing!.State));
        Assert.False(story.Decide(ItemScenario.Offer()).IsRefused);
    }

    [Fact]
    public void may_change_its_price()
    {
        var story = new ItemScenario()
            .Registered()
            .Then(ItemScenario.Offer())
            .Then(new RepriceListing(ItemScenario.Listing, 4_000_000));
        Assert.Equal(4_000_000, story.State.Trade.OpenListing!.AskFen);
        Assert.Equal(
            "nothing",
            ItemScenario.Outcome(story.Decide(new RepriceListing(ItemScenario.Listing, 4_000_000)))
        );
        Assert.Equal(
            "listing-not-found",
            ItemScenario.Code(story.Decide(new RepriceListing(ItemScenario.Stranger, 1)))
        );
        Assert.Equal(
            "listing-not-found",
            ItemScenario.Code(story.Decide(new WithdrawListing(ItemScenario.Stranger, "x")))
        );
    }

    [Fact]
    public void is_taken_by_a_deal_and_opens_again_when_that_is_cancelled()
    {
        var story = new ItemScenario()
            .Registered()
            .Then(SampleCommands.Intake)
            .Then(ItemScenario.Offer())
            .Then(ItemScenario.OpenDeal());
        Assert.Equal(ListingState.Taken, story.State.Trade.Listing!.State);
        var refusal = Assert.Single(story.Decide(SampleCommands.Withdrawal).Refusals);
        Assert.Equal(("wrong-state", "taken"), (refusal.Code, refusal.CurrentState));
        story.Then(SampleCommands.Cancelling);
        Assert.Equal((Life.Listed, Life.Stocked), (story.State.Life, story.State.CameFrom));
        Assert.Equal(Life.Stocked, story.Then(SampleCommands.Withdrawal).State.Life);
    }

    [Fact]
    public void from_stock_is_not_taken_into_stock_twice()
    {
        var refusal = Assert.Single(
            new ItemScenario().Registered().Then(SampleCommands.Intake).Decide(SampleCommands.Intake).Refusals
        );
        Assert.Equal(("wrong-state", "stocked"), (refusal.Code, refusal.CurrentState));
    }
}
