using System.Collections.Immutable;
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

    public static Indicator Fold(IEnumerable<StoredEvent> history) =>
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

    /// <summary>Whether a period is a month; else it is a year.</summary>
    public static bool IsMonth(string period) => period.Length > 4;

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
