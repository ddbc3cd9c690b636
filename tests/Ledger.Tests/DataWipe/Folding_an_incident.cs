using Ledger.DataWipe;

namespace Ledger.Tests.DataWipe;

/// <summary>An incident is what its stream says of it, in its order.</summary>
public sealed class Folding_an_incident
{
    static readonly RecoveryIncidentReported Report = new(
        ItemScenario.Id(77),
        "cleaner",
        Finding: "photos were recovered",
        Severity: IncidentSeverity.Suspected
    );

    static readonly IncidentClosed Closure = new(ItemScenario.Id(77), IncidentOutcome.Confirmed);

    [Fact]
    public void is_open_until_it_is_closed()
    {
        var open = Incident.Fold(ItemScenario.Stream(Report))!;
        Assert.Equal((ItemScenario.Id(77), null, 1L), (open.Id, open.Outcome, open.Version));
        var closed = Incident.Fold(ItemScenario.Stream(Report, Closure))!;
        Assert.Equal((IncidentOutcome.Confirmed, 2L), (closed.Outcome, closed.Version));
        Assert.Same(Report, closed.Reported);
    }

    [Fact]
    public void keeps_the_first_report_and_knows_no_closure_without_one()
    {
        var twice = Incident.Fold(ItemScenario.Stream(Report, Report with { Tool = "another" }))!;
        Assert.Equal(("cleaner", 1L), (twice.Reported.Tool, twice.Version));
        Assert.Null(Incident.Fold(ItemScenario.Stream(Closure)));
        Assert.Null(Incident.Fold([]));
    }

    [Fact]
    public void is_unfounded_where_its_closure_does_not_say()
    {
        var closed = Incident.Fold(ItemScenario.Stream(Report, Closure with { Outcome = null }))!;
        Assert.Equal(IncidentOutcome.Unfounded, closed.Outcome);
    }
}
