using Ledger.Kernel;
using Ledger.Supervision;

namespace Ledger.Tests.Supervision;

/// <summary>A suspicion is raised once, taken up or dismissed, and ends with a finding.</summary>
public sealed class Looking_into_a_suspicion
{
    static readonly SuspicionRaised Raised = new("clone", [new(ItemScenario.Id(3))], [ItemScenario.Id(4)]);
    static readonly CaseOpened Opened = new(
        "clone",
        [new(ItemScenario.Id(3))],
        new(ItemScenario.Market, "JD-07"),
        "17"
    );
    static readonly CaseClosed Closed = new(CaseOutcome.Founded, "真");

    static Case? Fold(params LedgerEvent[] events) => Case.Fold(ItemScenario.Stream(events));

    static readonly Guid Id = ItemScenario.Id(1);
    static readonly RaiseSuspicion Raising = new(Id, "clone", [new(ItemScenario.Id(3))], [ItemScenario.Id(4)]);
    static readonly OpenCase Opening = new(
        Id,
        "clone",
        [new(ItemScenario.Id(3))],
        new(ItemScenario.Market, "JD-07"),
        "17"
    );
    static readonly TakeUpSuspicion Taking = new(Id, new(ItemScenario.Market, "JD-07"), null);
    static readonly CloseCase Closing = new(Id, CaseOutcome.Founded, "真");

    static Decision Act(CaseCommand c, Case? found = null) => CaseDecider.Decide(c, found).Told();

    [Fact]
    public void begins_once()
    {
        Assert.Equal("suspicion-raised", ItemScenario.Outcome(Act(Raising)));
        Assert.Empty(Act(Raising, Fold(Raised)).Events);
        Assert.Empty(Act(Raising, Fold(Raised, Closed)).Events);
    }

    [Fact]
    public void may_be_an_authority_s_own() => Assert.Equal("case-opened", ItemScenario.Outcome(Act(Opening)));

    [Theory]
    [InlineData("wipe-unverified")]
    [InlineData("hunch")]
    [InlineData("")]
    public void needs_a_pattern_that_is_active(string pattern)
    {
        var refusal = Assert.Single(Act(Opening with { Pattern = pattern }).Refusals);
        Assert.Equal(("pattern-not-active", pattern), (refusal.Code, refusal.With["value"]));
        Assert.Contains("clone", refusal.With["known"], StringComparison.Ordinal);
        Assert.Equal("pattern-not-active", ItemScenario.Code(Act(Raising with { Pattern = pattern })));
    }

    [Fact]
    public void is_taken_up_once()
    {
        var taken = new CaseOpened(null, null, Opened.Officer);
        Assert.Equal("case-opened", ItemScenario.Outcome(Act(Taking, Fold(Raised))));
        Assert.Equal("case-not-found", ItemScenario.Code(Act(Taking, null)));
        var refused = Act(Taking, Fold(Raised, taken));
        Assert.Equal(
            ("wrong-state", "open"),
            (ItemScenario.Code(refused), Assert.Single(refused.Refusals).CurrentState)
        );
    }

    [Fact]
    public void ends_with_a_finding_whether_it_was_taken_up_or_not()
    {
        Assert.Equal("case-closed", ItemScenario.Outcome(Act(Closing, Fold(Raised))));
        Assert.Equal("case-closed", ItemScenario.Outcome(Act(Closing, Fold(Opened))));
        Assert.Equal("wrong-state", ItemScenario.Code(Act(Closing, Fold(Opened, Closed))));
        Assert.Equal("wrong-state", ItemScenario.Code(Act(Opening, Fold(Opened, Closed))));
        Assert.Equal("case-not-found", ItemScenario.Code(Act(Closing, null)));
    }

    [Fact]
    public void is_not_said_ahead_of_its_time()
    {
        var scenario = new Scenario();
        Assert.Equal("occurred-in-future", scenario.Says(Opening, at: scenario.Now.AddHours(1)));
    }

    [Fact]
    public void is_told_by_its_stream()
    {
        var suspected = Fold(Raised)!;
        Assert.Equal(
            (CaseState.Suspected, "clone", ItemScenario.Start, ItemScenario.Start),
            (suspected.State, suspected.Pattern, suspected.RaisedAt, suspected.Since)
        );
        Assert.Equal([ItemScenario.Id(3)], suspected.Items);
        Assert.Equal([ItemScenario.Id(4)], suspected.Events);
        var open = Fold(Raised, new CaseOpened(null, null, Opened.Officer, "17"))!;
        Assert.Equal(
            (CaseState.Open, "clone", Opened.Officer, "17", ItemScenario.Start.AddDays(1), 2L),
            (open.State, open.Pattern, open.Officer, open.Number, open.Since, open.Version)
        );
        Assert.Equal(suspected.Items, open.Items);
        Assert.Equal(ItemScenario.Start, open.RaisedAt);
        var own = Fold(Opened)!;
        Assert.Equal((CaseState.Open, "clone"), (own.State, own.Pattern));
        Assert.Empty(own.Events);
        var closed = Fold(Opened, Closed)!;
        Assert.Equal(
            (CaseState.Closed, CaseOutcome.Founded, "真", ItemScenario.Start.AddDays(1), 2L),
            (closed.State, closed.Outcome!.Value, closed.Finding, closed.Since, closed.Version)
        );
        Assert.Null(Fold(Closed));
        Assert.Null(Fold());
    }

    [Fact]
    public void knows_its_patterns()
    {
        Assert.Equal(Patterns.All.Where(p => p.Active).Select(p => p.Code), Patterns.Active);
        Assert.Contains("clone", Patterns.Active);
        Assert.DoesNotContain("wipe-in-doubt", Patterns.Active);
        Assert.Null(Patterns.Find(null));
        Assert.All(Patterns.All, p => Assert.Same(p, Patterns.Find(p.Code)));
    }
}
