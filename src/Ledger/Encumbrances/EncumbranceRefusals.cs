using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Refusals of liens and holds.</summary>
static class EncumbranceRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "not-the-holder",
            409,
            new("不是权利人或保管人", "只有登记的抵押权人或当前保管人可以办理。", "由其本人办理。"),
            new(
                "Not the holder",
                "Only the registered holder of the lien, or whoever keeps the item now, may do this.",
                "Let the holder do it."
            )
        ),
        new(
            "authority-not-competent",
            403,
            new(
                "不是有权机关",
                "公安的查封扣押由公安机关作出；查封扣押只能由作出决定的机关解除；该机关已不在名册上的，由监管部门解除。",
                "由有权机关以自己的代码办理。"
            ),
            new(
                "Not the competent authority",
                "The police place their own holds; a hold is released by the body that placed it, or by a regulator where "
                    + "that body is no authority any more.",
                "Let that body act, under its own code."
            )
        ),
        new(
            "not-the-placer",
            409,
            new("不是作出决定的机关", "只有作出决定的机关可以解除。", "由该机关办理。"),
            new(
                "Not the placing authority",
                "Only the authority that placed it may release it.",
                "Let that authority do it."
            )
        ),
        new(
            "encumbrance-not-found",
            404,
            new("没有这项抵押", "该物品没有编号为 {value} 的未解除抵押。", "在物品历史中查找抵押编号。"),
            new(
                "No such encumbrance",
                "The item has no open encumbrance {value}.",
                "Look up the encumbrance's id in the item's history."
            )
        ),
        new(
            "hold-not-found",
            404,
            new("没有这项查封", "该物品没有编号为 {value} 的未解除查封。", "在物品历史中查找查封编号。"),
            new("No such hold", "The item has no open hold {value}.", "Look up the hold's id in the item's history.")
        ),
        new(
            "encumbered",
            409,
            new("设有抵押", "该物品有未解除的抵押或监管。", "请抵押权人解除登记。"),
            new(
                "Encumbered",
                "The item has an open mortgage, lease or customs supervision.",
                "Ask the holder to release it."
            )
        ),
        new(
            "held-by-authority",
            409,
            new("被机关查封或扣押", "该物品被机关查封、扣押或限制。", "等待作出决定的机关解除。"),
            new(
                "Held by an authority",
                "An authority holds the item.",
                "Wait for the release by the authority that placed it."
            )
        ),
        new(
            "consent-expired",
            422,
            new("同意已过期", "同意的期限 {until} 早于办理时间。", "由抵押权人重新同意。"),
            new("The consent has run out", "It ends {until}, before the act.", "Let the lender consent anew.")
        ),
    ];
}
