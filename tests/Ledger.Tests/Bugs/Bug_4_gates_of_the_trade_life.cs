using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Markets;
using Ledger.Trading;

namespace Ledger.Tests.Bugs;

/// <summary>Gates that could be got around, each as its reader told it.</summary>
public sealed class Bug_4_gates_of_the_trade_life
{
    static readonly DateTimeOffset BlockingDay = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);
    static readonly Guid Incident = Story.Id(77);

    static Story Phone() => new("electronics");

    static Story Sold(Story story) =>
        story
            .Then(Story.Meeting())
            .Then(Story.Handshake)
            .Then(Story.Payment)
            .Then(Story.Bill())
            .Then(new CompleteDeal(Story.Deal));

    [Fact]
    public void reinstating_a_wipe_from_before_the_last_use()
    {
        var story = Sold(Phone().Wiped().Then(Acts.Check())).Then(Acts.Arrival(Story.Id(66)));
        story.Then(new SuspendWipe(Incident, Story.Attestation, null));
        story.Then(new SettleWipe(Incident, Story.Attestation, IncidentOutcome.Unfounded, null));
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
    }

    [Fact]
    public void verifying_a_wipe_from_before_the_last_use()
    {
        var story = Sold(Phone().Wiped()).Then(Acts.Arrival(Story.Id(66)));
        Assert.Equal("wrong-state", Story.Code(story.Decide(Acts.Check())));
    }

    [Fact]
    public void verifying_what_is_gone()
    {
        var story = Phone().Wiped().Then(Acts.Destruction());
        Assert.Equal("wrong-state", Story.Code(story.Decide(Acts.Check())));
        Assert.Equal(DataState.Gone, story.State.Data.State);
    }

    [Theory]
    [InlineData(CheckMethod.None, 1L, 1L, 0L)]
    [InlineData(CheckMethod.Sampled, null, 1L, 0L)]
    [InlineData(CheckMethod.Sampled, 1L, null, 0L)]
    [InlineData(CheckMethod.Full, 1L, 1L, null)]
    public void a_check_that_read_nothing(CheckMethod method, long? sampled, long? total, long? residues)
    {
        var check = Acts.Check() with { Check = new(method, sampled, total, residues) };
        Assert.Equal("value-missing", Story.Code(Phone().Wiped().Decide(check)));
    }

    [Fact]
    public void a_wipe_without_a_log()
    {
        var story = Phone().Wipeable().Then(Acts.Wipe() with { Docs = [] });
        Assert.Equal("level-not-supported-by-evidence", Story.Code(story.Decide(Acts.Check())));
    }

    [Fact]
    public void media_that_another_register_does_not_name()
    {
        var story = Phone().Registered().Observe(new ItemMediaDeclared());
        Assert.Equal(DataState.Unknown, story.State.Data.State);
        Assert.False(story.Decide(Acts.Media()).IsRefused);
    }

    [Fact]
    public void correcting_the_media_away()
    {
        var story = Phone().Registered().Then(Acts.Media());
        var away = new CorrectEvent(story.Last, "typo", new ItemMediaDeclared([]), null);
        Assert.Equal("media-none-needs-reason", Story.Code(story.Decide(away)));
    }

    [Fact]
    public void a_wipe_that_ends_after_it_is_told()
    {
        var wipe = Acts.Wipe();
        var later = wipe with { FinishedAt = Story.Start.AddDays(1) };
        Assert.Equal("value-malformed", Story.Code(Phone().Wipeable().Decide(later)));
    }

    [Fact]
    public void a_failure_from_before_the_wipe()
    {
        var story = Phone().Wiped();
        Assert.Equal("value-malformed", Story.Code(story.Decide(Acts.Check(accepted: false), Story.Start)));
    }

    [Fact]
    public void a_tool_that_two_incidents_name()
    {
        var other = Story.Id(78);
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
        var story = Phone().Wiped().Then(Acts.Check()).Then(new SuspendWipe(Incident, Story.Attestation, null));
        story.Observe(new WipeReinstated(Story.Stranger, Story.Attestation));
        story.Observe(new WipeVerified(Story.Attestation));
        Assert.Equal(DataState.Suspect, story.State.Data.State);
    }

    [Fact]
    public void voiding_an_invoice_under_a_submitted_transfer()
    {
        var story = new Story().Invoiced();
        var invoice = story.Last;
        story.Then(Acts.Submission());
        Assert.Equal("dependent-events-exist", Story.Code(story.Decide(new VoidEvent(invoice, "x", null))));
    }

    [Fact]
    public void resubmitting_a_car_that_was_found_altered()
    {
        var story = new Story().Invoiced().Then(Acts.Submission()).Then(Acts.VehicleCheck(vin: false));
        story.Then(new RefuseTransfer(Story.Deal, "altered")).Then(Acts.Submission());
        Assert.Equal("identity-altered", Story.Code(story.Decide(Story.Station)));
    }

    [Fact]
    public void leaving_the_suspended_station_out()
    {
        var story = new Story().Invoiced().Then(Acts.Submission());
        story.Guards[SiteReservations.State("ST-1")] = SiteStates.Suspended;
        Assert.Equal("station-not-authorised", Story.Code(story.Decide(Story.Station with { Station = null })));
    }

    [Fact]
    public void a_taxi_that_becomes_young_by_being_private_once()
    {
        var story = new Story();
        story.Then(story.Registration() with { ScrapCategory = "taxi-small", FirstRegistered = new(2024, 1, 10) });
        story.Then(new ChangeUse("private-small", new(2026, 1, 5)));
        Assert.Equal("2032-01-10", story.State.ScrapLimit);
        story.Then(new ChangeUse("rental", new(2026, 1, 5)));
        Assert.Equal("2032-01-10", story.State.ScrapLimit);
    }

    [Fact]
    public void a_use_change_on_a_day_that_cannot_be()
    {
        var story = new Story().Registered();
        Assert.Equal("value-malformed", Story.Code(story.Decide(new ChangeUse("taxi-small", new(2010, 1, 1)))));
        Assert.Equal("value-malformed", Story.Code(story.Decide(new ChangeUse("taxi-small", new(2030, 1, 1)))));
    }

    [Fact]
    public void correcting_a_sheet_against_the_ledger()
    {
        var story = new Story().Registered().Then(new RecordBrand(Brand.Accident, "insurer", null));
        story.Then(Acts.Disclosing(Disclosed.Yes));
        var denial = new CorrectEvent(story.Last, "typo", Acts.Disclosing(Disclosed.No).Sheet, null);
        Assert.Equal("contradicts-ledger", Story.Code(story.Decide(denial)));
    }

    [Fact]
    public void a_low_reading_of_another_register_as_the_new_measure()
    {
        var story = new Story().Registered().Then(Acts.Reading(50_000));
        story.Observe(new OdometerObserved(20_000), Story.Start.AddDays(1));
        var next = new ReadOdometer(20_500, DistanceUnit.Km, OdometerSource.Desk, new(2026, 1, 8), null, false);
        Assert.Equal("odometer-needs-confirmation", Story.Code(story.Decide(next)));
    }

    [Fact]
    public void an_old_reading_that_comes_late()
    {
        var story = new Story().Registered().Then(Acts.Reading(50_000));
        var old = new ReadOdometer(40_000, DistanceUnit.Km, OdometerSource.Workshop, new(2025, 1, 5), null, false);
        var read = (OdometerObserved)Assert.Single(story.Decide(old).Events);
        Assert.Equal((OdometerVerdict.NoVerdict, "older-than-the-last"), (read.Verdict, read.ReasonCode));
        Assert.Equal(50_000, story.Then(old).State.Condition.AcceptedKm);
    }

    [Fact]
    public void a_suspect_medium_that_is_wiped_anew()
    {
        var story = Phone().Wiped().Then(Acts.Check()).Then(new SuspendWipe(Incident, Story.Attestation, null));
        story.Then(Acts.Wipe(id: Story.Id(78)));
        Assert.Equal(DataState.Attested, story.State.Data.State);
        // What comes of the first one does not touch it.
        story.Then(new SettleWipe(Incident, Story.Attestation, IncidentOutcome.Confirmed, null));
        Assert.Equal(DataState.Attested, story.State.Data.State);
    }
}
