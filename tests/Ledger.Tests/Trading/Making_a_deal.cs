using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Making_a_deal
{
    [Fact]
    public void gives_the_buyer_the_car_at_the_station()
    {
        var story = new Story().Invoiced().Then(Story.Station);
        Assert.Equal(
            (Life.Held, Story.Buyer, new DateOnly(2026, 1, 5)),
            (story.State.Life, story.State.Owner.Party, story.State.Owner.Since)
        );
        Assert.Equal(DealState.Completed, story.State.Trade.Deals[0].State);
    }

    [Fact]
    public void takes_the_day_the_station_names() =>
        Assert.Equal(
            new DateOnly(2026, 1, 3),
            new Story().Invoiced().Then(Story.Station with { RegisteredOn = new(2026, 1, 3) }).State.Owner.Since
        );

    [Fact]
    public void gives_the_buyer_furniture_by_hand_over()
    {
        var story = new Story("furniture").Invoiced();
        Assert.Equal(
            "item-handed-over + ownership-transferred",
            Story.Outcome(story.Decide(new CompleteDeal(Story.Deal)))
        );
        Assert.Equal(Story.Buyer, story.Then(new CompleteDeal(Story.Deal)).State.Owner.Party);
    }

    [Fact]
    public void of_a_car_needs_the_station() =>
        Assert.Equal("needs-station-transfer", Story.Code(new Story().Invoiced().Decide(new CompleteDeal(Story.Deal))));

    [Fact]
    public void of_furniture_needs_the_hand_over() =>
        Assert.Equal("needs-hand-over", Story.Code(new Story("furniture").Invoiced().Decide(Story.Station)));

    [Fact]
    public void is_refused_beside_another() =>
        Assert.Equal(
            "item-in-other-deal",
            Story.Code(new Story().Opened().Decide(Story.Meeting() with { DealId = Story.Stranger }))
        );

    [Fact]
    public void is_refused_with_oneself()
    {
        var refusal = Assert.Single(
            new Story().Registered().Decide(Story.Meeting() with { Buyer = Story.Seller }).Refusals
        );
        Assert.Equal(("buyer-is-seller", "buyer"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void is_refused_to_one_who_does_not_own_it()
    {
        var refusal = Assert.Single(new Story().Registered(Story.Third).Decide(Story.Meeting()).Refusals);
        Assert.Equal(("seller-not-owner", "seller"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void is_open_to_a_seller_of_another_scope() =>
        Assert.False(new Story().Registered(new PartyRef("MK-510700-0001", "X")).Decide(Story.Meeting()).IsRefused);

    [Theory]
    [InlineData(4_799_999, "CNY")]
    [InlineData(4_800_000, "EUR")]
    public void takes_the_agreed_amount_only(long fen, string currency)
    {
        var story = new Story().Agreed();
        Assert.Equal(
            "amount-differs",
            Story.Code(story.Decide(Story.Payment with { AmountFen = fen, Currency = currency }))
        );
    }

    [Theory]
    [InlineData(4_800_000, 4_776_119, 23_882, "CNY", "parts-do-not-sum")]
    [InlineData(4_800_001, 4_776_119, 23_882, "CNY", "amount-differs")]
    [InlineData(4_800_000, 4_776_119, 23_881, "EUR", "amount-differs")]
    public void is_invoiced_as_agreed(long gross, long net, long tax, string currency, string code)
    {
        var bill = Story.Bill() with { GrossFen = gross, NetFen = net, TaxFen = tax, Currency = currency };
        Assert.Equal(code, Story.Code(new Story().Paid().Decide(bill)));
    }

    [Fact]
    public void uses_an_invoice_number_once()
    {
        var story = new Story().Paid();
        story.Guards[TradeReservations.Invoice("no-1")] = "another item";
        Assert.Equal("invoice-number-used", Story.Code(story.Decide(Story.Bill("no-1"))));
        Assert.Equal(Story.Item.ToString(), story.Then(Story.Bill("no-2")).Guards[TradeReservations.Invoice("no-2")]);
    }

    [Theory]
    [InlineData("agree")]
    [InlineData("pay")]
    [InlineData("invoice")]
    [InlineData("cancel")]
    [InlineData("complete")]
    [InlineData("transfer")]
    public void asks_for_a_deal_that_exists(string act)
    {
        var story = new Story().Registered();
        Assert.Equal("deal-not-found", Story.Code(story.Decide(Acts.All.Single(a => a.Name == act).Command(story))));
    }

    [Theory]
    [InlineData("deal open", "pay", "open")]
    [InlineData("agreed", "agree", "agreed")]
    [InlineData("agreed", "invoice", "agreed")]
    [InlineData("paid", "pay", "paid")]
    [InlineData("paid", "transfer", "paid")]
    [InlineData("invoiced", "cancel", "invoiced")]
    [InlineData("completed", "transfer", "completed")]
    [InlineData("cancelled", "agree", "cancelled")]
    public void goes_step_by_step(string state, string act, string stands)
    {
        var story = Acts.State(state).Reach(new());
        var refusal = Assert.Single(story.Decide(Acts.All.Single(a => a.Name == act).Command(story)).Refusals);
        Assert.Equal(("wrong-state", stands), (refusal.Code, refusal.CurrentState));
    }

    [Theory]
    [InlineData(Life.Held)]
    [InlineData(Life.Stocked)]
    public void that_is_cancelled_puts_it_back(Life from)
    {
        var story = new Story().Registered();
        if (from is Life.Stocked)
            story.Then(Acts.Intake);
        Assert.Equal(from, story.Then(Story.Meeting()).Then(Acts.Cancelling).State.Life);
        Assert.Null(story.State.Trade.LiveDeal);
    }

    [Fact]
    public void is_stopped_by_a_lien_that_comes_between()
    {
        Assert.Equal("encumbered", Story.Code(new Story().Opened().Then(Acts.Pledge()).Decide(Story.Handshake)));
        Assert.Equal("encumbered", Story.Code(new Story().Invoiced().Then(Acts.Pledge()).Decide(Story.Station)));
        Assert.Equal(
            "held-by-authority",
            Story.Code(new Story("furniture").Invoiced().Then(Acts.Seizure()).Decide(new CompleteDeal(Story.Deal)))
        );
    }

    /// <summary>What another register says names no deal of ours: it is the one that goes on.</summary>
    [Fact]
    public void is_ended_by_a_transfer_that_names_no_deal()
    {
        var story = new Story().Invoiced();
        story.Append(new OwnershipTransferred(NewOwner: Story.Buyer));
        Assert.Equal(DealState.Completed, Assert.Single(story.State.Trade.Deals).State);
    }

    [Fact]
    public void is_ended_by_the_sale_of_its_own_parties_and_by_no_other()
    {
        Assert.Equal(DealState.Completed, AfterSale(Story.Seller, Story.Buyer));
        Assert.Equal(DealState.Open, AfterSale(Story.Seller, Story.Third));
        Assert.Equal(DealState.Open, AfterSale(Story.Third, Story.Buyer));

        static DealState AfterSale(PartyRef seller, PartyRef buyer) =>
            new Story().Opened().Append(Story.Sale(seller, buyer)).State.Trade.Deals[0].State;
    }

    /// <summary>A transfer's body names the deal; an act on a deal has it in its path.</summary>
    [Fact]
    public void that_is_not_there_is_told_where_it_was_named()
    {
        var story = new Story().Registered();
        string? Field(ItemCommand c) => Assert.Single(story.Decide(c).Refusals).Field;
        Assert.Null(Field(Story.Handshake));
        Assert.All(
            (ItemCommand[])[Acts.Submission(), new RefuseTransfer(Story.Deal, "x"), Story.Station],
            c => Assert.Equal("tradeId", Field(c))
        );
    }
}
