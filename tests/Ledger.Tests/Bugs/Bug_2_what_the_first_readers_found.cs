using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Trading;

namespace Ledger.Tests.Bugs;

/// <summary>Bugs that tests written by another pair of eyes found before the first landing; each stays
/// mended.</summary>
public sealed class Bug_2_what_the_first_readers_found
{
    [Fact]
    public void second_vin_is_judged() =>
        Assert.Equal(
            "vin-check-failed",
            ItemScenario.Outcome(
                new ItemScenario().Decide(
                    new RegisterItem(
                        ItemScenario.Item,
                        "used-car",
                        [ItemScenario.Named("vin:LSVAM4187C2184847"), ItemScenario.Named("vin:1HGCM82643A004352")]
                    )
                )
            )
        );

    [Fact]
    public void add_foreign_kind() =>
        Assert.Equal(
            "identifier-not-for-category",
            ItemScenario.Outcome(
                new ItemScenario("furniture")
                    .Registered()
                    .Decide(new AddIdentifier(ItemScenario.Named("vin:LSVAM4187C2184847"), null))
            )
        );

    [Fact]
    public void late_judged_without_voided()
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller);
        story.Then(story.Sold(), ItemScenario.Start.AddDays(10));
        story.Then(new VoidEvent(story.Last, "x", null), ItemScenario.Start.AddDays(20), second: "o");
        Assert.Equal(ItemScenario.Seller, story.State.Owner.Party);
        Assert.Equal(
            "sale-recorded",
            ItemScenario.Outcome(
                story.Decide(story.Sold(ItemScenario.Sale(buyer: ItemScenario.Third)), ItemScenario.Start.AddDays(15))
            )
        );
    }

    [Fact]
    public void lien_before_registration()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new EncumbranceRegistered(), ItemScenario.Start.AddDays(-30));
        Assert.True(story.State.Encumbrances.IsEncumbered);
    }

    [Fact]
    public void serial_fullwidth_slash()
    {
        Assert.Equal(Identifier.Parse("serial:A / 1").Identifier, Identifier.Parse("serial:A ／ 1").Identifier);
    }

    [Fact]
    public void void_registration_of_exported()
    {
        var story = new ItemScenario().Registered().Observe(new ItemExported());
        Assert.Equal(
            "dependent-events-exist",
            ItemScenario.Outcome(story.Decide(new VoidEvent(ItemScenario.Id(1001), "x", null)))
        );
    }

    [Fact]
    public void exported_sale_no_effect()
    {
        var story = new ItemScenario()
            .Registered(ItemScenario.Seller)
            .Then(SampleCommands.Reading(9))
            .Observe(new ItemExported());
        story.Then(story.Sold(ItemScenario.Sale(km: 70_000, grade: 3)));
        Assert.Equal((9L, null), (story.State.Condition.OdometerKm!.Value, story.State.Condition.Grade));
    }

    [Fact]
    public void item_exists_text() =>
        Assert.DoesNotContain(
            "{",
            RefusalCatalog
                .Say(new ItemScenario().Registered().Decide(new ItemScenario().Registration()).Refusals[0], false)
                .Detail,
            StringComparison.Ordinal
        );

    [Fact]
    public void void_invoice_gives_back()
    {
        var story = new ItemScenario()
            .Registered(ItemScenario.Seller)
            .Observe(new OwnershipTransferred(NewOwner: ItemScenario.Seller, RegisteredOn: new(2026, 1, 2)))
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice("n"));
        var key = TradeReservations.Cars(ItemScenario.Seller, 2026);
        Assert.Equal("1", story.Reservations[key]);
        story.Then(new VoidEvent(story.Last, "x", null));
        Assert.False(story.Reservations.ContainsKey(key));
    }

    [Fact]
    public void dealer_sells_stock()
    {
        var story = new ItemScenario()
            .Registered(ItemScenario.Third)
            .Then(new TakeIntoStock(ItemScenario.Third, StockMode.Purchase, 1, "CNY"));
        Assert.Equal(
            "deal-opened",
            ItemScenario.Outcome(story.Decide(ItemScenario.OpenDeal() with { Seller = ItemScenario.Third }))
        );
    }

    [Fact]
    public void corrected_grade_judged()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Grade(900, 1));
        Assert.NotEqual(
            "item-graded-corrected",
            ItemScenario.Outcome(
                story.Decide(SampleCommands.Correct(story.Last, "x", new ItemGraded("s", 900, 5, false), null))
            )
        );
    }

    [Fact]
    public void corrected_invoice_sums()
    {
        var story = new ItemScenario().Invoiced();
        Assert.NotEqual(
            "deal-invoiced-corrected",
            ItemScenario.Outcome(
                story.Decide(
                    SampleCommands.Correct(
                        story.Last,
                        "x",
                        new DealInvoiced(ItemScenario.Deal, InvoiceKind.Sale, 1, 2, 3, null, "CNY"),
                        null
                    )
                )
            )
        );
    }

    [Fact]
    public void overflow() =>
        Assert.Equal(
            "parts-do-not-sum",
            ItemScenario.Outcome(
                new ItemScenario().Paid().Decide(ItemScenario.Invoice() with { NetFen = long.MaxValue, TaxFen = 1 })
            )
        );

    [Fact]
    public void year_9999()
    {
        var story = new ItemScenario();
        Assert.False(
            story
                .Then(story.Registration() with { ScrapCategory = "taxi-small", FirstRegistered = new(9995, 1, 1) })
                .Decide(ItemScenario.Offer())
                .IsRefused
        );
    }

    [Fact]
    public void fullwidth_mobile() => Assert.NotNull(PartyRef.Parse("１３８００１３８０００", "m", "x").Refusal);

    [Fact]
    public void correct_make_after_listing()
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.Offer());
        Assert.Equal(
            "item-registered-corrected",
            ItemScenario.Outcome(
                story.Decide(
                    SampleCommands.Correct(
                        ItemScenario.Id(1001),
                        "x",
                        (ItemRegistered)story.History.Events[0].Event with
                        {
                            Make = "Y",
                        },
                        null
                    )
                )
            )
        );
    }

    [Fact]
    public void correct_registration_without_identifiers()
    {
        var story = new ItemScenario().Registered();
        Assert.True(
            story
                .Decide(SampleCommands.Correct(ItemScenario.Id(1001), "x", new ItemRegistered("used-car", []), null))
                .IsRefused
        );
    }

    [Fact]
    public void reading_correction_keeps_reason()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(5));
        var e = story
            .Decide(SampleCommands.Correct(story.Last, "the reason", new OdometerObserved(6, DistanceUnit.Mi), "ev"))
            .Events[0];
        Assert.Contains("the reason", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void wirename_follows_version() =>
        Assert.Equal("a.v2", (EventLine.Of<ItemListed>("a", GoodsStreams.Item, "", "") with { Version = 2 }).WireName);

    [Fact]
    public void void_listing_in_deal()
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.Offer()).Then(ItemScenario.OpenDeal());
        Assert.Equal(
            "dependent-events-exist",
            ItemScenario.Outcome(story.Decide(new VoidEvent(ItemScenario.Id(1003), "x", null)))
        );
    }

    [Fact]
    public void void_payment_after_invoice()
    {
        var story = new ItemScenario().Invoiced();
        Assert.Equal(
            "dependent-events-exist",
            ItemScenario.Outcome(story.Decide(new VoidEvent(ItemScenario.Id(1005), "x", null)))
        );
    }
}
