using Ledger.Indicators;
using Ledger.Kernel;

namespace Projections.Regulator;

/// <summary>What the plan says of one region.</summary>
public sealed record TargetRow : ViewRow
{
    /// <summary>E.g. <c>used-car-trade</c>.</summary>
    public required string Indicator { get; init; }

    /// <summary>Six digits of GB/T 2260.</summary>
    public required string Region { get; init; }
    public int? BaselineYear { get; init; }
    public long? Baseline { get; init; }
    public int? TargetYear { get; init; }

    /// <summary>What the target year must reach.</summary>
    public long? Target { get; init; }
}

/// <summary>What does the plan ask of a region?</summary>
public sealed record TargetsView() : View("targets", 1, "What does the plan ask of a region?")
{
    public override Type Row => typeof(TargetRow);

    public override bool IsAwaited => true;

    public override IReadOnlyList<string> Indexes => ["indicator, region"];

    public override IReadOnlyList<StreamKind> Kinds { get; } = [IndicatorStreams.Indicator];

    public override IEnumerable<ViewRow> Rows(StreamHistory history)
    {
        var plan = history.Fold<Indicator>(Indicator.Fold)!;
        var (indicator, region) = (
            plan.Baseline?.Indicator ?? plan.Target?.Indicator,
            plan.Baseline?.Region ?? plan.Target?.Region
        );
        if (indicator is not null && region is not null)
            yield return new TargetRow
            {
                Stream = history.Id,
                N = 0,
                Indicator = indicator,
                Region = region,
                BaselineYear = plan.Baseline?.Year,
                Baseline = plan.Baseline?.Value,
                TargetYear = plan.Target?.TargetYear,
                Target = plan.TargetValue,
            };
    }
}

/// <summary>What was reported for a period: of the period itself, without a region, and of each region.</summary>
public sealed record ReportRow : ViewRow
{
    public required string Indicator { get; init; }

    /// <summary>A year, <c>yyyy</c>, or a month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>Null: that it was reported.</summary>
    public string? Region { get; init; }
    public long? Value { get; init; }
}

/// <summary>What was reported for a period?</summary>
public sealed record ReportsView() : View("reports", 1, "What was reported for a period?")
{
    public override Type Row => typeof(ReportRow);

    public override bool IsAwaited => true;

    public override IReadOnlyList<string> Indexes => ["indicator, period"];

    public override IReadOnlyList<StreamKind> Kinds { get; } = [IndicatorStreams.Indicator];

    public override IEnumerable<ViewRow> Rows(StreamHistory history)
    {
        var n = 0;
        foreach (var (period, report) in history.Fold<Indicator>(Indicator.Fold)!.Reports.OrderBy(r => r.Key))
        {
            ReportRow Row(string? region, long? value) =>
                new()
                {
                    Stream = history.Id,
                    N = n++,
                    Indicator = report.Indicator ?? "",
                    Period = period,
                    Region = region,
                    Value = value,
                };
            yield return Row(null, null);
            foreach (var figure in report.Figures ?? [])
                yield return Row(figure.Region, figure.Value);
        }
    }
}
