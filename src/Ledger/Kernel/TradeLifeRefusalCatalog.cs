using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Refusals of disclosure, use, markets and stations.</summary>
static class TradeLifeRefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
            "identity-conflict",
            422,
            new("身份冲突未处理", "另有物品使用同一标识，未查明前不得出口。", "由登记站或公安机关查明后登记处理结果。"),
            new(
                "Its identity is in conflict",
                "Another thing bears the same identifier; neither is exported before that is known.",
                "Have a station or the police decide, and record it."
            )
        ),
        new(
            "last-identifier",
            409,
            new("唯一的标识", "{value} 是该物品唯一的标识。", "先补充正确的标识，再更正此标识。"),
            new(
                "Its only identifier",
                "{value} is the only identifier of this item.",
                "Bind the right one first, then correct this one."
            )
        ),
        new(
            "identifier-not-held",
            422,
            new("不是该物品的标识", "{value} 不是该物品的标识。", "填写两件物品共有的标识。"),
            new(
                "No identifier of this item",
                "{value} is no identifier of this item.",
                "Name the identifier that both things bear."
            )
        ),
        new(
            "conflict-not-found",
            404,
            new("没有该冲突", "与 {value} 之间没有未处理的身份冲突。", "查看该物品的履历。"),
            new(
                "No such conflict",
                "There is no open conflict of identity with {value}.",
                "Look at the item's history."
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
        new(
            "consent-expired",
            422,
            new("同意已过期", "同意的期限 {until} 早于办理时间。", "由抵押权人重新同意。"),
            new("The consent has run out", "It ends {until}, before the act.", "Let the lender consent anew.")
        ),
        new(
            "market-suspended",
            409,
            new("市场已暂停", "市场 {market} 当前状态为 {state}，不能挂牌。", "待监管部门恢复后再挂牌。"),
            new(
                "The market is suspended",
                "{market} is {state}: nothing is listed there now.",
                "Wait until the regulator reinstates it."
            )
        ),
        new(
            "station-malformed",
            422,
            new("登记站编码格式错误", "“{value}”不是登记站编码。", "格式为 ST-区划-序号，例如 ST-510100-01。"),
            new(
                "Malformed station code",
                "“{value}” is no code of a station.",
                "Write ST-<division>-<number>, e.g. ST-510100-01."
            )
        ),
        new(
            "station-not-found",
            404,
            new("没有这个登记站", "账本中没有登记站 {value}。", "先登记其授权。"),
            new("No such station", "The ledger does not know the station {value}.", "Record its authorisation first.")
        ),
        new(
            "station-not-authorised",
            409,
            new("登记站未获授权", "登记站 {value} 在 {day} 未获授权（{state}）。", "到获授权的登记站办理。"),
            new(
                "The station is not authorised",
                "{value} is not authorised on {day} ({state}).",
                "Go to a station that is."
            )
        ),
        new(
            "papers-missing",
            422,
            new("缺少资料", "未附登记资料。", "附上资料的哈希后重新提交。"),
            new("Papers are missing", "No papers came with the submission.", "Send it again with their hashes.")
        ),
        new(
            "identity-altered",
            409,
            new("车辆与资料不符", "查验发现车架号或发动机号与资料不符。", "退办并报告公安机关。"),
            new(
                "The car is not what its papers say",
                "The check found that VIN or engine differ from the papers.",
                "Send it back and report it to the police."
            )
        ),
    ];
}
