using Ledger.DataWipe;
using Ledger.Rules;
using Support;

namespace Ledger.Tests.Rules;

/// <summary>An event names the rule set that judged it: every set that was shipped is found by that name for
/// ever.</summary>
public sealed class Naming_a_rule_set
{
    /// <summary>As the commits that shipped them computed it: 179ed00. Add the newest when it is shipped; none is ever
    /// edited.</summary>
    static readonly (DateOnly From, string Version)[] Shipped =
    [
        (new(2026, 11, 26), "bba9bcbab167f70974cf31818870bcc852fd2e3a1aa3e9d911df27521d29cd14"),
        (new(2026, 12, 1), "24fddda1df66368a143960019f1e86cdbe1b9a636cbdf0600cb2a391c9490824"),
        (new(2026, 12, 3), "0523393759bc7237af025df74027fd4ae1b46cbdfc4110d46dc3b766aad063e5"),
    ];

    [Fact]
    public void finds_every_set_that_was_shipped() =>
        Assert.Equal(Shipped, RuleSets.All.Take(Shipped.Length).Select(s => (s.From, s.Rules.Version)));

    [Fact]
    public void finds_the_rules_that_judge_now()
    {
        Assert.Same(RuleSet.Current, RuleSets.All[^1].Rules);
        Assert.Same(RuleSet.Current, RuleSets.Named(RuleSet.Current.Version));
    }

    [Fact]
    public void has_each_set_once_and_in_the_order_of_their_days()
    {
        Assert.Equal(
            RuleSets.All.OrderBy(s => s.From).Select(s => s.From).Distinct(),
            RuleSets.All.Select(s => s.From)
        );
        Assert.Equal(RuleSets.All.Length, RuleSets.All.Select(s => s.Rules.Version).Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-01")]
    public void finds_nothing_under_another_name(string? version) => Assert.Null(RuleSets.Named(version));

    /// <summary>Another verifier has to know which sets there are, and by which evaluator each derives a
    /// level.</summary>
    [Fact]
    public void tells_other_verifiers_of_every_set()
    {
        var day = new DateOnly(2026, 1, 5);
        var sets = RuleSets.All.ToDictionary(
            s => s.Rules.Version,
            s => s.Rules.InForce("wipe-level-derived", day)!.Evaluator
        );
        var text = System.Text.Json.JsonSerializer.Serialize(sets, Indented);
        Assert.Null(Approved.Differs(text, "../../peers/python/rulesets.json"));
    }

    /// <summary>So does our own: it knows the sets by name, and not the rules.</summary>
    [Fact]
    public void tells_our_verifier_of_every_set() =>
        Assert.Equal(
            RuleSets.All.ToDictionary(s => s.Rules.Version, s => WipeEvaluators.AsTold(s.Rules)),
            Ledger.Proof.Bundles.KnownRuleSets.AsTold
        );

    static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>What an evaluator says is not hashed with its name: the cases hold it, those of old sets too.</summary>
    [Fact]
    public void keeps_what_an_old_set_says()
    {
        var day = new DateOnly(2026, 1, 5);
        var silent = Inputs
            .None.And("medium", "nvme")
            .And("technique", "nvme-sanitize")
            .And("claimed", "purge")
            .And("result", "ok")
            .And("toolLog", true)
            .And("check", "full")
            .And("residues", 0);
        Assert.Equal(
            [Result.Pass, Result.Hit, Result.Hit],
            RuleSets.All.Select(s => s.Rules.InForce("wipe-level-derived", day)!.Ask(silent, day).Result)
        );
    }
}
