using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Indicators;

public sealed class Fixing_a_target
{
    static readonly BaselineFixed Baseline = new(Indicator.UsedCarTrade, "510000", 2023, 1_000_001, "doc");
    static readonly TargetFixed Target = new(Indicator.UsedCarTrade, "510000", 2027, 5_000);

    static string Says(LedgerEvent e, Indicator? stands = null, bool replaces = false, string? second = "b") =>
        Story.Outcome(
            IndicatorDecider.Decide(
                e,
                replaces,
                stands ?? Indicator.None,
                new(At(2026, 6, 1), At(2026, 6, 1), RuleSet.Current, "a", second)
            )
        );

    [Fact]
    public void takes_two_persons() => Assert.Equal("counter-signature-missing", Says(Baseline, second: null));

    [Fact]
    public void stands_until_it_is_replaced_on_purpose()
    {
        var stands = Indicator.None with { Baseline = Baseline };
        Assert.Equal("baseline-fixed", Says(Baseline));
        Assert.Equal("nothing", Says(Baseline, stands));
        Assert.Equal("baseline-exists", Says(Baseline with { Value = 7 }, stands));
        Assert.Equal("baseline-fixed", Says(Baseline with { Value = 7 }, stands, replaces: true));
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
        var report = new PeriodReportFrozen(Indicator.UsedCarTrade, period, [new("510104", 3)], 10);
        Assert.Equal(expected, Says(report));
    }

    [Fact]
    public void freezes_it_once()
    {
        var report = new PeriodReportFrozen(Indicator.UsedCarTrade, "2025", [], 10);
        var stands = Indicator.None with { Reports = Indicator.None.Reports.Add("2025", report) };
        Assert.Equal("already-frozen", Says(report, stands));
    }

    static DateTimeOffset At(int year, int month, int day) => ShanghaiDay.Start(new(year, month, day));
}
