using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>Refusals of cases.</summary>
static class CaseRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "pattern-not-active",
            422,
            new("线索类型未启用", "{value} 不是已启用的线索类型。", "可用：{known}。"),
            new("The pattern is not active", "{value} is no pattern that is active.", "These are: {known}.")
        ),
        new(
            "case-not-found",
            404,
            new("没有这个线索或案件", "账本中没有线索或案件 {value}。", "核对编号；自行立案请新建案件。"),
            new(
                "There is no such case",
                "The ledger has no suspicion or case {value}.",
                "Check the id; to open one of your own accord, make a new case."
            )
        ),
    ];
}
