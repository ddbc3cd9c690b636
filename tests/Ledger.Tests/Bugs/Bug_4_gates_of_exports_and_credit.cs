using Ledger.Credit;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;
using Ledger.Tests.Exports;
using Ledger.Trading;
using Support;

namespace Ledger.Tests.Bugs;

/// <summary>Ways around the gates of export, credit and after-sale that a reviewer found; each closed.</summary>
public sealed class Bug_4_gates_of_exports_and_credit
{
    static readonly GrantLicence Licence = ExportScenario.Licence;

    [Fact]
    public void An_application_is_not_put_under_the_law_of_an_earlier_day()
    {
        var world = new ExportScenario().WithBatchOf(1);
        world.Now = ShanghaiDay.Start(new(2024, 2, 28));
        Assert.Equal("occurred-too-early", world.Refused(ExportScenario.Application));
        Assert.Equal("occurred-too-early", ExportScenario.Codes(world.Leave(1)));
    }

    [Fact]
    public void A_deal_is_not_undone_by_whoever_sold_the_thing_on()
    {
        var story = new ItemScenario("furniture").Invoiced().Then(new CompleteDeal(ItemScenario.Deal));
        story.Observe(new OwnershipTransferred(NewOwner: ItemScenario.Third));
        Assert.Equal(
            "seller-not-owner",
            ItemScenario.Code(story.Decide(new RescindDeal(ItemScenario.Deal, "x", null, ItemScenario.Id(55))))
        );
    }

    [Fact]
    public void An_invoice_is_not_voided_before_it_was_made()
    {
        var story = new ItemScenario().Invoiced();
        Assert.Equal(
            "occurred-too-early",
            ItemScenario.Code(
                story.Decide(new VoidInvoice(ItemScenario.Deal, "x"), story.State.LastAt.AddMilliseconds(-1))
            )
        );
    }

    [Fact]
    public void A_voided_invoice_gives_its_place_among_the_three_cars_back_once()
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller);
        story.Observe(new OwnershipTransferred(NewOwner: ItemScenario.Seller, RegisteredOn: new(2025, 12, 1)));
        var key = TradeReservations.Cars(ItemScenario.Seller, 2026);
        story.Reservations[key] = "1";
        story
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice());
        var invoice = story.Last;
        Assert.Equal("2", story.Reservations[key]);
        story.Then(new VoidInvoice(ItemScenario.Deal, "typo"));
        Assert.Equal("1", story.Reservations[key]);
        Assert.Equal(
            "wrong-state",
            ItemScenario.Code(story.Decide(new VoidEvent(invoice, "again", null), second: "other"))
        );
    }

    [Fact]
    public void A_classified_device_is_not_exported()
    {
        var story = new ItemScenario("electronics").Registered();
        story.Then(new DivertClassifiedDevice("authority", null));
        Assert.Equal("classified-not-for-market", ItemScenario.Code(story.Decide(SampleCommands.ExportNote())));
    }

    [Theory]
    [InlineData("2026-12-31")]
    [InlineData("9999-12-31")]
    public void The_end_of_the_calendar_is_no_fault(string law)
    {
        Assert.True(Instants.TryParseDay(law, out var day));
        var facts = Inputs
            .None.And("encumbered", true)
            .And("scrapLimit", "2027-06-30")
            .And("annotatedOn", day)
            .And("tempPlateUntil", day)
            .And("firstRegistered", day)
            .And("destination", "KE")
            .And("tier", "serious")
            .And("sharedOn", day);
        foreach (var act in Enum.GetValues<Trigger>())
            Assert.NotNull(RuleSet.Current.Explain(act, "used-car", Jurisdiction.Sichuan, day, facts).ToList());
    }

    [Fact]
    public void Membership_of_a_batch_goes_by_the_log_and_not_by_claimed_times()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.ExportNote());
        var at = story.Clock;
        story.Append(
            new LinkedFactNoted("batch-item-added", ItemScenario.Id(1), new(ExportScenario.Batch)),
            at.AddMinutes(10)
        );
        story.Append(
            new LinkedFactNoted("batch-item-removed", ItemScenario.Id(2), new(ExportScenario.Batch)),
            at.AddMinutes(5)
        );
        Assert.Null(new ItemHistory(ItemScenario.Item, story.History.Events).State!.Export.Batch);
    }

    [Fact]
    public void A_licence_is_not_freed_by_bringing_one_car_back()
    {
        var world = new ExportScenario()
            .WithBatchOf(1, 2)
            .Do(ExportScenario.Application)
            .Do(Licence)
            .Do(ExportScenario.Declaration(2));
        world.Leave(1);
        world.Append(ItemScenario.Id(1), new ItemReimported(new(2026, 6, 1)));
        Assert.Equal("wrong-state", world.Refused(ExportScenario.Withdrawal));
        world.Leave(2);
        Assert.Equal(BatchState.Consumed, world.Standing!.State);
    }

    [Fact]
    public void A_hold_after_the_declaration_stops_a_car_at_the_border()
    {
        var world = new ExportScenario()
            .WithBatchOf(1)
            .Do(ExportScenario.Application)
            .Do(Licence)
            .Do(ExportScenario.Declaration(1));
        world.Append(
            ItemScenario.Id(1),
            new Ledger.Encumbrances.HoldPlaced(ItemScenario.Hold, Ledger.Encumbrances.HoldAuthority.Court, "1")
        );
        Assert.Equal("held-by-authority", ExportScenario.Codes(world.Leave(1)));
    }

    [Fact]
    public void A_note_for_export_does_not_lie_in_the_future() =>
        Assert.Equal(
            "value-out-of-range",
            ItemScenario.Code(
                new ItemScenario()
                    .Registered()
                    .Decide(SampleCommands.ExportNote() with { AnnotatedOn = new(2026, 1, 6) })
            )
        );

    [Fact]
    public void A_car_without_its_registration_is_not_noted_for_export()
    {
        var story = new ItemScenario();
        story.Then(story.Registration() with { ScrapCategory = null });
        Assert.Equal("value-missing", ItemScenario.Code(story.Decide(SampleCommands.ExportNote())));
    }

    [Fact]
    public void Whoever_had_a_device_abroad_has_used_it()
    {
        var story = new ItemScenario("electronics").Wiped().Then(SampleCommands.Check());
        story
            .Observe(new ItemExported())
            .Observe(new DestinationRegistered("KE"))
            .Then(new ReimportItem(new(2026, 1, 5)));
        Assert.Equal(DataState.Uncleared, story.State.Data.StateForTrade);
    }

    [Fact]
    public void A_consumer_is_a_person_whatever_is_said()
    {
        var signal = new ShareSignal(
            File,
            ItemScenario.Id(1),
            ItemScenario.Seller,
            SubjectKind.Consumer,
            "court-enforcement",
            "court",
            "doc",
            "basis",
            null,
            null,
            null,
            false,
            []
        );
        string Refused(ShareSignal c) => new Scenario { Now = ItemScenario.Start }.Refused(c, "source");
        Assert.Equal("prior-notice-missing", Refused(signal));
        Assert.Equal("value-out-of-range", Refused(signal with { ActEndedOn = new(2026, 1, 6) }));
        Assert.Equal(
            "banned-data-class",
            Refused(signal with { SubjectKind = SubjectKind.Platform, DataClasses = ["Religion"] })
        );
    }

    static readonly Guid File = PartyCommand.StreamOf("subject", Scenario.Handles);

    [Fact]
    public void A_consent_that_another_records_shows_its_text()
    {
        var consent = new GiveConsent(File, ItemScenario.Id(5), "loan", null, null, null, Separately: true);
        Scenario Desk() => new() { Site = Sites.Market };
        Assert.Equal("evidence-missing", Desk().Refused(consent, "another"));
        var shown = consent with { TextHash = "h" };
        Assert.Equal("value-missing", Desk().Refused(shown, "another"));
        Assert.Equal("", Desk().Refused(shown with { Recipients = ["bank"] }, "another"));
        Assert.Equal("own-affair", Desk().Refused(shown with { Recipients = ["bank", "another"] }, "another"));
        Assert.Equal("own-affair", Desk().Refused(shown with { Recipients = [Sites.Market] }, "another"));
        Assert.Equal("not-the-subject", new Scenario().Refused(shown, "another"));
    }
}
