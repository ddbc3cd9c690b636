using Ledger.Goods;
using Ledger.Rules;

namespace Ledger.Tests.Goods;

/// <summary>An item under the law of two days.</summary>
public sealed class Judging_then_and_now
{
    static readonly DateOnly Before = new(2026, 12, 31),
        After = new(2027, 1, 1);

    static List<VerdictThenNow> Of(ItemScenario story, DateOnly then, DateOnly now) =>
        [.. ItemVerdicts.Of(story.State, ItemScenario.Start, new(RuleSet.Current, then), new(RuleSet.Current, now))];

    [Fact]
    public void tells_every_rule_of_either_day_once_for_each_act_in_the_order_of_its_id()
    {
        var told = Of(new ItemScenario("electronics").Registered(), Before, After);
        Assert.Equal(ItemVerdicts.Acts.Where(a => told.Any(v => v.Act == a)), told.Select(v => v.Act).Distinct());
        foreach (var act in told.GroupBy(v => v.Act))
            Assert.Equal(act.Select(v => v.RuleId).Distinct().Order(StringComparer.Ordinal), act.Select(v => v.RuleId));
        Assert.All(told, v => Assert.True(v.Then is not null || v.Now is not null));
    }

    /// <summary>Unwiped is a warning until the law's day, and stops a sale from it on.</summary>
    [Fact]
    public void differs_where_the_law_does_and_only_there()
    {
        var phone = new ItemScenario("electronics").Registered();
        var differing = Of(phone, Before, After).Where(v => v.Differs).ToList();
        Assert.NotEmpty(differing);
        Assert.All(differing, v => Assert.NotEqual(Answer(v.Then), Answer(v.Now)));
        Assert.All(Of(phone, Before, After).Where(v => !v.Differs), v => Assert.Equal(Answer(v.Then), Answer(v.Now)));
        Assert.DoesNotContain(Of(phone, Before, Before), v => v.Differs);
    }

    /// <summary>An event may name a set that this product does not have: then nothing is known of what it
    /// said.</summary>
    [Fact]
    public void knows_nothing_of_a_rule_set_that_it_does_not_have()
    {
        var phone = new ItemScenario("electronics").Registered();
        var told = ItemVerdicts
            .Of(phone.State, ItemScenario.Start, new(null, After), new(RuleSet.Current, After))
            .ToList();
        Assert.NotEmpty(told);
        Assert.All(told, v => Assert.Equal(Result.NotEvaluated, v.Then!.Result));
        Assert.Contains(told, v => v.Now is { Blocks: true } && v.Differs);
    }

    /// <summary>What was decided is judged again by the set that decided it, not by the one that judges now.</summary>
    [Fact]
    public void asks_of_then_the_set_that_judged_then()
    {
        var phone = new ItemScenario("electronics").Registered();
        var told = ItemVerdicts
            .Of(phone.State, ItemScenario.Start, new(RuleSets.All[0].Rules, After), new(RuleSet.Current, After))
            .Single(v => v is { Act: Trigger.ListItem, RuleId: "wipe-gate-resale" });
        Assert.Equal(("data-cleared", "data-cleared.v2"), (told.Then!.Rule.Evaluator, told.Now!.Rule.Evaluator));
    }

    static string Answer(RuleAnswer? answer) => $"{answer?.Result} {answer?.Rule.Severity}";
}
