using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Refusals of what was sent: times, keys, values, files.</summary>
static class InputRefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
            "row-key-reused",
            422,
            new(
                "行键已用于其他内容",
                "同一来源的 row_key {value} 先前导入过不同的内容。",
                "更正用更正事件，不要改行重导。"
            ),
            new(
                "The row key was used for something else",
                "The row_key {value} of this source was imported before with other content.",
                "Answer a wrong row with a correction, not by importing it changed."
            )
        ),
        new(
            "body-malformed",
            400,
            new("请求内容无法读取", "{reasonZh}", "按接口文档发送 JSON 对象。"),
            new("The body cannot be read", "{reason}", "Send a JSON object as the documentation shows.")
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
            "value-not-mapped",
            422,
            new("映射中没有该值", "{name} 的值 “{value}” 不在映射表中。", "在映射文件中补充，或给出 else。"),
            new(
                "Value not in the map",
                "The map has no word for “{value}” of {name}.",
                "Add it to the map, or give an else."
            )
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
            "encoding-invalid",
            422,
            new("编码错误", "该行含有不能按 {encoding} 解码的字节。", "以正确的编码另存文件。"),
            new("Wrong encoding", "The row has bytes that are not {encoding}.", "Save the file in the right encoding.")
        ),
        new(
            "field-count",
            422,
            new("列数不符", "有 {found} 列，表头为 {expected} 列。", "检查引号与分隔符。"),
            new(
                "Wrong number of fields",
                "The row has {found} fields, the header {expected}.",
                "Check quotes and delimiters."
            )
        ),
        new(
            "field-too-large",
            422,
            new("单元格过大", "有一格超过 {longest} 个字符。", "检查是否缺少引号。"),
            new("Field too large", "A field is longer than {longest} characters.", "Look for a missing quote.")
        ),
        new(
            "csv-misquoted",
            422,
            new("引号错误", "引号闭合之后还有文字，或引号没有闭合。", "单元格内的引号写成两个。"),
            new(
                "Wrong quotes",
                "There is text after a closing quote, or a quote that is never closed.",
                "Write a quote inside a cell twice."
            )
        ),
        new(
            "json-malformed",
            422,
            new("不是 JSON 对象", "{reason}", "每行写一个扁平的 JSON 对象。"),
            new("Not a JSON object", "{reason}", "Write one flat JSON object a line.")
        ),
        new(
            "formula-cell",
            422,
            new("公式单元格", "该行有公式单元格。", "改为值后再导入。"),
            new("Formula cell", "The row has a cell with a formula.", "Replace formulas by their values.")
        ),
        new(
            "event-unknown",
            422,
            new("未知事件", "没有事件 “{value}”。", "使用事件目录中的名称（不带版本）。"),
            new(
                "Unknown event",
                "There is no event “{value}”.",
                "Use a name of the event catalogue, without its version."
            )
        ),
    ];
}
