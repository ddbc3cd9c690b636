using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>Refusals of rule sets.</summary>
static class LogRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "ruleset-hash-differs",
            422,
            new(
                "规则集不一致",
                "所读规则集为 {value}，运行中的为 {expected}。",
                "重新核对运行中的规则集，按其版本启用。"
            ),
            new(
                "Another rule set runs",
                "You have read {value}; the one that runs is {expected}.",
                "Read the set that runs, and activate its version."
            )
        ),
    ];
}
