using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Rules;

public sealed class Loading_a_rule_set
{
    static readonly DateOnly Day = new(2026, 1, 1);

    static Rule Good =>
        new("test-flag", RuleSource.Project, "本项目 test", Day, "flag-set", "encumbered")
        {
            On = [Trigger.ListItem],
            Severity = Severity.Block,
            Certainty = Certainty.Sure,
            Zh = "测",
            En = "Test",
            Params = Inputs.None.And("fact", "x").Values,
            Cases =
            [
                new(Day, Inputs.None.And("x", true), Result.Hit),
                new(Day, Inputs.None.And("x", false), Result.Pass),
            ],
        };

    static string Why(params Rule[] rules) =>
        Assert.Throws<InvalidOperationException>(() => RuleSet.Load(rules)).Message;

    [Fact]
    public void takes_the_products_rules()
    {
        Assert.Equal(Modules.Rules.Count(), RuleSet.Current.Rules.Length);
        Assert.Matches("^[0-9a-f]{64}$", RuleSet.Current.Version);
        Assert.Equal(RuleSet.Current.Version, RuleSet.Load(Modules.Rules.Reverse()).Version);
    }

    [Fact]
    public void takes_a_good_rule() => Assert.Single(RuleSet.Load([Good]).Rules);

    [Fact]
    public void refuses_an_overlap_with_an_earlier_version()
    {
        Assert.Contains("overlaps", Why(Good, Good with { From = Day.AddYears(1) }), StringComparison.Ordinal);
        Assert.Contains(
            "overlaps",
            Why(Good with { To = Day.AddDays(5) }, Good with { From = Day.AddDays(5) }),
            StringComparison.Ordinal
        );
        Assert.Contains("overlaps", Why(Good, Good), StringComparison.Ordinal);
        Assert.Equal(
            2,
            RuleSet.Load([Good with { To = Day.AddDays(5) }, Good with { From = Day.AddDays(6) }]).Rules.Length
        );
    }

    [Fact]
    public void refuses_an_unknown_evaluator() =>
        Assert.Contains("unknown evaluator nobody", Why(Good with { Evaluator = "nobody" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(Certainty.Likely)]
    [InlineData(Certainty.Unsure)]
    public void refuses_an_uncertain_rule_that_blocks(Certainty certainty)
    {
        var uncertain = Good with { Certainty = certainty };
        Assert.Contains("uncertain-rule-would-block", Why(uncertain), StringComparison.Ordinal);
        Assert.Single(RuleSet.Load([uncertain with { Severity = Severity.Warn }]).Rules);
    }

    [Fact]
    public void refuses_a_rule_without_source() =>
        Assert.Contains("names no source", Why(Good with { Citation = "" }), StringComparison.Ordinal);

    [Fact]
    public void refuses_a_rule_without_cases() =>
        Assert.Contains("no boundary cases", Why(Good with { Cases = [] }), StringComparison.Ordinal);

    [Fact]
    public void refuses_a_rule_that_fails_its_own_case()
    {
        var failing = Good with { Cases = [new(new(2026, 2, 3), Inputs.None.And("x", true), Result.Pass)] };
        Assert.Contains("fails its own case of 2026-02-03: Hit, not Pass", Why(failing), StringComparison.Ordinal);
    }

    [Fact]
    public void names_the_rule_that_is_unfit() =>
        Assert.StartsWith("Rule test-flag of 2026-01-01 ", Why(Good with { Citation = "" }), StringComparison.Ordinal);

    [Fact]
    public void gives_another_version_to_every_change_that_judges()
    {
        var cars = Modules.Rules.Single(r => r.Id == "trade-three-cars");
        Rule[] changed =
        [
            cars with
            {
                Params = Inputs.None.And("limit", "4").Values,
                Cases = [cars.Cases[0]],
            },
            cars with
            {
                To = new(2030, 1, 1),
            },
            cars with
            {
                From = cars.From.AddDays(1),
            },
            cars with
            {
                Severity = Severity.Warn,
            },
            cars with
            {
                Where = "CN-51",
            },
            cars with
            {
                Goods = [],
            },
            cars with
            {
                On = [Trigger.AgreeDeal],
            },
            cars with
            {
                Code = "encumbered",
            },
        ];
        string[] versions = [RuleSet.Load([cars]).Version, .. changed.Select(r => RuleSet.Load([r]).Version)];
        Assert.Equal(versions.Length, versions.Distinct().Count());
    }

    [Fact]
    public void knows_a_refusal_for_each_rule() =>
        Assert.Empty(RuleSet.Current.Rules.Where(r => RefusalCatalog.Find(r.Code) is null).Select(r => r.Id));

    [Fact]
    public void uses_every_evaluator() =>
        Assert.Equal(
            Evaluators.All.Keys.Order(StringComparer.Ordinal),
            RuleSets
                .All.SelectMany(s => s.Rules.Rules)
                .Select(r => r.Evaluator)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void knows_the_scrap_limit_of_every_category_of_the_table()
    {
        Assert.Equal(30, ScrapYears.ByCategory.Count);
        Assert.Equal("2027-03-15", ScrapYears.Limit("taxi-small", new(2019, 3, 15)));
        Assert.Equal("none", ScrapYears.Limit("private-small", null));
        Assert.Null(ScrapYears.Limit("taxi-small", null));
        Assert.Null(ScrapYears.Limit("rocket", new(2019, 3, 15)));
        Assert.Null(ScrapYears.Limit(null, new(2019, 3, 15)));
    }

    [Fact]
    public void explains_each_rule_and_the_first_day_on_which_it_would_not_be_hit()
    {
        var rules = RuleSet.Load([Good, Good with { Id = "test-until", To = Day.AddDays(9) }]);
        var hits = Explained(rules, true);
        // One binds for good, the other no longer on the day after its last.
        Assert.Equal([("test-flag", Result.Hit, null), ("test-until", Result.Hit, Day.AddDays(10))], hits);
        Assert.Equal([("test-flag", Result.Pass, null), ("test-until", Result.Pass, null)], Explained(rules, false));
        Assert.Empty(rules.Explain(Trigger.Transfer, "used-car", Jurisdiction.Sichuan, Day, Inputs.None));
    }

    static List<(string, Result, DateOnly?)> Explained(RuleSet rules, bool flag) =>
        [
            .. rules
                .Explain(Trigger.ListItem, "used-car", Jurisdiction.Sichuan, Day, Inputs.None.And("x", flag))
                .Select(a => (a.Rule.Id, a.Result, a.Otherwise)),
        ];

    [Fact]
    public void stands_in_the_way_only_where_a_block_is_hit()
    {
        RuleAnswer Answer(Severity severity, Result result) =>
            new(Good with { Severity = severity }, result, Inputs.None, null);
        Assert.True(Answer(Severity.Block, Result.Hit).Blocks);
        Assert.False(Answer(Severity.Block, Result.Pass).Blocks);
        Assert.False(Answer(Severity.Warn, Result.Hit).Blocks);
    }

    [Fact]
    public void keeps_no_verdict_of_what_passes()
    {
        var judged = RuleSet
            .Load([Good])
            .Judge(Trigger.ListItem, "used-car", Jurisdiction.Sichuan, Day, Inputs.None.And("x", false));
        Assert.Empty(judged.Recorded);
        Assert.Empty(judged.Refusals);
        Assert.Null(RuleSet.Load([Good]).InForce("test-flag", Day.AddDays(-1)));
        Assert.Null(RuleSet.Load([Good]).InForce("other", Day));
    }

    [Fact]
    public void changes_the_version_with_every_member()
    {
        Rule[] others =
        [
            Good with
            {
                Id = "other-flag",
            },
            Good with
            {
                Citation = "本项目 other",
            },
            Good with
            {
                From = Day.AddDays(-1),
            },
            Good with
            {
                To = Day.AddDays(1),
            },
            Good with
            {
                Goods = ["used-car"],
            },
            Good with
            {
                Where = "CN-51",
            },
            Good with
            {
                On = [Trigger.Transfer],
            },
            Good with
            {
                Severity = Severity.Warn,
            },
            Good with
            {
                Certainty = Certainty.Provisional,
            },
            Good with
            {
                Overridable = true,
            },
            Good with
            {
                Code = "held-by-authority",
            },
            Good with
            {
                Source = RuleSource.Law,
            },
        ];
        Assert.Equal(others.Length + 1, others.Append(Good).Select(r => RuleSet.Load([r]).Version).Distinct().Count());
    }
}
