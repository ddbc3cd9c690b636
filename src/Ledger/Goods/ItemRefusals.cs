using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Refusals of what an item is, and of corrections.</summary>
static class ItemRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "not-the-keeper",
            403,
            new(
                "不是所有人，也不是保管市场",
                "公开查询链接由物品所有人，或保管、在售该物品的市场制作和撤回。",
                "由所有人以自己的代码办理，或由该市场的柜台办理。"
            ),
            new(
                "Neither its owner nor the market that has it",
                "A link for the public is made and ended by the owner, or by the market that keeps or offers the item.",
                "Let the owner act under its own reference, or that market's desk."
            )
        ),
        new(
            "link-not-found",
            404,
            new("没有这个链接", "该物品没有编号为 {value} 的公开查询链接。", "核对链接编号。"),
            new("No such link", "The item has no link for the public with the id {value}.", "Check the id of the link.")
        ),
        new(
            "public-code-not-found",
            404,
            new(
                "查不到",
                "没有这个标签或链接，或者链接已到期、已撤回。",
                "核对标签上的代码；链接过期的，请物主或市场重新制作。"
            ),
            new(
                "Nothing is found",
                "There is no such tag or link, or the link has ended.",
                "Check the code on the tag; for a link that has ended, ask the owner or the market for a new one."
            )
        ),
        new(
            "appraiser-is-party-to-deal",
            409,
            new("评估人是交易当事人", "进行中的交易以评估人为一方。", "由第三方评估。"),
            new(
                "The appraiser is a party",
                "The appraiser is a party to the deal under way.",
                "Let a third party do it."
            )
        ),
        new(
            "brand-not-held",
            409,
            new("没有该瑕疵", "该物品没有瑕疵 {value}。", "核对瑕疵种类。"),
            new("No such brand", "The item does not bear the brand {value}.", "Check the brand.")
        ),
        new(
            "before-first-registration",
            422,
            new("早于初次登记", "初次登记为 {firstRegistered}。", "核对检验时间。"),
            new("Before its first registration", "It was first registered on {firstRegistered}.", "Check the day.")
        ),
        new(
            "reused-part-without-source",
            422,
            new("回用件缺少来源", "回用件须写明来源。", "写明来源。"),
            new(
                "A reused part needs its source",
                "It is not said where the reused part comes from.",
                "Name its source."
            )
        ),
        new(
            "safety-test-missing",
            422,
            new("缺少安全检测", "翻新须附安全检测。", "附上检测报告的哈希。"),
            new(
                "The safety test is missing",
                "A refurbished device needs its safety test.",
                "Attach the report's hash."
            )
        ),
        new(
            "label-remanufactured-not-allowed",
            422,
            new("不得标为再制造", "标签“{value}”：翻新不是再制造。", "改为翻新标识。"),
            new(
                "Not remanufactured",
                "The label “{value}” claims remanufacture; refurbishing is not that.",
                "Label it refurbished."
            )
        ),
        new(
            "not-correctable",
            422,
            new("不能更正", "{type} 没有更正或作废的形式。", "以新的事件说明。"),
            new(
                "Cannot be corrected",
                "There is no correction or void of {type}.",
                "Record a new event that says what is right."
            )
        ),
        new(
            "already-voided",
            409,
            new("已作废", "事件 {value} 已作废。", "无须重复作废。"),
            new("Voided already", "The event {value} was voided already.", "There is nothing left to do.")
        ),
        new(
            "correction-window-over",
            409,
            new(
                "已过自行更正期限",
                "只有记录者本人当日可以单独更正。",
                "由对方或主管机关会签（Ledger-Second-Actor）。"
            ),
            new(
                "The time to correct alone is over",
                "Only the recorder may correct alone, and only on the same day.",
                "Have the other side or the authority counter-sign (Ledger-Second-Actor)."
            )
        ),
        new(
            "not-of-this-category",
            422,
            new("该品类没有此事项", "品类 {category} 没有此类事项。", "核对物品及其品类。"),
            new("Not of this category", "Goods of {category} know no such act.", "Check the item and its category.")
        ),
        new(
            "days-out-of-order",
            422,
            new("日期先后不符", "{name} 为 {value}，不应早于 {follows}（{least}）。", "更正其中一项。"),
            new(
                "Days out of order",
                "{name} is {value}: it cannot lie before {follows} ({least}).",
                "Correct one of them."
            )
        ),
        new(
            "not-the-recorder",
            403,
            new("不是记录人", "更正或作废须由原记录人（或其柜台）办理。", "请原记录人办理，并由对方或主管部门会签。"),
            new(
                "Not the recorder",
                "Whoever recorded it, or the same desk, corrects or voids it.",
                "Ask the recorder, with the counter-signature of the other side or the authority."
            )
        ),
        new(
            "not-the-other-side",
            403,
            new(
                "会签人不是对方",
                "更正或作废须由另一方（物主或该交易的当事人）或名册上的主管机关会签。",
                "以其编号或市场内称谓填写 Ledger-Second-Actor。"
            ),
            new(
                "Not the other side",
                "The other side (the owner, a party of the deal) or an authority on the roll counter-signs.",
                "Name it by its code, or by the market's word, in Ledger-Second-Actor."
            )
        ),
        new(
            "dependent-events-exist",
            409,
            new(
                "后续事件依赖于它",
                "后来的 {count} 个事件依赖于此事件，首先是 {type}。",
                "先处理后续事件，或由对方会签。"
            ),
            new(
                "Later events depend on it",
                "{count} later events depend on this one, first a {type}.",
                "Answer the later event first, or have the other side counter-sign."
            )
        ),
        new(
            "item-not-found",
            404,
            new("账本中没有这件物品", "未查到标识为 {value} 的物品。", "核对标识，或先登记该物品。"),
            new(
                "The ledger does not know this item",
                "No item is known as {value}.",
                "Check the identifier, or register the item first."
            )
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
        new(
            "frozen-last-year",
            422,
            new(
                "距报废期限不足一年",
                "报废期限为 {limit}，{day} 起不足一年，不得转移登记或改变使用性质。",
                "只能办理报废回收。"
            ),
            new(
                "In its last year before scrapping",
                "The scrap limit is {limit}; on {day} less than a year is left: no transfer, no change of use.",
                "It can only be scrapped."
            )
        ),
        new(
            "already-past-limit",
            422,
            new(
                "改变使用性质后已超限",
                "改变后可用 {yearsAllowed} 年，已使用 {yearsUsed} 年。",
                "不能改变为该使用性质。"
            ),
            new(
                "Past the limit of the new use",
                "The new use allows {yearsAllowed} years; {yearsUsed} have begun.",
                "It cannot be put to this use."
            )
        ),
        new(
            "disclosure-incomplete",
            422,
            new("车况告知不完整", "九项告知中只填写了 {disclosedFields} 项。", "填写全部九项；未核查也须注明。"),
            new(
                "The disclosure is incomplete",
                "Of the nine fields {disclosedFields} are answered.",
                "Answer all nine; not checked is an answer."
            )
        ),
        new(
            "contradicts-ledger",
            409,
            new("告知与账本不符", "告知称没有 {field}，账本中已有记录。", "按账本记录更正告知。"),
            new(
                "It contradicts the ledger",
                "{field} is denied, but the ledger has it on record.",
                "Disclose what the ledger knows."
            )
        ),
    ];
}
