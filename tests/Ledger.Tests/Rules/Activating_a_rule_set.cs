using Ledger.Operations;
using Ledger.Rules;

namespace Ledger.Tests.Rules;

/// <summary>Two persons put on record which law the ledger applies.</summary>
public sealed class Activating_a_rule_set
{
    static readonly RuleSet Runs = RuleSet.Current;

    static Ledger.Kernel.Decision Activate(string version, string? active = null, string? second = "li")
    {
        var scenario = new Scenario { Now = ItemScenario.Start };
        if (active is not null)
            scenario.Append(LogCommand.RulesetsOf(Scenario.Handles), new RulesetActivated(active));
        return scenario.First(new ActivateRuleset(version, null, ["b", "a", "b"]), second: second);
    }

    [Fact]
    public void names_the_set_that_runs_and_what_is_to_be_read_again()
    {
        var activated = Assert.IsType<RulesetActivated>(Assert.Single(Activate(Runs.Version).Events));
        Assert.Equal((Runs.Version, ItemScenario.Start), (activated.Version, activated.From));
        Assert.Equal(["b", "a"], activated.Changes!.Value);
        var provisional = activated.Provisional!.Value;
        Assert.NotEmpty(provisional);
        Assert.All(
            provisional,
            id =>
                Assert.Contains(
                    Runs.Rules,
                    r => r.Id == id && r is { Severity: Severity.Block, Certainty: Certainty.Provisional }
                )
        );
        Assert.Equal(provisional.Distinct(), provisional);
    }

    [Fact]
    public void that_does_not_run_is_refused()
    {
        var refusal = Assert.Single(Activate("5f1c").Refusals);
        Assert.Equal(
            ("ruleset-hash-differs", "version", "5f1c", Runs.Version),
            (refusal.Code, refusal.Field, refusal.With["value"], refusal.With["expected"])
        );
    }

    [Fact]
    public void takes_two_persons() =>
        Assert.Equal("counter-signature-missing", ItemScenario.Code(Activate(Runs.Version, second: null)));

    [Fact]
    public void again_says_nothing_and_after_another_it_does()
    {
        Assert.Empty(Activate(Runs.Version, Runs.Version).Events);
        Assert.Single(Activate(Runs.Version, "5f1c").Events);
    }
}
