using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>Refusals of the service itself.</summary>
static class ServiceRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "stale-version",
            412,
            new("版本已变", "期望版本 {expected}，现为 {version}。", "重新读取后再提交。"),
            new(
                "The version has moved",
                "Expected was version {expected}; it is {version}.",
                "Read it again and send it once more."
            )
        ),
        new(
            "precondition-missing",
            428,
            new("缺少 If-Match", "更正与作废必须带 If-Match。", "先读取物品，带上其 ETag。"),
            new("If-Match is missing", "Corrections and voids need If-Match.", "Read the item and send its ETag.")
        ),
        new(
            "idempotency-key-missing",
            400,
            new(
                "缺少 Idempotency-Key",
                "每个命令都要带 Idempotency-Key（1–200 个可见 ASCII 字符）。",
                "为每个命令生成一个新的键，重试时沿用。"
            ),
            new(
                "Idempotency-Key is missing",
                "Every command needs an Idempotency-Key of 1–200 visible ASCII characters.",
                "Make a new key for each command and keep it for retries."
            )
        ),
        new(
            "idempotency-key-reused",
            422,
            new("键已用于其他内容", "同一个键先前提交过不同的内容。", "为新的内容使用新的键。"),
            new(
                "The key was used for something else",
                "The same key was sent before with another body.",
                "Use a new key for new content."
            )
        ),
        new(
            "body-malformed",
            400,
            new("请求内容无法读取", "{reasonZh}", "按接口文档发送 JSON 对象。"),
            new("The body cannot be read", "{reason}", "Send a JSON object as the documentation shows.")
        ),
        new(
            "unavailable",
            503,
            new("暂不可用", "数据库暂时无法使用；未记录任何内容。", "稍后以同一个键重试。"),
            new(
                "Not available now",
                "The database is not available now; nothing was recorded.",
                "Try again with the same key."
            )
        ),
        new(
            "outcome-unknown",
            503,
            new("结果未知", "连接在提交时中断，可能已记录，至多一次。", "以同一个键重发同一请求即可确定。"),
            new(
                "Outcome unknown",
                "The connection broke during the commit; it may be recorded, at most once.",
                "The same request with the same key settles it."
            )
        ),
        new(
            "timed-out",
            503,
            new("超时", "{seconds} 秒内未能得到答复：数据库无响应或过于繁忙。", "稍后重试。"),
            new(
                "No answer in time",
                "No answer came within {seconds} s: the database does not respond, or is too busy.",
                "Try again later."
            )
        ),
        new(
            "overloaded",
            503,
            new("请求过多", "等待写入的请求已排满。", "按 Retry-After 稍后以同一个键重试。"),
            new(
                "Overloaded",
                "The queue of commands is full.",
                "Try again with the same key after the time of Retry-After."
            )
        ),
        new(
            "ledger-read-only",
            503,
            new("账本只读", "日志与其见证人或其自身的数据不一致，暂停写入与签名。", "运营者须先按运行手册修复日志。"),
            new(
                "The ledger is read-only",
                "The log does not agree with its witness, or what is stored with the log: nothing is written or signed.",
                "The operator must mend the log first (runbook)."
            )
        ),
        new(
            "text-unreadable",
            503,
            new(
                "原文无法解密",
                "命令涉及的当事人或物品，其保管的原文以现有密钥无法解密；未记录任何内容。",
                "运营者须从备份恢复密钥文件 keys/kek-*，然后以同一个键重试。"
            ),
            new(
                "A text does not open",
                "What the vault keeps of a party or item of this command does not open with the keys at hand; nothing was recorded.",
                "The operator must restore the key files keys/kek-* from their second copy; then try again with the same key."
            )
        ),
        new(
            "host-unknown",
            400,
            new(
                "主机名不符",
                "请求的主机名是 “{value}”，本服务不使用该名称。",
                "使用 http://127.0.0.1 或 http://localhost 访问；经代理以其他名称访问时，在设置 {setting} 中列出该名称。"
            ),
            new(
                "Another host is meant",
                "The request names the host “{value}”, which this service is not.",
                "Use http://127.0.0.1 or http://localhost; a name that a proxy serves is listed in the setting {setting}."
            )
        ),
        new(
            "cross-site-request",
            403,
            new("跨站请求", "该请求由其他网站的页面发出，未记录任何内容。", "由程序直接调用，或使用本服务自己的页面。"),
            new(
                "A request of another site",
                "A page of another site made this request; nothing was recorded.",
                "Call it from a program, or use the pages of this service."
            )
        ),
        new(
            "event-too-long",
            413,
            new("事件过长", "此事件及其签名共 {bytes} 字节，日志条目上限为 {most}。", "缩短文字或减少列表项后重发。"),
            new(
                "The event is too long",
                "The event with its signatures takes {bytes} bytes; an entry of the log has {most} at most.",
                "Send it again with shorter texts or fewer list entries."
            )
        ),
        new(
            "event-not-provable",
            422,
            new(
                "事件无法入证",
                "此事件含有任何读者都不能接受的值（{flaw}）。",
                "检查数字（绝对值不超过 9007199254740991 的整数）与文字后重发。"
            ),
            new(
                "The event cannot be proved",
                "The event holds a value that no reader of the log would take ({flaw}).",
                "Check its numbers (whole, at most 9007199254740991) and texts, and send it again."
            )
        ),
        new(
            "subject-is-erased",
            409,
            new("当事人已被删除", "命令涉及的当事人数据已被删除。", "以新的引用重新登记该当事人。"),
            new(
                "The subject was erased",
                "A party that the command names has been erased.",
                "Use a new reference for the party."
            )
        ),
        new(
            "view-behind",
            503,
            new("视图滞后", "视图五秒内未及于第 {leafIndex} 条记录。", "稍后重试，或不带 atLeast 查询。"),
            new(
                "The view is behind",
                "Within five seconds the view has not seen leaf {leafIndex}.",
                "Try again later, or ask without atLeast."
            )
        ),
        new(
            "too-contended",
            503,
            new("并发过多", "其他写入者不断改变此物品。", "稍后以同一个键重试。"),
            new("Too much contention", "Other writers keep changing this item.", "Try again with the same key.")
        ),
        new(
            "cursor-malformed",
            400,
            new("游标错误", "游标不是本服务给出的。", "从第一页开始。"),
            new("Malformed cursor", "The cursor is not one of ours.", "Start at the first page.")
        ),
        new(
            "path-malformed",
            400,
            new(
                "地址无法按原样读取",
                "路径中有 “.” 或 “..” 段，或不是 UTF-8 的编码。",
                "标识写成一个百分号编码的路径段。"
            ),
            new(
                "The path does not mean what it says",
                "It has a segment “.” or “..”, or an encoding that is no UTF-8.",
                "Send an identifier as one percent-encoded segment."
            )
        ),
        new(
            "query-unknown",
            400,
            new("没有这个查询参数", "没有名为 “{name}” 的参数；可用：{known}。", "去掉或更正该参数。"),
            new("No such query parameter", "There is no “{name}”; there are {known}.", "Leave it out, or correct it.")
        ),
        new(
            "query-repeated",
            400,
            new("查询参数重复", "参数 {name} 出现多次。", "只写一次。"),
            new("A query parameter is repeated", "{name} is said more than once.", "Say it once.")
        ),
        new(
            "query-malformed",
            400,
            new("查询参数错误", "{name} 的值 “{value}” 应为 {expected}。", "更正查询参数。"),
            new("Malformed query", "{name} is “{value}”; expected is {expected}.", "Correct the query.")
        ),
        new(
            "not-acceptable",
            406,
            new("没有这种格式", "可提供：{available}。", "更改 Accept。"),
            new("No such representation", "Available are {available}.", "Change Accept.")
        ),
        new(
            "unsupported-media-type",
            415,
            new("内容类型错误", "命令须为 application/json。", "设置 Content-Type: application/json。"),
            new("Unsupported media type", "A command is application/json.", "Set Content-Type: application/json.")
        ),
        new(
            "body-too-large",
            413,
            new("内容过大", "请求内容最多 1 MB。", "缩小内容，或改用文件导入。"),
            new("Body too large", "A body has at most 1 MB.", "Send less, or import a file.")
        ),
        new(
            "method-not-allowed",
            405,
            new("方法不允许", "此地址不接受该方法。", "见接口文档 /docs。"),
            new("Method not allowed", "This address does not take that method.", "See /docs.")
        ),
        new(
            "internal-error",
            500,
            new("内部错误", "发生了意外错误，已记录。", "以追踪号联系运营者。"),
            new(
                "Internal error",
                "Something unexpected happened; it was logged.",
                "Contact the operator with the trace id."
            )
        ),
    ];
}
