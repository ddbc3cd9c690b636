using Ledger.Rules;

namespace Ledger.Tests.Rules;

/// <summary>Not told is unknown, never good: whoever leaves a fact out fares no better than whoever tells it.</summary>
public sealed class Not_telling_a_fact
{
    /// <summary>Where a told value could be a hit, silence is no pass; what may pass says why.</summary>
    [Fact]
    public void passes_no_rule_that_the_fact_could_hit()
    {
        var good = Untold.All.Where(u => u.Now.Contains("pass", StringComparison.Ordinal));
        Assert.Equal(Untold.NothingToJudge.Keys.Order(), good.Select(u => (u.Evaluator, u.Input)).Order());
    }

    /// <summary>The probe sees the fault at all: the oldest set has it.</summary>
    [Theory]
    [InlineData("level-supported.v2", "hiddenUnknown")]
    [InlineData("level-supported.v2", "bytesAddressed")]
    [InlineData("level-supported.v2", "unreached")]
    [InlineData("duration-plausible.v2", "bytesAddressed")]
    [InlineData("data-cleared.v2", "bearsData")]
    [InlineData("past-last-day.v2", "licenceUntil")]
    [InlineData("told-before.v2", "personal")]
    public void passed_before(string evaluator, string input)
    {
        var told = Assert.Single(Untold.All, u => (u.Evaluator, u.Input) == (evaluator, input));
        Assert.Contains("pass", told.Before, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", told.Now, StringComparison.Ordinal);
    }

    /// <summary>And no boundary case comes out better for one input less.</summary>
    [Fact]
    public void turns_no_hit_into_a_pass()
    {
        var better =
            from rule in RuleSet.Current.Rules
            from c in rule.Cases
            where c.Expected is Result.Hit or Result.NotEvaluated
            from input in c.Inputs.Values.Keys
            where rule.Ask(new(c.Inputs.Values.Remove(input)), c.Day).Result is Result.Pass
            where !Untold.NothingToJudge.ContainsKey((rule.Evaluator, input))
            select $"{rule.Id}: {input} left out of {string.Join(' ', c.Inputs.Values)}";
        Assert.Empty(better);
    }
}
