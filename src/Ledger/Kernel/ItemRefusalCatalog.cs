using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>What is not there, and what stands in the way of an item.</summary>
static class ItemRefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "item-not-found",
            404,
            new("账本中没有这件物品", "没有物品使用此标识。", "核对标识，或先登记该物品。"),
            new(
                "The ledger does not know this item",
                "No item is known by this identifier.",
                "Check the identifier, or register the item first."
            )
        ),
        new(
            "listing-not-found",
            404,
            new("没有这条挂牌", "该物品没有编号为 {value} 的挂牌。", "在物品历史中查找挂牌编号。"),
            new(
                "No such listing",
                "The item has no listing {value}.",
                "Look up the listing's id in the item's history."
            )
        ),
        new(
            "deal-not-found",
            404,
            new("没有这笔交易", "该物品没有编号为 {value} 的交易。", "在物品历史中查找交易编号。"),
            new("No such deal", "The item has no deal {value}.", "Look up the deal's id in the item's history.")
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
            "event-not-found",
            404,
            new("没有这个事件", "该物品的历史中没有事件 {value}。", "在物品历史中查找事件编号。"),
            new(
                "No such event",
                "The item's history has no event {value}.",
                "Look up the event's id in the item's history."
            )
        ),
        new(
            "not-found",
            404,
            new("没有这个地址", "此地址没有内容。", "从首页开始。"),
            new("Nothing here", "There is nothing at this address.", "Start from the first page.")
        ),
        new(
            "item-exists",
            409,
            new(
                "物品已登记",
                "标识 {value} 已属于账本中的一件物品。",
                "在该物品上继续记录，其余标识在那里补充绑定；确为另一件物品时请提交证据。"
            ),
            new(
                "The item is registered already",
                "An item of the ledger already has the identifier {value}.",
                "Go on with that item and bind further identifiers there; if it truly is another thing, bring evidence."
            )
        ),
        new(
            "alias-taken",
            409,
            new("标识已被占用", "标识 {value} 已属于另一件物品。", "核对实物；疑似套牌时通知登记站。"),
            new(
                "The identifier is taken",
                "The identifier {value} belongs to another item.",
                "Check the thing itself; tell the station if you suspect a clone."
            )
        ),
        new(
            "identifier-taken-back",
            409,
            new(
                "标识已从该物品更正",
                "标识 {value} 曾误绑于该物品，已经更正；同一标识不能再次绑定。",
                "从该行去掉此标识；确属该物品时请报告市场管理方。"
            ),
            new(
                "The identifier was taken back from this item",
                "{value} was bound to this item by mistake and corrected; an identifier is bound once.",
                "Leave it out of the row; if it is the item's after all, tell the operator."
            )
        ),
        new(
            "identifiers-of-two-items",
            409,
            new("标识分属不同物品", "这些标识在账本中属于不同的物品：{value}。", "每行只写一件物品的标识。"),
            new(
                "The identifiers belong to different items",
                "The ledger knows these identifiers as different items: {value}.",
                "Name the identifiers of one item only."
            )
        ),
        new(
            "item-ended",
            409,
            new("物品已终结", "该物品已报废、拆解或销毁，不能再交易。", "核对实物；已终结的物品再次出现应当报告。"),
            new(
                "The item has ended",
                "The item was scrapped, dismantled or destroyed; it cannot be traded.",
                "Check the thing; one that is seen again after its end must be reported."
            )
        ),
        new(
            "wrong-state",
            409,
            new("当前状态不允许", "当前状态为 {state}，不能进行此操作。", "查看物品历史，先完成前一步。"),
            new(
                "Not possible in this state",
                "It stands at {state}; this act is not possible from there.",
                "Look at the item's history and do the step before first."
            )
        ),
        new(
            "already-listed",
            409,
            new("已在挂牌", "该物品已在市场 {market} 挂牌。", "请 {market} 撤牌，或请其同意同步挂牌。"),
            new(
                "Already listed",
                "The item is already listed by market {market}.",
                "Ask {market} to withdraw it or to agree to a mirror."
            )
        ),
        new(
            "item-in-other-deal",
            409,
            new("已有进行中的交易", "该物品有一笔进行中的交易（{state}）。", "等待该交易完成或取消。"),
            new(
                "Another deal is under way",
                "The item has a deal under way ({state}).",
                "Wait until that deal is completed or cancelled."
            )
        ),
        new(
            "seller-not-owner",
            409,
            new("出售方不是所有人", "按账本记录，出售方不是该物品现在的所有人。", "核对出售方；遗漏的转让请先补记。"),
            new(
                "The seller does not own it",
                "By the ledger's record the seller is not the present owner.",
                "Check the seller; record the missing transfer first."
            )
        ),
        new(
            "buyer-is-seller",
            422,
            new("买卖双方相同", "买方与卖方是同一方。", "填写真正的买方。"),
            new("Buyer and seller are the same", "Buyer and seller are the same party.", "Name the true buyer.")
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
            "past-scrap-limit",
            422,
            new("已达报废年限", "强制报废日为 {limit}，{day} 不得交易。", "办理报废回收。"),
            new(
                "Past its scrap limit",
                "Its compulsory scrap limit is {limit}; on {day} it may not be traded.",
                "Have it scrapped."
            )
        ),
        new(
            "three-cars-limit",
            422,
            new(
                "自然人年度三辆限制",
                "该自然人本年出售持有不满一年的车辆已达第 {carsThisYear} 辆（限 {limit}）。",
                "由二手车经销企业收购，或待持有满一年后出售。"
            ),
            new(
                "Limit of three cars a year",
                "This would be this person's car number {carsThisYear} of the year held for less than one year (limit {limit}).",
                "Sell through a dealer, or after one year of ownership."
            )
        ),
        new(
            "data-not-wiped",
            422,
            new("数据未清除", "存储介质的状态为 {dataState}，未完成清除并验证。", "先完成数据清除与验证。"),
            new(
                "Data not wiped",
                "The state of its media is {dataState}: not wiped and verified.",
                "Wipe and verify it first."
            )
        ),
        new(
            "grade-does-not-follow-score",
            422,
            new("等级与得分不符", "填写等级 {grade}，按得分应为 {follows}。", "更正等级或得分。"),
            new(
                "The grade does not follow from the score",
                "Grade {grade} was given; the score says {follows}.",
                "Correct the grade or the score."
            )
        ),
        new(
            "odometer-needs-confirmation",
            409,
            new(
                "里程读数需确认",
                "读数 {valueKm} 公里与先前的 {lastKm} 公里不相符（{reason}）。",
                "再看一次里程表；确认无误后以 confirmed=true 重新提交。"
            ),
            new(
                "The reading needs confirmation",
                "The reading of {valueKm} km does not fit the earlier {lastKm} km ({reason}).",
                "Look again; if it is right, send it once more with confirmed=true."
            )
        ),
    ];
}
