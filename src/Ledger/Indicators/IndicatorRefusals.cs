using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>Refusals of indicators of the plan.</summary>
static class IndicatorRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "indicator-unknown",
            422,
            new("未知指标", "没有指标“{value}”：{known}。", "选用名单中的指标。"),
            new("Unknown indicator", "“{value}” is none of: {known}.", "Use one of them.")
        ),
        new(
            "baseline-exists",
            409,
            new("已有确定值", "该指标与地区已有确定的值。", "确需更改的，以 replaces 重新确定；旧值保留。"),
            new(
                "A value stands",
                "A value is fixed for this indicator and region.",
                "To change it fix it anew with replaces; the old one stays on record."
            )
        ),
        new(
            "period-still-open",
            409,
            new("报告期未结束", "{period} 的最后一日为 {last}。", "期满后再冻结。"),
            new("The period is still open", "{last} is the last day of {period}.", "Freeze it once it is over.")
        ),
        new(
            "already-frozen",
            409,
            new("报告已冻结", "{period} 的报告已冻结。", "后来的变化在差异中显示。"),
            new("Frozen already", "The report of {period} is frozen.", "What came later shows as a difference.")
        ),
    ];
}
