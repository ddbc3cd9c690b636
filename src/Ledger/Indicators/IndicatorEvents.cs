using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>The value that a target is held against; signed by two persons, never a constant (domain.md §9).</summary>
/// <param name="Indicator">E.g. <c>used-car-trade</c>.</param>
/// <param name="Region">Six digits of GB/T 2260.</param>
/// <param name="Source">Hash of the document it comes from.</param>
public sealed record BaselineFixed(
    string? Indicator,
    string? Region = null,
    int? Year = null,
    long? Value = null,
    string? Source = null
) : LedgerEvent;

/// <summary>Two persons signed by how much an indicator is to grow; a later target takes its place, this event
/// stays.</summary>
/// <param name="GrowthBp">From the baseline to the target, in basis points: 5000 is +50 %.</param>
/// <param name="Indicator">E.g. <c>used-car-trade</c>.</param>
/// <param name="Region">Six digits of GB/T 2260.</param>
/// <param name="Source">Hash of the document it comes from.</param>
public sealed record TargetFixed(
    string? Indicator,
    string? Region = null,
    int? TargetYear = null,
    int? GrowthBp = null,
    string? Source = null
) : LedgerEvent;

/// <summary>What was reported for a period: it keeps its figures, whatever comes to be known later.</summary>
/// <param name="Period">A year, <c>yyyy</c>, or a month, <c>yyyy-MM</c>.</param>
/// <param name="TreeSize">Leaves of the log that the figures rest on.</param>
public sealed record PeriodReportFrozen(
    string? Indicator,
    string? Period = null,
    ImmutableArray<RegionFigure>? Figures = null,
    long? TreeSize = null
) : LedgerEvent;

/// <summary>A region's figure in a report.</summary>
public sealed record RegionFigure(string Region, long Value);

/// <summary>Catalogue lines of indicators; <see cref="EventCatalog"/> gathers them.</summary>
public static class IndicatorEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<BaselineFixed>("baseline-fixed", IndicatorStreams.Indicator, "基数确定", "Baseline fixed"),
        EventLine.Of<TargetFixed>("target-fixed", IndicatorStreams.Indicator, "目标确定", "Target fixed"),
        EventLine.Of<PeriodReportFrozen>(
            "period-report-frozen",
            IndicatorStreams.Indicator,
            "报告期冻结",
            "Period report frozen"
        ),
    ];
}
