using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

/// <summary>One completed sale of a market's register (contract.md §4).</summary>
public sealed class Recording_a_sale
{
    static ItemScenario Known(PartyRef? owner = null) => new ItemScenario().Registered(owner);

    [Fact]
    public void of_an_unknown_item_registers_it()
    {
        var story = new ItemScenario();
        story.Then(story.Sold(ItemScenario.Sale(km: 61_000, grade: 2)));
        Assert.Equal(
            (ItemScenario.Buyer, 61_000L, 2),
            (story.State.Owner.Party, story.State.Condition.OdometerKm!.Value, story.State.Condition.Grade!.Value)
        );
        Assert.Contains(new ReservationKey("alias:vin", "LSVAM4187C2184847"), story.Reservations.Keys);
    }

    [Fact]
    public void makes_the_buyer_the_owner_from_the_transfer_on()
    {
        var sale = ItemScenario.Sale() with { AgreedAt = new(2026, 1, 2, 16, 0, 0, TimeSpan.Zero) };
        Assert.Equal(new DateOnly(2026, 1, 3), Sold(Known(), sale).State.Owner.Since);
        sale = sale with { TransferredAt = new(2026, 1, 4, 15, 59, 59, TimeSpan.Zero) };
        Assert.Equal(new DateOnly(2026, 1, 4), Sold(Known(), sale).State.Owner.Since);
        Assert.Equal(new DateOnly(2026, 1, 5), Sold(Known(), ItemScenario.Sale()).State.Owner.Since);
    }

    [Fact]
    public void keeps_reading_and_grade_that_it_does_not_name()
    {
        var story = Sold(
            Known().Then(SampleCommands.Reading(50_000)).Then(SampleCommands.Grade(600, 2)),
            ItemScenario.Sale()
        );
        Assert.Equal((50_000L, 2), (story.State.Condition.OdometerKm!.Value, story.State.Condition.Grade!.Value));
    }

    [Fact]
    public void warns_of_a_lower_reading()
    {
        var decision = Known().Then(SampleCommands.Reading(50_000)) is var story
            ? story.Decide(story.Sold(ItemScenario.Sale(km: 49_000)))
            : null!;
        Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("odo-rollback", Result.Hit));
    }

    [Theory]
    [InlineData("held")]
    [InlineData("stocked")]
    [InlineData("listed")]
    [InlineData("deal open")]
    [InlineData("invoiced")]
    public void leaves_the_item_held_by_the_buyer(string state)
    {
        var story = Sold(SampleCommands.State(state).Reach(new()), ItemScenario.Sale());
        Assert.Equal((Life.Held, ItemScenario.Buyer), (story.State.Life, story.State.Owner.Party));
        Assert.Null(story.State.Trade.OpenListing);
        Assert.Null(story.State.Trade.LiveDeal);
        Assert.All(story.State.Trade.Deals, d => Assert.Equal(DealState.Completed, d.State));
    }

    [Fact]
    public void of_other_parties_than_the_open_deals_is_refused()
    {
        var story = new ItemScenario().Agreed();
        var refusal = Assert.Single(story.Decide(story.Sold(ItemScenario.Sale(buyer: ItemScenario.Third))).Refusals);
        Assert.Equal(("item-in-other-deal", "in-deal"), (refusal.Code, refusal.CurrentState));
        Assert.Equal(ItemScenario.Id(1002), refusal.BlockingEvent);
    }

    [Fact]
    public void by_another_than_the_owner_is_refused()
    {
        var story = Known(ItemScenario.Third);
        Assert.Equal(
            ("seller-not-owner", "seller"),
            Assert.Single(story.Decide(story.Sold()).Refusals) is var r ? (r.Code, r.Field) : default
        );
        var elsewhere = new PartyRef("MK-510700-0001", "K-1");
        Assert.False(story.Decide(story.Sold(ItemScenario.Sale(elsewhere))).IsRefused);
    }

    [Fact]
    public void of_another_category_is_refused()
    {
        var refusal = Assert.Single(Known().Decide(new ItemScenario("furniture").Sold()).Refusals);
        Assert.Equal(
            ("category-differs", "furniture", "used-car"),
            (refusal.Code, refusal.With["value"], refusal.With["known"])
        );
    }

    [Fact]
    public void with_a_used_invoice_number_is_refused()
    {
        var story = Known();
        story.Reservations[TradeReservations.Invoice("7")] = ItemScenario.Stranger.ToString();
        Assert.Equal("invoice-number-used", ItemScenario.Code(story.Decide(story.Sold(invoice: "7"))));
        Assert.Contains(TradeReservations.Invoice("8"), story.Then(story.Sold(invoice: "8")).Reservations.Keys);
    }

    [Fact]
    public void of_an_unknown_car_with_a_wrong_vin_is_refused()
    {
        var registration = new RegisterItem(
            ItemScenario.Item,
            "used-car",
            [ItemScenario.Named("vin:1HGCM82643A004352")]
        );
        Assert.Equal(
            "vin-check-failed",
            ItemScenario.Code(
                new ItemScenario().Decide(new RecordSale(ItemScenario.Sale(), ItemScenario.Market, registration, null))
            )
        );
    }

    [Fact]
    public void of_an_encumbered_or_held_item_is_refused()
    {
        var story = Known().Observe(new EncumbranceRegistered()).Observe(new HoldPlaced(Hold: "otci"));
        Assert.Equal("encumbered held-by-authority", ItemScenario.Outcome(story.Decide(story.Sold())));
    }

    [Theory]
    [InlineData("2026-12-31T15:59:59.999Z", "item-registered + sale-recorded")]
    [InlineData("2026-12-31T16:00:00.000Z", "data-not-wiped")]
    public void of_a_phone_is_gated_from_2027_on(string at, string outcome)
    {
        Assert.True(Instants.TryParse(at, out var instant));
        var story = new ItemScenario("electronics");
        Assert.Equal(outcome, ItemScenario.Outcome(story.Decide(story.Sold(), instant)));
    }

    [Fact]
    public void of_a_scrapped_taxi_is_refused_before_it_is_known()
    {
        var story = new ItemScenario();
        var sold = story.Sold();
        var taxi = sold.Registration with { ScrapCategory = "taxi-small", FirstRegistered = new(2018, 1, 5) };
        Assert.Equal("past-scrap-limit", ItemScenario.Code(story.Decide(sold with { Registration = taxi })));
    }

    [Fact]
    public void of_an_exported_item_is_kept_without_new_owner()
    {
        var story = Known(ItemScenario.Seller).Observe(new ItemExported());
        Assert.Contains(story.Decide(story.Sold()).Verdicts, v => v.Result is Result.OutOfSequence);
        Assert.Equal(
            (Life.Exported, ItemScenario.Seller),
            Sold(story, ItemScenario.Sale()).State is var s ? (s.Life, s.Owner.Party) : default
        );
    }

    [Fact]
    public void leaves_encumbrances_holds_and_brands()
    {
        var story = Known()
            .Observe(new BrandRecorded(Brand.Fire))
            .Append(new EncumbranceRegistered())
            .Append(new HoldPlaced())
            .Append(ItemScenario.Sale());
        Assert.True(story.State.Encumbrances is { IsEncumbered: true, IsHeld: true });
        Assert.Equal([Brand.Fire], story.State.Condition.Brands);
        Assert.Equal(ItemScenario.Buyer, story.State.Owner.Party);
    }

    public static TheoryData<string> Categories => [.. GoodsCategory.All.Select(c => c.Code)];

    [Theory]
    [MemberData(nameof(Categories))]
    public void works_in_every_category(string category)
    {
        var story = new ItemScenario(category);
        Assert.Equal(ItemScenario.Buyer, story.Then(story.Sold()).State.Owner.Party);
    }

    static ItemScenario Sold(ItemScenario story, SaleRecorded sale) => story.Then(story.Sold(sale));
}
