using Ledger.Exports;

namespace Ledger.Tests.Exports;

public sealed class Filing_an_exporter
{
    [Fact]
    public void Is_approved_once_it_meets_the_conditions()
    {
        var world = new ExportScenario().Do(ExportScenario.Filing(site: false));
        Assert.Equal("conditions-not-met", world.Refused(ExportScenario.Approval()));
        Assert.Equal("exporter-exists", world.Refused(ExportScenario.Filing(site: false)));
        // What was not met is put right by filing again, until somebody has approved it.
        world.Do(ExportScenario.Filing()).Do(ExportScenario.Approval());
        Assert.Equal("exporter-exists", world.Refused(ExportScenario.Filing(site: false)));
        Assert.Equal("", world.Do(ExportScenario.Removal).Refused(ExportScenario.Filing()));
    }

    [Fact]
    public void Is_unknown_before_it_files() =>
        Assert.Equal("exporter-not-found", new ExportScenario().Refused(ExportScenario.Approval()));

    [Fact]
    public void Is_not_approved_into_the_past() =>
        Assert.Equal(
            "value-out-of-range",
            new ExportScenario().Filed(approved: false).Refused(ExportScenario.Approval(new(2026, 5, 31)))
        );

    [Fact]
    public void Keeps_a_warning_where_it_is_on_the_list_of_dishonest_conduct()
    {
        var decision = new ExportScenario()
            .Filed(approved: false)
            .Decide(ExportScenario.Approval(onIntegrityList: true))[0]
            .Decision;
        Assert.Equal(
            ("export-integrity-list", Ledger.Rules.Result.Hit),
            decision.Verdicts.Select(v => (v.RuleId, v.Result)).Single()
        );
    }

    [Fact]
    public void Is_suspended_once_and_reinstated_once()
    {
        var world = new ExportScenario().Filed().Do(ExportScenario.Suspension);
        Assert.Empty(world.Decide(ExportScenario.Suspension)[0].Decision.Events);
        world.Do(ExportScenario.Reinstatement);
        Assert.Empty(world.Decide(ExportScenario.Reinstatement)[0].Decision.Events);
        Assert.Equal("wrong-state", world.Do(ExportScenario.Removal).Refused(ExportScenario.Reinstatement));
    }

    [Fact]
    public void May_export_until_its_last_day()
    {
        var approved = new Exporter(
            new(ExportScenario.Code),
            new("局", new(2026, 6, 30)),
            ExporterState.Approved,
            [],
            2
        );
        Assert.True(approved.IsApprovedOn(new(2026, 6, 30)));
        Assert.False(approved.IsApprovedOn(new(2026, 7, 1)));
        Assert.False((approved with { State = ExporterState.Suspended }).IsApprovedOn(new(2026, 6, 1)));
    }
}
