using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Refusals of markets and stations.</summary>
static class MarketRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "market-malformed",
            422,
            new("市场代码格式错误", "“{value}” 不是 MK-区划-四位数字。", "例如 MK-510100-0007。"),
            new("Malformed market code", "“{value}” is not MK-<division>-<4 digits>.", "For example MK-510100-0007.")
        ),
        new(
            "market-not-found",
            404,
            new(
                "未知市场",
                "账本中没有市场 {value}。",
                "先登记该市场：POST /api/v1/markets，或导入 market-opened 历史行。"
            ),
            new(
                "Unknown market",
                "The ledger does not know the market {value}.",
                "Open it first: POST /api/v1/markets, or import a history row market-opened."
            )
        ),
        new(
            "late-entry-needs-reason",
            422,
            new(
                "迟录须说明原因",
                "此事发生于 {value}，已超过 {hours} 小时。",
                "在请求内容中以 lateReason 说明为何此时才登记，或更正 occurredAt。"
            ),
            new(
                "A late entry needs a reason",
                "This happened at {value}, more than {hours} hours ago.",
                "Say in the body, as lateReason, why it is recorded only now; or put occurredAt right."
            )
        ),
        new(
            "site-missing",
            422,
            new(
                "未注明办理地点",
                "{role:role}须在 {expected} 办理，请求未注明地点。",
                "在请求头 Ledger-Site 中注明市场或登记服务站的代码。"
            ),
            new(
                "No place is named",
                "Whoever acts as {role:role} acts at {expected}; the request names no place.",
                "Name the market or station by its code in the header Ledger-Site."
            )
        ),
        new(
            "not-of-this-market",
            403,
            new("不是该市场", "此事由市场 {market} 的柜台办理。", "在请求头 Ledger-Site 中注明该市场，由其柜台办理。"),
            new(
                "Not of this market",
                "This is for the desk of {market}.",
                "Let its desk do it, which names the market in the header Ledger-Site."
            )
        ),
        new(
            "category-not-of-market",
            409,
            new(
                "市场不经营此类物品",
                "市场 {market} 备案经营的类别为 {known}，不含 {value}。",
                "在经营此类物品的市场办理。"
            ),
            new(
                "The market does not trade in this category",
                "{market} was opened for {known}, not for {value}.",
                "Do it at a market that trades in this category."
            )
        ),
        new(
            "site-not-of-role",
            403,
            new(
                "办理地点与角色不符",
                "{role:role}须在 {expected} 办理，请求注明的是 {site}。",
                "由该处有权的角色办理，或在请求头 Ledger-Site 中注明正确的代码。"
            ),
            new(
                "Not a place of this role",
                "Whoever acts as {role:role} acts at {expected}; the request names {site}.",
                "Let somebody do it who may do so there, or name the right code in the header Ledger-Site."
            )
        ),
        new(
            "market-exists",
            409,
            new("市场已登记", "市场 {value} 已登记。", "无须重复登记。"),
            new("The market is open already", "The market {value} is open already.", "There is nothing left to do.")
        ),
        new(
            "market-differs",
            422,
            new("市场不一致", "该行写 {value}，导入指定 {expected}。", "分别导入各市场的登记簿。"),
            new(
                "Another market",
                "The row says {value}, the import was told {expected}.",
                "Import each market's register on its own."
            )
        ),
        new(
            "staff-listed-as-ended",
            422,
            new("角色已终止", "此人的 {role} 角色已登记终止。", "由管理员重新授予该角色，或改派他人。"),
            new(
                "Their role was ended",
                "The role {role} of this person is on record as ended.",
                "Have it granted again, or assign somebody else."
            )
        ),
        new(
            "live-deals-open",
            409,
            new("尚有未完成的交易", "该市场还有 {count} 笔交易未完成。", "完成或取消后再关闭；可先暂停市场。"),
            new(
                "Deals still go on there",
                "{count} deals of this market are not completed.",
                "Complete or cancel them first; the market can be suspended meanwhile."
            )
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
            "market-closed",
            409,
            new("市场已关闭", "市场 {market} 已关闭，不再办理挂牌和交易。", "撤回在该市场的挂牌，改在其他市场办理。"),
            new(
                "The market is closed",
                "{market} is closed: nothing is listed or sold there any more.",
                "Withdraw what is listed there, and use another market."
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
    ];
}
