using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Markets;
using Ledger.Trading;

namespace Ledger.Tests.Bugs;

/// <summary>Gates that could be got around, each as its reader told it.</summary>
public sealed class Bug_4_gates_of_the_trade_life
{
    static readonly DateTimeOffset BlockingDay = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);
    static readonly Guid Incident = ItemScenario.Id(77);

    static ItemScenario Phone() => new("electronics");

    static ItemScenario Sold(ItemScenario story) =>
        story
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice())
            .Then(new CompleteDeal(ItemScenario.Deal));

    [Fact]
    public void reinstating_a_wipe_from_before_the_last_use()
    {
        var story = Sold(Phone().Wiped().Then(SampleCommands.Check()))
            .Then(SampleCommands.Arrival(ItemScenario.Id(66)));
        story.Then(new SuspendWipe(Incident, ItemScenario.Attestation, null));
        story.Then(new SettleWipe(Incident, ItemScenario.Attestation, IncidentOutcome.Unfounded, null));
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
    }

    [Fact]
    public void verifying_a_wipe_from_before_the_last_use()
    {
        var story = Sold(Phone().Wiped()).Then(SampleCommands.Arrival(ItemScenario.Id(66)));
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(SampleCommands.Check())));
    }

    [Fact]
    public void verifying_what_is_gone()
    {
        var story = Phone().Wiped().Then(SampleCommands.Destruction());
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(SampleCommands.Check())));
        Assert.Equal(DataState.Gone, story.State.Data.State);
    }

    [Theory]
    [InlineData(CheckMethod.None, 1L, 1L, 0L)]
    [InlineData(CheckMethod.Sampled, null, 1L, 0L)]
    [InlineData(CheckMethod.Sampled, 1L, null, 0L)]
    [InlineData(CheckMethod.Full, 1L, 1L, null)]
    public void a_check_that_read_nothing(CheckMethod method, long? sampled, long? total, long? residues)
    {
        var check = SampleCommands.Check() with { Check = new(method, sampled, total, residues) };
        Assert.Equal("value-missing", ItemScenario.Code(Phone().Wiped().Decide(check)));
    }

    [Fact]
    public void a_wipe_without_a_log()
    {
        var story = Phone().Wipeable().Then(SampleCommands.Wipe() with { Docs = [] });
        Assert.Equal("wipe-carries-nothing", ItemScenario.Code(story.Decide(SampleCommands.Check())));
    }

    [Fact]
    public void media_that_another_register_does_not_name()
    {
        var story = Phone().Registered().Observe(new ItemMediaDeclared());
        Assert.Equal(DataState.Unknown, story.State.Data.State);
        Assert.False(story.Decide(SampleCommands.Media()).IsRefused);
    }

    [Fact]
    public void correcting_the_media_away()
    {
        var story = Phone().Registered().Then(SampleCommands.Media());
        var away = SampleCommands.Correct(story.Last, "typo", new ItemMediaDeclared([]), null);
        Assert.Equal("media-none-needs-reason", ItemScenario.Code(story.Decide(away)));
    }

    [Fact]
    public void a_wipe_that_ends_after_it_is_told()
    {
        var wipe = SampleCommands.Wipe();
        var later = wipe with { FinishedAt = ItemScenario.Start.AddDays(1) };
        Assert.Equal("value-malformed", ItemScenario.Code(Phone().Wipeable().Decide(later)));
    }

    [Fact]
    public void a_failure_from_before_the_wipe()
    {
        var story = Phone().Wiped();
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(story.Decide(SampleCommands.Check(accepted: false), ItemScenario.Start))
        );
    }

    [Fact]
    public void a_tool_that_two_incidents_name()
    {
        var other = ItemScenario.Id(78);
        var scenario = new Scenario().Do(Reported(Incident)).Do(Reported(other));
        scenario.Do(new CloseIncident(Incident, IncidentOutcome.Unfounded, null));
        Assert.Equal([$"{other}"], scenario.Reservations.Values);
        scenario.Do(new CloseIncident(other, IncidentOutcome.Unfounded, null));
        Assert.Empty(scenario.Reservations);
    }

    static ReportIncident Reported(Guid incident) =>
        new(incident, "cleaner", null, null, null, null, "found", IncidentSeverity.Suspected, null);

    [Fact]
    public void a_suspension_that_another_register_lifts()
    {
        var story = Phone()
            .Wiped()
            .Then(SampleCommands.Check())
            .Then(new SuspendWipe(Incident, ItemScenario.Attestation, null));
        story.Observe(new WipeReinstated(ItemScenario.Stranger, ItemScenario.Attestation));
        story.Observe(new WipeVerified(ItemScenario.Attestation));
        Assert.Equal(DataState.Suspect, story.State.Data.State);
    }

    [Fact]
    public void voiding_an_invoice_under_a_submitted_transfer()
    {
        var story = new ItemScenario().Invoiced();
        var invoice = story.Last;
        story.Then(SampleCommands.Submission());
        Assert.Equal("dependent-events-exist", ItemScenario.Code(story.Decide(new VoidEvent(invoice, "x", null))));
    }

    [Fact]
    public void resubmitting_a_car_that_was_found_altered()
    {
        var story = new ItemScenario()
            .Invoiced()
            .Then(SampleCommands.Submission())
            .Then(SampleCommands.VehicleCheck(vin: false));
        story.Then(new RefuseTransfer(ItemScenario.Deal, "altered")).Then(SampleCommands.Submission());
        Assert.Equal("identity-altered", ItemScenario.Code(story.Decide(ItemScenario.Station)));
    }

    [Fact]
    public void leaving_the_suspended_station_out()
    {
        var story = new ItemScenario().Invoiced().Then(SampleCommands.Submission());
        story.Reservations[SiteReservations.State("ST-1")] = SiteStates.Suspended;
        Assert.Equal(
            "station-not-authorised",
            ItemScenario.Code(story.Decide(ItemScenario.Station with { Station = null }))
        );
    }

    [Fact]
    public void a_taxi_that_becomes_young_by_being_private_once()
    {
        var story = new ItemScenario();
        story.Then(story.Registration() with { ScrapCategory = "taxi-small", FirstRegistered = new(2024, 1, 10) });
        story.Then(new ChangeUse("private-small", new(2026, 1, 5)));
        Assert.Equal("2032-01-10", story.State.ScrapLimit);
        story.Then(new ChangeUse("rental", new(2026, 1, 5)));
        Assert.Equal("2032-01-10", story.State.ScrapLimit);
    }

    [Fact]
    public void a_use_change_on_a_day_that_cannot_be()
    {
        var story = new ItemScenario().Registered();
        Assert.Equal("value-malformed", ItemScenario.Code(story.Decide(new ChangeUse("taxi-small", new(2010, 1, 1)))));
        Assert.Equal("value-malformed", ItemScenario.Code(story.Decide(new ChangeUse("taxi-small", new(2030, 1, 1)))));
    }

    [Fact]
    public void correcting_a_sheet_against_the_ledger()
    {
        var story = new ItemScenario().Registered().Then(new RecordBrand(Brand.Accident, "insurer", null));
        story.Then(SampleCommands.Disclosing(Disclosed.Yes));
        var denial = SampleCommands.Correct(story.Last, "typo", SampleCommands.Disclosing(Disclosed.No).Sheet, null);
        Assert.Equal("contradicts-ledger", ItemScenario.Code(story.Decide(denial)));
    }

    [Fact]
    public void a_low_reading_of_another_register_as_the_new_measure()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(50_000));
        story.Observe(new OdometerObserved(20_000), ItemScenario.Start.AddDays(1));
        var next = new ReadOdometer(20_500, DistanceUnit.Km, OdometerSource.Desk, new(2026, 1, 8), null, false);
        Assert.Equal("odometer-needs-confirmation", ItemScenario.Code(story.Decide(next)));
    }

    [Fact]
    public void an_old_reading_that_comes_late()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(50_000));
        var old = new ReadOdometer(40_000, DistanceUnit.Km, OdometerSource.Workshop, new(2025, 1, 5), null, false);
        var read = (OdometerObserved)Assert.Single(story.Decide(old).Events);
        Assert.Equal((OdometerVerdict.NoVerdict, "older-than-the-last"), (read.Verdict, read.ReasonCode));
        Assert.Equal(50_000, story.Then(old).State.Condition.Odometer.Accepted?.Km);
    }

    [Fact]
    public void a_suspect_medium_that_is_wiped_anew()
    {
        var story = Phone()
            .Wiped()
            .Then(SampleCommands.Check())
            .Then(new SuspendWipe(Incident, ItemScenario.Attestation, null));
        story.Then(SampleCommands.Wipe(id: ItemScenario.Id(78)));
        Assert.Equal(DataState.Attested, story.State.Data.State);
        // What comes of the first one does not touch it.
        story.Then(new SettleWipe(Incident, ItemScenario.Attestation, IncidentOutcome.Confirmed, null));
        Assert.Equal(DataState.Attested, story.State.Data.State);
    }
}
