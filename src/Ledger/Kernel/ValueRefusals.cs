using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Refusals of any value or command.</summary>
static class ValueRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "evidence-missing",
            422,
            new("缺少凭证", "未附凭证。", "附上凭证的哈希。"),
            new("The evidence is missing", "No evidence came with it.", "Attach its hash.")
        ),
        new(
            "not-authorised",
            403,
            new(
                "无权办理",
                "{role:role}不得办理此事项；可由下列角色办理：{may:role}。",
                "由有权的角色办理，并在请求头 Ledger-Role 中注明。"
            ),
            new(
                "Not authorised",
                "Whoever acts as {role:role} may not do this. Who may: {may:role}.",
                "Let somebody do it who may; the header Ledger-Role says what he is."
            )
        ),
        new(
            "warning-not-acknowledged",
            422,
            new("有警告未确认", "{rule:rule}", "阅读警告；仍要登记的，将 {rules} 列入请求内容的 acknowledged。"),
            new(
                "A warning is not acknowledged",
                "{rule:rule}",
                "Read the warning; to record this all the same, put {rules} into the body's list acknowledged."
            )
        ),
        new(
            "rule-unknown",
            422,
            new("未知规则", "“{value}” 不是本账本的规则。", "规则编号见 docs/rules-table.md。"),
            new("Unknown rule", "“{value}” is no rule of this ledger.", "The ids of rules: docs/rules-table.md.")
        ),
        new(
            "counter-signature-missing",
            422,
            new("缺少会签", "此操作须由第二人会签。", "在请求头 Ledger-Second-Actor 中注明会签人。"),
            new(
                "The counter-signature is missing",
                "This act takes two persons.",
                "Name the second person in the header Ledger-Second-Actor."
            )
        ),
        new(
            "division-unknown",
            422,
            new("未知行政区划", "区划代码 “{value}” 不在名单中。", "使用六位 GB/T 2260 代码。"),
            new("Unknown division", "Division “{value}” is not in the list.", "Use the six digits of GB/T 2260.")
        ),
        new(
            "occurred-in-future",
            422,
            new("时间在将来", "{name}：{value} 晚于现在；已经发生的事不会在将来。", "核对日期与时区。"),
            new(
                "In the future",
                "{name}: {value} lies after now; what has happened lies in no future.",
                "Check date and time zone."
            )
        ),
        new(
            "occurred-too-early",
            422,
            new("时间早于已有记录", "{value} 早于所依据的最新事件 {newest}。", "核对时间；不能插到已有记录之前。"),
            new(
                "Before what stands",
                "{value} lies before the newest event it rests on, of {newest}.",
                "Check the time: this act cannot be put before what stands."
            )
        ),
        new(
            "value-missing",
            422,
            new("缺少内容", "{name} 为空。", "填写该项。"),
            new("A value is missing", "{name} is empty.", "Fill it in.")
        ),
        new(
            "value-malformed",
            422,
            new("内容格式错误", "{name} 的值 “{value}” 应为 {expected}。", "更正该项。"),
            new("Malformed value", "{name} is “{value}”; expected is {expected}.", "Correct it.")
        ),
        new(
            "value-out-of-range",
            422,
            new("超出范围", "{name} 应在 {least} 与 {most} 之间，实为 {value}。", "更正该项。"),
            new("Out of range", "{name} must lie between {least} and {most}; it is {value}.", "Correct it.")
        ),
        new(
            "text-too-long",
            422,
            new("文本过长", "长 {length} 个字符，最多 {longest}。", "缩短文本。"),
            new("Text too long", "It has {length} characters; at most {longest} may stand.", "Shorten it.")
        ),
        new(
            "text-malformed",
            422,
            new("文本含有不允许的字符", "第 {place} 个字符是 {codePoint}。", "去掉控制字符。"),
            new(
                "Text with a character that may not stand",
                "Character {place} is {codePoint}.",
                "Remove control characters."
            )
        ),
        new(
            "personal-data-in-public-field",
            422,
            new("公开栏目中有个人信息", "{name} 看起来是身份证号或手机号。", "使用市场自己的编号。"),
            new(
                "Personal data in a public field",
                "{name} looks like an identity or mobile number.",
                "Use a reference of the market's own."
            )
        ),
        new(
            "not-found",
            404,
            new("没有这个地址", "此地址没有内容。", "从首页开始。"),
            new("Nothing here", "There is nothing at this address.", "Start from the first page.")
        ),
        new(
            "wrong-state",
            409,
            new("当前状态不允许", "当前状态为 {state}，不能进行此操作。", "查询其当前状态，办理该状态允许的操作。"),
            new(
                "Not possible in this state",
                "It stands at {state}; this act is not possible from there.",
                "Look up how it stands now, and do what that state allows."
            )
        ),
        new(
            "actor-malformed",
            400,
            new("操作者信息错误", "{name}：{reason}", "更正请求头。"),
            new("Malformed actor", "{name}: {reason}", "Correct the header.")
        ),
    ];
}
