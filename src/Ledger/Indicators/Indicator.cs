using System.Collections.Immutable;
using System.Globalization;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>An indicator in one region, folded from its stream.</summary>
/// <param name="Reports">By period.</param>
public sealed record Indicator(
    BaselineFixed? Baseline,
    TargetFixed? Target,
    ImmutableDictionary<string, PeriodReportFrozen> Reports
)
{
    /// <summary>Completed used-car trades; the only indicator of phase A.</summary>
    public const string UsedCarTrade = "used-car-trade";

    public static Indicator None { get; } = new(null, null, ImmutableDictionary<string, PeriodReportFrozen>.Empty);

    /// <summary>What the target year must reach: the baseline grown, rounded half up.</summary>
    public long? TargetValue =>
        Baseline?.Value is { } value && Target?.GrowthBp is { } growth
            ? (long)(((Int128)value * (10_000 + growth) + 5_000) / 10_000)
            : null;

    public static Indicator Fold(IEnumerable<Recorded> history) =>
        history.Aggregate(
            None,
            (indicator, e) =>
                e.Event switch
                {
                    BaselineFixed baseline => indicator with { Baseline = baseline },
                    TargetFixed target => indicator with { Target = target },
                    PeriodReportFrozen { Period: { } period } report => indicator with
                    {
                        Reports = indicator.Reports.SetItem(period, report),
                    },
                    _ => indicator,
                }
        );

    /// <summary>First and last day of a period; null where it is none.</summary>
    public static (DateOnly First, DateOnly Last)? Days(string? period)
    {
        if (Instants.TryParseDay($"{period}-01-01", out var year))
            return (year, new(year.Year, 12, 31));
        return Instants.TryParseDay($"{period}-01", out var month)
            ? (month, new(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month)))
            : null;
    }
}

/// <summary>Fixes baselines and targets and freezes reports; each by two persons.</summary>
public static class IndicatorDecider
{
    /// <param name="replaces">Whether another value may take the place of the one that stands; the old event
    /// stays.</param>
    public static Decision Decide(LedgerEvent e, bool replaces, Indicator indicator, Situation s)
    {
        if (s.SecondActor is null)
            return Decision.Refuse(new Refusal("counter-signature-missing"));
        return e switch
        {
            BaselineFixed b => Fix(b, indicator.Baseline, replaces),
            TargetFixed t => Fix(t, indicator.Target, replaces),
            PeriodReportFrozen r => Freeze(r, indicator, s),
            _ => throw new ArgumentException($"{e.GetType().Name} is no act on an indicator.", nameof(e)),
        };
    }

    static Decision Fix<T>(T e, T? stands, bool replaces)
        where T : LedgerEvent =>
        stands is null || replaces && stands != e ? Decision.Record(e)
        : stands == e ? Decision.Record()
        : Decision.Refuse(new Refusal("baseline-exists").At("value"));

    static Decision Freeze(PeriodReportFrozen e, Indicator indicator, Situation s)
    {
        if (Indicator.Days(e.Period) is not var (_, last))
            return Decision.Refuse(
                Refusal
                    .Of("value-malformed", ("name", "period"), ("value", e.Period), ("expected", "yyyy or yyyy-MM"))
                    .At("period")
            );
        if (ShanghaiDay.Of(s.Now) <= last)
            return Decision.Refuse(
                Refusal.Of(
                    "period-still-open",
                    ("period", e.Period),
                    ("last", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                )
            );
        return indicator.Reports.ContainsKey(e.Period!)
            ? Decision.Refuse(Refusal.Of("already-frozen", ("period", e.Period)))
            : Decision.Record(e);
    }
}
