using Ledger.Exports;

namespace Ledger.Tests.Exports;

public sealed class Filing_an_exporter
{
    [Fact]
    public void Is_approved_once_it_meets_the_conditions()
    {
        var world = new World().Do(new ExporterFiled(World.Code, "企业", null, true, false, true));
        Assert.Equal("conditions-not-met", world.Refused(new ExporterApproved("局")));
        Assert.Equal("exporter-exists", world.Refused(new ExporterFiled(World.Code)));
        Assert.Equal("", world.Do(new ExporterRemoved("again")).Refused(new ExporterFiled(World.Code)));
    }

    [Fact]
    public void Is_unknown_before_it_files() =>
        Assert.Equal("exporter-unknown", new World().Refused(new ExporterApproved("局")));

    [Fact]
    public void Is_not_approved_into_the_past() =>
        Assert.Equal(
            "value-out-of-range",
            new World().Filed(approved: false).Refused(new ExporterApproved("局", new(2026, 5, 31)))
        );

    [Fact]
    public void Keeps_a_warning_where_it_is_on_the_list_of_dishonest_conduct()
    {
        var decision = new World()
            .Filed(approved: false)
            .Decide(new ExporterApproved("局", OnIntegrityList: true))[0]
            .Decision;
        Assert.Equal(
            ("export-integrity-list", Ledger.Rules.Result.Hit),
            decision.Verdicts.Select(v => (v.RuleId, v.Result)).Single()
        );
    }

    [Fact]
    public void Is_suspended_once_and_reinstated_once()
    {
        var world = new World().Filed().Do(new ExporterSuspended("order"));
        Assert.Empty(world.Decide(new ExporterSuspended("order"))[0].Decision.Events);
        world.Do(new ExporterReinstated("lifted"));
        Assert.Empty(world.Decide(new ExporterReinstated("lifted"))[0].Decision.Events);
        Assert.Equal("wrong-state", world.Do(new ExporterRemoved("end")).Refused(new ExporterReinstated("no")));
    }

    [Fact]
    public void May_export_until_its_last_day()
    {
        var approved = new Exporter(new(World.Code), new("局", new(2026, 6, 30)), ExporterState.Approved, [], 2);
        Assert.True(approved.IsApprovedOn(new(2026, 6, 30)));
        Assert.False(approved.IsApprovedOn(new(2026, 7, 1)));
        Assert.False((approved with { State = ExporterState.Suspended }).IsApprovedOn(new(2026, 6, 1)));
    }
}
