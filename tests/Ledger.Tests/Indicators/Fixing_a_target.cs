using Ledger.Indicators;
using Ledger.Kernel;

namespace Ledger.Tests.Indicators;

public sealed class Fixing_a_target
{
    static readonly BaselineFixed Baseline = new(Indicator.UsedCarTrade, "510000", 2023, 1_000_001, "doc");
    static readonly TargetFixed Target = new(Indicator.UsedCarTrade, "510000", 2027, 5_000);

    static readonly FixBaseline Fixing = new(Indicator.UsedCarTrade, "510000", 2023, 1_000_001, "doc", false);

    readonly Scenario scenario = new() { Now = At(2026, 6, 1) };

    string Says(IndicatorCommand c, string? second = "b") => scenario.Says(c, "a", second);

    [Fact]
    public void takes_two_persons() => Assert.Equal("counter-signature-missing", Says(Fixing, second: null));

    [Fact]
    public void is_of_the_plan() => Assert.Equal("indicator-unknown", Says(Fixing with { Indicator = "unicorns" }));

    [Fact]
    public void stands_until_it_is_replaced_on_purpose()
    {
        Assert.Equal("baseline-fixed", Says(Fixing));
        Assert.Equal("nothing", Says(Fixing));
        Assert.Equal("baseline-exists", Says(Fixing with { Value = 7 }));
        Assert.Equal("baseline-fixed", Says(Fixing with { Value = 7, Replaces = true }));
    }

    [Fact]
    public void grows_the_baseline_and_rounds_half_up()
    {
        Assert.Equal(1_500_002, (Indicator.None with { Baseline = Baseline, Target = Target }).TargetValue);
        Assert.Null((Indicator.None with { Target = Target }).TargetValue);
    }

    [Theory]
    [InlineData("2026-05", "period-report-frozen")]
    [InlineData("2026-06", "period-still-open")]
    [InlineData("2026", "period-still-open")]
    [InlineData("2025", "period-report-frozen")]
    [InlineData("26-5", "value-malformed")]
    public void freezes_a_period_once_it_is_over(string period, string expected)
    {
        Assert.Equal(
            expected,
            Says(new FreezeReport(Indicator.UsedCarTrade, "510000", period, [new("510104", 3)], 10))
        );
    }

    [Fact]
    public void freezes_it_once()
    {
        var report = new FreezeReport(Indicator.UsedCarTrade, "510000", "2025", [], 10);
        Assert.Equal("period-report-frozen", Says(report));
        Assert.Equal("already-frozen", Says(report));
    }

    static DateTimeOffset At(int year, int month, int day) => ShanghaiDay.Start(new(year, month, day));
}
