using System.Collections.Immutable;
using Ledger.DataWipe;

namespace Ledger.Tests.DataWipe;

/// <summary>An incident suspends what was wiped, and its end settles it.</summary>
public sealed class Reaching_back
{
    static readonly Guid Incident = ItemScenario.Id(77);
    static readonly DateTimeOffset BlockingDay = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);

    static SuspendWipe Suspend(Guid? attestation = null) =>
        new(Incident, attestation ?? ItemScenario.Attestation, "recovered");

    static SettleWipe Settle(IncidentOutcome outcome, Guid? incident = null) =>
        new(incident ?? Incident, ItemScenario.Attestation, outcome, null);

    static ItemScenario Cleared() => new ItemScenario("electronics").Wiped().Then(SampleCommands.Check());

    [Fact]
    public void closes_the_gate_that_a_wipe_had_opened()
    {
        var story = Cleared();
        Assert.False(story.Decide(ItemScenario.Offer(), BlockingDay).IsRefused);
        story.Then(Suspend());
        Assert.Equal(DataState.Suspect, story.State.Data.State);
        Assert.Equal("data-not-wiped", ItemScenario.Code(story.Decide(ItemScenario.Offer(), BlockingDay)));
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(Suspend())));
    }

    [Fact]
    public void opens_it_again_where_the_incident_was_unfounded()
    {
        var story = Cleared().Then(Suspend()).Then(Settle(IncidentOutcome.Unfounded));
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        Assert.Equal(AttestationState.Verified, story.State.Data.Attestations[0].State);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(Settle(IncidentOutcome.Confirmed))));
    }

    [Fact]
    public void revokes_where_it_was_true_and_lets_the_medium_be_wiped_again()
    {
        var story = Cleared().Then(Suspend()).Then(Settle(IncidentOutcome.Confirmed));
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.False(story.Decide(SampleCommands.Wipe(id: ItemScenario.Id(78))).IsRefused);
    }

    [Fact]
    public void leaves_a_wipe_that_was_not_yet_checked_unchecked()
    {
        var story = new ItemScenario("electronics").Wiped().Then(Suspend()).Then(Settle(IncidentOutcome.Unfounded));
        Assert.Equal(DataState.Attested, story.State.Data.State);
    }

    [Fact]
    public void is_settled_by_its_own_incident_only()
    {
        var story = Cleared().Then(Suspend());
        Assert.Equal(
            "not-in-scope",
            ItemScenario.Code(story.Decide(Settle(IncidentOutcome.Unfounded, ItemScenario.Id(79))))
        );
        Assert.Equal("attestation-not-found", ItemScenario.Code(story.Decide(Suspend(ItemScenario.Stranger))));
    }

    [Fact]
    public void does_not_touch_a_medium_that_is_gone_or_was_wiped_anew()
    {
        var gone = Cleared().Then(SampleCommands.Destruction()).Then(Suspend());
        Assert.Equal(DataState.Gone, gone.State.Data.State);
        var failed = new ItemScenario("electronics").Wiped().Then(SampleCommands.Check(accepted: false));
        failed.Then(SampleCommands.Wipe(id: ItemScenario.Id(78)));
        Assert.Equal("wrong-state", ItemScenario.Code(failed.Decide(Suspend())));
        Assert.Equal(DataState.Attested, failed.State.Data.State);
    }

    static ReportIncident Report(string? tool, params ImmutableArray<string> versions) =>
        new(Incident, tool, versions, null, null, null, "found", IncidentSeverity.Suspected, null);

    static readonly CloseIncident Close = new(Incident, IncidentOutcome.Unfounded, null);

    [Fact]
    public void holds_the_tool_until_it_is_closed()
    {
        var scenario = new Scenario().Do(Report("cleaner", "4.1", "4.2"));
        Assert.Equal(2, scenario.Reservations.Count);
        var story = new ItemScenario("electronics").Wipeable();
        foreach (var (key, value) in scenario.Reservations)
            story.Reservations[key] = value;
        Assert.Equal("tool-under-incident", ItemScenario.Code(story.Decide(SampleCommands.Wipe())));
        Assert.False(story.Decide(SampleCommands.Wipe() with { Tool = new("cleaner", "4.3") }).IsRefused);
        var closed = scenario.First(Close);
        Assert.All(closed.Reservations, g => Assert.Null(g.New));
        Assert.Equal(2, closed.Reservations.Length);
    }

    [Fact]
    public void holds_every_version_where_none_is_named()
    {
        var scenario = new Scenario().Do(Report("cleaner"));
        var story = new ItemScenario("electronics").Wipeable();
        story.Reservations[Assert.Single(scenario.Reservations).Key] = $"{Incident}";
        Assert.Equal("tool-under-incident", ItemScenario.Code(story.Decide(SampleCommands.Wipe())));
    }

    [Fact]
    public void needs_a_scope_and_is_closed_once()
    {
        Assert.Equal("scope-empty", new Scenario().Refused(Report(null)));
        var backwards = Report("x") with { From = ItemScenario.Start, To = ItemScenario.Start.AddSeconds(-1) };
        Assert.Equal("value-malformed", new Scenario().Refused(backwards));
        Assert.Equal("incident-not-found", new Scenario().Refused(Close));
        Assert.Equal("wrong-state", new Scenario().Do(Report("x")).Do(Close).Refused(Close));
    }
}
