using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class After_a_sale
{
    const string Second = "MK-510302-0001";

    static ItemScenario Completed() =>
        new ItemScenario("furniture").Invoiced().Then(new CompleteDeal(ItemScenario.Deal));

    [Fact]
    public void goes_back_by_a_deal_of_its_own()
    {
        var story = Completed();
        Assert.Equal(ItemScenario.Buyer, story.State.Owner.Party);
        var rescission = new RescindDeal(ItemScenario.Deal, "hidden damage", 4_800_000, ItemScenario.Id(55));
        Assert.Equal("buyer-not-consenting", ItemScenario.Code(story.Decide(rescission)));
        Assert.Equal("buyer-not-consenting", ItemScenario.Code(story.Decide(rescission, second: "somebody")));
        story.Second = ItemScenario.Buyer;
        Assert.Equal(
            "deal-rescinded + deal-opened",
            ItemScenario.Outcome(story.Decide(rescission, second: "the buyer"))
        );
        story.Self = ItemScenario.Buyer;
        story.Then(rescission);
        Assert.Equal(
            (DealState.Rescinded, ItemScenario.Id(55), ItemScenario.Buyer, Life.InDeal),
            (
                story.State.Trade.Deals[0].State,
                story.State.LiveDeal!.Value,
                story.State.Trade.LiveDeal!.Seller!,
                story.State.Life
            )
        );
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(rescission)));
        // The owner chain is not rewound: the thing is the buyer's until the deal back is done.
        Assert.Equal(ItemScenario.Buyer, story.State.Owner.Party);
    }

    [Fact]
    public void stands_again_where_the_deal_back_comes_to_nothing()
    {
        var story = Completed();
        story.Self = ItemScenario.Buyer;
        var rescission = new RescindDeal(ItemScenario.Deal, "hidden damage", 4_800_000, Back);
        story.Then(rescission).Then(new CancelDeal(Back, "buyer", "kept", null));
        Assert.Equal([DealState.Completed, DealState.Cancelled], story.State.Trade.Deals.Select(d => d.State));
        story.Then(rescission with { BackDealId = ItemScenario.Id(58) });
        Assert.Equal(DealState.Rescinded, story.State.Trade.Deals[0].State);
    }

    static readonly Guid Back = ItemScenario.Id(55);

    /// <summary>Sold, given back by a deal of its own, which is done too.</summary>
    static ItemScenario GivenBack()
    {
        var story = Completed();
        story.Self = ItemScenario.Buyer;
        return story
            .Then(new RescindDeal(ItemScenario.Deal, "hidden damage", 4_800_000, Back))
            .Then(new AgreeDeal(Back, 4_800_000, "CNY", null))
            .Then(new RecordPayment(Back, 4_800_000, "CNY", "bank"))
            .Then(ItemScenario.Invoice("2") with { DealId = Back })
            .Then(new CompleteDeal(Back));
    }

    [Fact]
    public void marks_the_deal_that_was_rescinded_and_no_other()
    {
        var story = GivenBack();
        Assert.Equal([DealState.Rescinded, DealState.Completed], story.State.Trade.Deals.Select(d => d.State));
        Assert.Equal(ItemScenario.Seller, story.State.Owner.Party);
        Assert.Equal(
            "wrong-state",
            ItemScenario.Code(story.Decide(new RescindDeal(ItemScenario.Deal, "again", 1, ItemScenario.Id(56))))
        );
    }

    [Fact]
    public void complains_of_any_deal_there_was_at_its_own_price()
    {
        var story = GivenBack();
        story.Self = ItemScenario.Buyer;
        foreach (var deal in (Guid[])[ItemScenario.Deal, Back])
            Assert.Equal("complaint-filed", ItemScenario.Outcome(story.Decide(Complaint(deal))));
        Assert.Equal("deal-not-found", ItemScenario.Code(story.Decide(Complaint(ItemScenario.Stranger))));
    }

    static FileComplaint Complaint(Guid deal) => new(ItemScenario.Id(57), deal, "fraud", 4_800_000);

    [Fact]
    public void frees_the_deal_when_its_invoice_is_voided()
    {
        var story = new ItemScenario().Invoiced();
        story.Then(new VoidInvoice(ItemScenario.Deal, "typo"));
        Assert.Equal(DealState.Paid, story.State.Trade.LiveDeal!.State);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(new VoidInvoice(ItemScenario.Deal, "again"))));
        story.Then(ItemScenario.Invoice("2"));
    }

    [Fact]
    public void does_not_count_a_car_whose_invoice_was_voided()
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller);
        story.Observe(new OwnershipTransferred(NewOwner: ItemScenario.Seller, RegisteredOn: new(2025, 12, 1)));
        story
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice());
        var key = TradeReservations.Cars(ItemScenario.Seller, 2026);
        Assert.Equal("1", story.Reservations[key]);
        story.Then(new VoidInvoice(ItemScenario.Deal, "typo"));
        Assert.False(story.Reservations.ContainsKey(key));
    }

    [Fact]
    public void is_shown_in_a_second_market_with_the_first_ones_consent()
    {
        var story = new ItemScenario("furniture").Registered().Then(ItemScenario.Offer());
        story.Reservations[SiteReservations.Market(Second)] = "there";
        MirrorListing Mirror(string by, string market = Second) => new(ItemScenario.Listing, market, by);
        Assert.Equal("first-market-not-consenting", ItemScenario.Code(story.Decide(Mirror(Second))));
        Assert.Equal(
            "market-not-found",
            ItemScenario.Code(story.Decide(Mirror(ItemScenario.Market, "MK-510302-0009")))
        );
        story.Reservations[SiteReservations.State(Second)] = "suspended";
        Assert.Equal("market-suspended", ItemScenario.Code(story.Decide(Mirror(ItemScenario.Market))));
        story.Reservations.Remove(SiteReservations.State(Second));
        story.Then(Mirror(ItemScenario.Market));
        Assert.Equal([Second], story.State.Trade.OpenListing!.Mirrors);
        Assert.Empty(story.Decide(Mirror(ItemScenario.Market)).Events);
    }

    [Fact]
    public void ends_its_listing_the_day_after_its_last()
    {
        var story = new ItemScenario("furniture")
            .Registered()
            .Then(ItemScenario.Offer() with { EndsOn = new(2026, 1, 10) });
        Assert.Empty(story.Decide(new ExpireListing(ItemScenario.Listing), At(2026, 1, 10)).Events);
        var ended = Assert.IsType<ListingExpired>(
            story.Decide(new ExpireListing(ItemScenario.Listing), At(2026, 1, 11)).Events[0]
        );
        Assert.Equal(new DateOnly(2026, 1, 11), ended.ExpiredOn);
        story.Then(new ExpireListing(ItemScenario.Listing), At(2026, 1, 11));
        Assert.Equal((ListingState.Expired, Life.Held), (story.State.Trade.Listing!.State, story.State.Life));
    }

    [Fact]
    public void ends_its_listing_by_order()
    {
        var story = new ItemScenario("furniture").Registered().Then(ItemScenario.Offer());
        story.Then(new VoidListing(ItemScenario.Listing, "false condition", "order 12"));
        Assert.Equal((ListingState.Voided, Life.Held), (story.State.Trade.Listing!.State, story.State.Life));
        Assert.Equal(
            "wrong-state",
            ItemScenario.Code(story.Decide(new VoidListing(ItemScenario.Listing, "again", null)))
        );
    }

    [Fact]
    public void is_complained_about_and_settled_once()
    {
        var story = Completed();
        story.Self = ItemScenario.Buyer;
        Assert.Equal(
            "deal-not-found",
            ItemScenario.Code(
                story.Decide(new FileComplaint(ItemScenario.Id(56), ItemScenario.Stranger, "fraud", null))
            )
        );
        var complaint = new FileComplaint(ItemScenario.Id(56), ItemScenario.Deal, "fraud", null);
        var due = Assert.Single(story.Decide(complaint).Verdicts, v => v.RuleId == "trade-fraud-damages");
        Assert.Equal((Severity.Info, "14400000"), (due.Severity, due.Inputs["dueFen"]));
        Assert.Equal(
            "complaint-not-found",
            ItemScenario.Code(story.Decide(new SettleComplaint(ItemScenario.Id(56), "upheld", 3, 14_400_000)))
        );
        story.Then(complaint);
        var settling = new SettleComplaint(ItemScenario.Id(56), "upheld", 3, 14_400_000);
        story.Self = ItemScenario.Seller;
        Assert.Equal("not-the-complainant", ItemScenario.Code(story.Decide(settling, actor: "the seller")));
        Assert.False(story.Decide(settling, actor: "the seller", second: ItemScenario.Clerk).IsRefused);
        story.Then(settling);
        Assert.Empty(story.State.Trade.Complaints);
    }

    [Theory]
    [InlineData(10_000, 50_000)]
    [InlineData(8_000_000, 24_000_000)]
    public void owes_threefold_and_five_hundred_yuan_at_least(long price, long due)
    {
        var rule = RuleSet.Current.InForce("trade-fraud-damages", new(2026, 1, 5))!;
        var (_, seen) = rule.Ask(Inputs.None.And("fraud", true).And("priceFen", price), new(2026, 1, 5));
        Assert.Equal(due, seen.Number("dueFen"));
    }

    [Fact]
    public void leaves_the_stock_as_it_came()
    {
        var story = new ItemScenario("furniture")
            .Registered()
            .Then(SampleCommands.Intake)
            .Then(new ReleaseStock("sold elsewhere"));
        Assert.Equal(Life.Held, story.State.Life);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(new ReleaseStock("again"))));
    }

    static DateTimeOffset At(int year, int month, int day) => ShanghaiDay.Start(new(year, month, day)).AddHours(1);
}
