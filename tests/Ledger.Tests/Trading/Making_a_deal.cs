using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Making_a_deal
{
    [Fact]
    public void gives_the_buyer_the_car_at_the_station()
    {
        var story = new ItemScenario().Invoiced().Checked().Then(ItemScenario.Station);
        Assert.Equal(
            (Life.Held, ItemScenario.Buyer, new DateOnly(2026, 1, 5)),
            (story.State.Life, story.State.Owner.Party, story.State.Owner.Since)
        );
        Assert.Equal(DealState.Completed, story.State.Trade.Deals[0].State);
    }

    [Fact]
    public void takes_the_day_the_station_names() =>
        Assert.Equal(
            new DateOnly(2026, 1, 3),
            new ItemScenario()
                .Invoiced()
                .Checked()
                .Then(ItemScenario.Station with { RegisteredOn = new(2026, 1, 3) })
                .State.Owner.Since
        );

    [Fact]
    public void gives_the_buyer_furniture_by_hand_over()
    {
        var story = new ItemScenario("furniture").Invoiced();
        Assert.Equal(
            "item-handed-over + ownership-transferred",
            ItemScenario.Outcome(story.Decide(new CompleteDeal(ItemScenario.Deal)))
        );
        Assert.Equal(ItemScenario.Buyer, story.Then(new CompleteDeal(ItemScenario.Deal)).State.Owner.Party);
    }

    [Fact]
    public void of_a_car_needs_the_station() =>
        Assert.Equal(
            "needs-station-transfer",
            ItemScenario.Code(new ItemScenario().Invoiced().Decide(new CompleteDeal(ItemScenario.Deal)))
        );

    [Fact]
    public void of_furniture_needs_the_hand_over() =>
        Assert.Equal(
            "needs-hand-over",
            ItemScenario.Code(new ItemScenario("furniture").Invoiced().Decide(ItemScenario.Station))
        );

    [Fact]
    public void is_refused_beside_another() =>
        Assert.Equal(
            "item-in-other-deal",
            ItemScenario.Code(
                new ItemScenario().Opened().Decide(ItemScenario.OpenDeal() with { DealId = ItemScenario.Stranger })
            )
        );

    [Fact]
    public void is_refused_with_oneself()
    {
        var refusal = Assert.Single(
            new ItemScenario()
                .Registered()
                .Decide(ItemScenario.OpenDeal() with { Buyer = ItemScenario.Seller })
                .Refusals
        );
        Assert.Equal(("buyer-is-seller", "buyer"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void is_refused_to_one_who_does_not_own_it()
    {
        var refusal = Assert.Single(
            new ItemScenario().Registered(ItemScenario.Third).Decide(ItemScenario.OpenDeal()).Refusals
        );
        Assert.Equal(("seller-not-owner", "seller"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void is_open_to_a_seller_of_another_scope() =>
        Assert.False(
            new ItemScenario().Registered(new PartyRef("MK-510700-0001", "X")).Decide(ItemScenario.OpenDeal()).IsRefused
        );

    [Theory]
    [InlineData(4_799_999, "CNY")]
    [InlineData(4_800_000, "EUR")]
    public void takes_the_agreed_amount_only(long fen, string currency)
    {
        var story = new ItemScenario().Agreed();
        Assert.Equal(
            "amount-differs",
            ItemScenario.Code(story.Decide(ItemScenario.Payment with { AmountFen = fen, Currency = currency }))
        );
    }

    [Theory]
    [InlineData(4_800_000, 4_776_119, 23_882, "CNY", "parts-do-not-sum")]
    [InlineData(4_800_001, 4_776_119, 23_882, "CNY", "amount-differs")]
    [InlineData(4_800_000, 4_776_119, 23_881, "EUR", "amount-differs")]
    public void is_invoiced_as_agreed(long gross, long net, long tax, string currency, string code)
    {
        var bill = ItemScenario.Invoice() with { GrossFen = gross, NetFen = net, TaxFen = tax, Currency = currency };
        Assert.Equal(code, ItemScenario.Code(new ItemScenario().Paid().Decide(bill)));
    }

    [Fact]
    public void uses_an_invoice_number_once()
    {
        var story = new ItemScenario().Paid();
        story.Reservations[TradeReservations.Invoice("no-1")] = "another item";
        Assert.Equal("invoice-number-used", ItemScenario.Code(story.Decide(ItemScenario.Invoice("no-1"))));
        Assert.Equal(
            ItemScenario.Item.ToString(),
            story.Then(ItemScenario.Invoice("no-2")).Reservations[TradeReservations.Invoice("no-2")]
        );
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
        var story = new ItemScenario().Registered();
        Assert.Equal(
            "deal-not-found",
            ItemScenario.Code(story.Decide(SampleCommands.All.Single(a => a.Name == act).Command(story)))
        );
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
        var story = SampleCommands.State(state).Reach(new());
        var refusal = Assert.Single(
            story.Decide(SampleCommands.All.Single(a => a.Name == act).Command(story)).Refusals
        );
        Assert.Equal(("wrong-state", stands), (refusal.Code, refusal.CurrentState));
    }

    [Theory]
    [InlineData(Life.Held)]
    [InlineData(Life.Stocked)]
    public void that_is_cancelled_puts_it_back(Life from)
    {
        var story = new ItemScenario().Registered();
        if (from is Life.Stocked)
            story.Then(SampleCommands.Intake);
        Assert.Equal(from, story.Then(ItemScenario.OpenDeal()).Then(SampleCommands.Cancelling).State.Life);
        Assert.Null(story.State.Trade.LiveDeal);
    }

    [Fact]
    public void is_stopped_by_a_lien_that_comes_between()
    {
        Assert.Equal(
            "encumbered",
            ItemScenario.Code(new ItemScenario().Opened().Then(SampleCommands.Pledge()).Decide(ItemScenario.AgreePrice))
        );
        Assert.Equal(
            "encumbered",
            ItemScenario.Code(
                new ItemScenario().Invoiced().Checked().Then(SampleCommands.Pledge()).Decide(ItemScenario.Station)
            )
        );
        Assert.Equal(
            "held-by-authority",
            ItemScenario.Code(
                new ItemScenario("furniture")
                    .Invoiced()
                    .Then(SampleCommands.Seizure())
                    .Decide(new CompleteDeal(ItemScenario.Deal))
            )
        );
    }

    /// <summary>What another register says names no deal of ours: it is the one that goes on.</summary>
    [Fact]
    public void is_ended_by_a_transfer_that_names_no_deal()
    {
        var story = new ItemScenario().Invoiced();
        story.Append(new OwnershipTransferred(NewOwner: ItemScenario.Buyer));
        Assert.Equal(DealState.Completed, Assert.Single(story.State.Trade.Deals).State);
    }

    [Fact]
    public void is_ended_by_the_sale_of_its_own_parties_and_by_no_other()
    {
        Assert.Equal(DealState.Completed, AfterSale(ItemScenario.Seller, ItemScenario.Buyer));
        Assert.Equal(DealState.Open, AfterSale(ItemScenario.Seller, ItemScenario.Third));
        Assert.Equal(DealState.Open, AfterSale(ItemScenario.Third, ItemScenario.Buyer));

        static DealState AfterSale(PartyRef seller, PartyRef buyer) =>
            new ItemScenario().Opened().Append(ItemScenario.Sale(seller, buyer)).State.Trade.Deals[0].State;
    }

    /// <summary>A transfer's body names the deal; an act on a deal has it in its path.</summary>
    [Fact]
    public void that_is_not_there_is_told_where_it_was_named()
    {
        var story = new ItemScenario().Registered();
        string? Field(ItemCommand c) => Assert.Single(story.Decide(c).Refusals).Field;
        Assert.Null(Field(ItemScenario.AgreePrice));
        Assert.All(
            (ItemCommand[])
                [SampleCommands.Submission(), new RefuseTransfer(ItemScenario.Deal, "x"), ItemScenario.Station],
            c => Assert.Equal("tradeId", Field(c))
        );
    }
}
