using Ledger.Exports;
using Ledger.Goods;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Listing_an_item
{
    [Fact]
    public void stands_with_its_price()
    {
        var item = new Story().Registered().Then(Story.Offer()).State;
        Assert.Equal((Life.Listed, Life.Held, 5_000_000L), (item.Life, item.CameFrom, item.Trade.OpenListing!.AskFen));
    }

    [Fact]
    public void is_refused_while_it_is_listed()
    {
        var story = new Story().Registered().Then(Story.Offer());
        var refusal = Assert.Single(story.Decide(Story.Offer()).Refusals);
        Assert.Equal(
            ("already-listed", "listed", Story.Market, (Guid?)story.Last),
            (refusal.Code, refusal.CurrentState, refusal.With["market"], refusal.BlockingEvent)
        );
    }

    [Fact]
    public void is_refused_while_a_deal_is_under_way()
    {
        var story = new Story().Opened();
        var deal = story.Last;
        var refusal = Assert.Single(story.Decide(Story.Offer()).Refusals);
        Assert.Equal(
            ("item-in-other-deal", "open", (Guid?)deal),
            (refusal.Code, refusal.CurrentState, refusal.BlockingEvent)
        );
    }

    [Fact]
    public void is_refused_while_encumbered()
    {
        var story = new Story().Registered().Then(Acts.Pledge());
        var lien = story.Last;
        var refusal = Assert.Single(story.Then(Acts.Inspection).Decide(Story.Offer()).Refusals);
        Assert.Equal(
            ("encumbered", "trade-prohibited-encumbered", (Guid?)lien),
            (refusal.Code, refusal.RuleId, refusal.BlockingEvent)
        );
    }

    [Fact]
    public void is_refused_while_an_authority_holds_it()
    {
        var story = new Story().Registered().Then(Acts.Seizure());
        var hold = story.Last;
        var refusal = Assert.Single(story.Decide(Story.Offer()).Refusals);
        Assert.Equal(("held-by-authority", (Guid?)hold), (refusal.Code, refusal.BlockingEvent));
    }

    [Fact]
    public void is_refused_for_every_reason_at_once() =>
        Assert.Equal(
            "encumbered held-by-authority",
            Story.Outcome(new Story().Registered().Then(Acts.Seizure()).Then(Acts.Pledge()).Decide(Story.Offer()))
        );

    [Fact]
    public void is_refused_at_an_unknown_market() =>
        Assert.Equal("market-not-found", Story.Code(new Story().Registered().Decide(Story.Offer("MK-510700-0001"))));

    [Fact]
    public void is_refused_once_exported()
    {
        var refusal = Assert.Single(
            new Story().Registered().Observe(new ItemExported()).Decide(Story.Offer()).Refusals
        );
        Assert.Equal(("wrong-state", "exported"), (refusal.Code, refusal.CurrentState));
    }

    [Fact]
    public void is_possible_again_after_its_withdrawal()
    {
        var story = new Story().Registered().Then(Acts.Intake).Then(Story.Offer()).Then(Acts.Withdrawal);
        Assert.Equal((Life.Stocked, ListingState.Withdrawn), (story.State.Life, story.State.Trade.Listing!.State));
        Assert.False(story.Decide(Story.Offer()).IsRefused);
    }

    [Fact]
    public void may_change_its_price()
    {
        var story = new Story().Registered().Then(Story.Offer()).Then(new RepriceListing(Story.Listing, 4_000_000));
        Assert.Equal(4_000_000, story.State.Trade.OpenListing!.AskFen);
        Assert.Equal("nothing", Story.Outcome(story.Decide(new RepriceListing(Story.Listing, 4_000_000))));
        Assert.Equal("listing-not-found", Story.Code(story.Decide(new RepriceListing(Story.Stranger, 1))));
        Assert.Equal("listing-not-found", Story.Code(story.Decide(new WithdrawListing(Story.Stranger, "x"))));
    }

    [Fact]
    public void is_taken_by_a_deal_and_opens_again_when_that_is_cancelled()
    {
        var story = new Story().Registered().Then(Acts.Intake).Then(Story.Offer()).Then(Story.Meeting());
        Assert.Equal(ListingState.Taken, story.State.Trade.Listing!.State);
        var refusal = Assert.Single(story.Decide(Acts.Withdrawal).Refusals);
        Assert.Equal(("wrong-state", "taken"), (refusal.Code, refusal.CurrentState));
        story.Then(Acts.Cancelling);
        Assert.Equal((Life.Listed, Life.Stocked), (story.State.Life, story.State.CameFrom));
        Assert.Equal(Life.Stocked, story.Then(Acts.Withdrawal).State.Life);
    }

    [Fact]
    public void from_stock_is_not_taken_into_stock_twice()
    {
        var refusal = Assert.Single(new Story().Registered().Then(Acts.Intake).Decide(Acts.Intake).Refusals);
        Assert.Equal(("wrong-state", "stocked"), (refusal.Code, refusal.CurrentState));
    }
}
