using Ledger.Rules;

namespace Ledger.Tests.Rules;

/// <summary>What fits a series of readings, at the days and kilometres where it turns (rules.md §5).</summary>
public sealed class Odometers_of_one_car
{
    static readonly DateOnly Day = new(2026, 1, 5);

    static Result Ask(string rule, long last, long value, long days)
    {
        var r = RuleSet.Current.InForce(rule, Day)!;
        var facts = Inputs.None.And("lastKm", last).And("valueKm", value).And("days", days);
        return r.Ask(facts, Day).Result;
    }

    [Theory]
    [InlineData(0, 2_500)]
    [InlineData(1, 2_500)]
    [InlineData(2, 7_000)]
    [InlineData(7, 7_000)]
    [InlineData(8, 20_000)]
    [InlineData(31, 20_000)]
    [InlineData(32, 200_000)]
    [InlineData(366, 200_000)]
    [InlineData(367, 400_000)]
    [InlineData(-3, 2_500)]
    public void may_grow_by_what_the_span_allows(long days, long most)
    {
        Assert.Equal(Result.Pass, Ask("odo-too-fast", 50_000, 50_000 + most, days));
        Assert.Equal(Result.Hit, Ask("odo-too-fast", 50_000, 50_001 + most, days));
    }

    [Fact]
    public void never_fall()
    {
        Assert.Equal(Result.Pass, Ask("odo-rollback", 50_000, 50_000, 7));
        Assert.Equal(Result.Hit, Ask("odo-rollback", 50_000, 49_999, 7));
    }

    [Theory]
    [InlineData(50_000, 505_000, Result.Hit)]
    [InlineData(50_000, 500_000, Result.Hit)]
    [InlineData(50_000, 499_990, Result.Pass)]
    [InlineData(50_000, 570_000, Result.Hit)]
    [InlineData(50_000, 570_010, Result.Pass)]
    [InlineData(50_000, 5_050, Result.Hit)]
    [InlineData(50_000, 5_000, Result.Hit)]
    [InlineData(50_000, 4_999, Result.Pass)]
    [InlineData(50_000, 50_500, Result.Pass)]
    [InlineData(50_000, 50_000, Result.Pass)]
    public void have_a_digit_too_many_or_too_few(long last, long value, Result result) =>
        Assert.Equal(result, Ask("odo-typo", last, value, 7));

    [Theory]
    [InlineData(50_000, 31_500, Result.Hit)]
    [InlineData(50_000, 31_069, Result.Hit)]
    [InlineData(50_000, 31_068, Result.Pass)]
    [InlineData(50_000, 50_000, Result.Pass)]
    [InlineData(50_000, 51_000, Result.Pass)]
    [InlineData(50_000, 35_418, Result.Hit)]
    [InlineData(50_000, 35_419, Result.Pass)]
    public void are_read_in_miles(long last, long value, Result result) =>
        Assert.Equal(result, Ask("odo-unit", last, value, 7));
}
