using System.Collections.Frozen;

namespace Ledger.Kernel.Identifiers;

/// <summary>What stands where a number should and is none: firmware that was never given one (“Default string”), a
/// form's filler (“000000”, “123456”), a word for “there is none”. It names no thing, and two things may bear
/// it.</summary>
public static class Placeholder
{
    /// <summary>Letters and digits alone, in capitals, as they are compared.</summary>
    static readonly FrozenSet<string> Words = new[]
    {
        "Default string",
        "To be filled by O.E.M.",
        "To be filled",
        "O.E.M.",
        "Not available",
        "Not applicable",
        "Not specified",
        "Not set",
        "Not present",
        "Not provided",
        "N/A",
        "NA",
        "None",
        "Null",
        "Nil",
        "Empty",
        "Blank",
        "Unknown",
        "Undefined",
        "Unspecified",
        "Invalid",
        "No serial",
        "No serial number",
        "No number",
        "Serial",
        "Serial number",
        "Serial no",
        "S/N",
        "SN",
        "System serial number",
        "Chassis serial number",
        "Base board serial number",
        "Baseboard serial number",
        "Board serial",
        "System product name",
        "System manufacturer",
        "IMEI",
        "VIN",
        "Test",
        "TBD",
        "无",
        "无号",
        "无编号",
        "无序列号",
        "无标识",
        "暂无",
        "没有",
        "未知",
        "不详",
        "不明",
        "空",
        "空白",
        "缺失",
        "待填",
        "待补",
        "待定",
        "默认",
        "默认字符串",
        "不可用",
        "不适用",
        "未提供",
        "未登记",
        "未设置",
        "序列号",
        "编号",
        "测试",
    }
        .Select(PlainText.LettersAndDigits)
        .ToFrozenSet(StringComparer.Ordinal);

    const string Ascending = "01234567890123456789";

    /// <summary>Whether an identifier's number is one; of a serial number also where its brand is.</summary>
    public static bool Is(Identifier identifier) =>
        identifier.Kind is "serial" && identifier.Value.Split('/', 2) is [var brand, var number]
            ? Is(number) || Words.Contains(PlainText.LettersAndDigits(brand))
            : Is(identifier.Value);

    /// <summary>A word of the list, nothing but punctuation, one character all over, or digits that count up.</summary>
    public static bool Is(string number)
    {
        var told = PlainText.LettersAndDigits(number);
        return told.Length == 0
            || Words.Contains(told)
            || told.All(c => c is '0')
            || told.Length >= 4 && told.Distinct().Count() == 1
            || told.Length >= 6 && Ascending.Contains(told, StringComparison.Ordinal);
    }

    /// <summary>Why it names nothing.</summary>
    public static Refusal Refused(string value) => Refusal.Of("identifier-placeholder", ("value", Bounds.Short(value)));
}
