using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>Refusals of files that are imported.</summary>
static class ImportRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
            new("不是 JSON 对象", "{reasonZh}", "每行写一个扁平的 JSON 对象。"),
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
