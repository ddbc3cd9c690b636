using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>Why a body cannot be read, said of its members and in the words of JSON: no caller knows our
/// types.</summary>
static partial class BodyFaults
{
    public static Refusal Of(string en, string zh, string? field = null) =>
        Refusal.Of("body-malformed", ("reason", en), ("reasonZh", zh)) with
        {
            Field = field,
        };

    public static Refusal NullElement { get; } = Of("A list has null as an element.", "列表中有 null。");

    /// <summary>Half a surrogate pair can be written in JSON, but it is no text.</summary>
    public static (string En, string Zh) HalfPair { get; } =
        ("A text of it is no Unicode: half a surrogate pair.", "有文本不是 Unicode：半个代理对。");

    /// <inheritdoc cref="HalfPair"/>
    public static Refusal NoText { get; } = Of(HalfPair.En, HalfPair.Zh);

    /// <summary>The server cannot read what was sent: its own word for it is for nobody who asks.</summary>
    public static Refusal Unread { get; } =
        Of("What was sent is cut off or is no HTTP.", "请求传输不完整，或不符合 HTTP 格式。");

    /// <summary>What the reader of JSON says is put in our own words.</summary>
    /// <param name="body">The record that the body is read as.</param>
    /// <param name="sent">The body.</param>
    public static Refusal Of(JsonException error, Type body, ReadOnlySpan<byte> sent)
    {
        var (message, path) = (error.Message, Path(error));
        if (Unknown.IsMatch(message))
            return Of($"Unknown member “{path}”.", $"没有名为“{path}”的成员。", path);
        if (Missing.Match(message) is { Success: true } missing)
        {
            var names = Names.Matches(missing.Groups[1].Value).Select(m => m.Groups[1].Value).ToList();
            var under = path is null ? names[0] : $"{path}.{names[0]}";
            return Of($"Missing: {string.Join(", ", names)}.", $"缺少：{string.Join("、", names)}。", under);
        }
        if (Twice.Match(message) is { Success: true } twice)
            return Of($"“{twice.Groups[1].Value}” stands twice.", $"“{twice.Groups[1].Value}”出现两次。", path);
        if (NotNull.IsMatch(message))
            return Of($"“{path ?? "$"}” is null.", $"“{path ?? "$"}”为 null。", path);
        if (message.Contains("could not be converted", StringComparison.Ordinal))
        {
            var (en, zh) = Expected(TypeAt(body, path));
            return Of($"“{path ?? "$"}” is not {en}.", $"“{path ?? "$"}”不是{zh}。", path);
        }
        if (Deep.IsMatch(message))
            return Of(
                $"It is nested more than {ApiJson.Strict.MaxDepth} levels deep.",
                $"嵌套超过 {ApiJson.Strict.MaxDepth} 层。",
                path
            );
        var (line, column) = Place(error, sent);
        return Of($"Not JSON at line {line}, column {column}.", $"第 {line} 行第 {column} 列不是有效的 JSON。", path);
    }

    /// <summary>Where a text is no JSON; lines and characters are counted from 1, as editors do.</summary>
    internal static (long Line, int Column) Place(JsonException error, ReadOnlySpan<byte> sent)
    {
        var line = error.LineNumber ?? 0;
        var rest = sent;
        for (var n = 0; n < line && rest.IndexOf((byte)'\n') is >= 0 and var end; n++)
            rest = rest[(end + 1)..];
        var column = 1;
        // Every byte but those that go on with a character.
        foreach (var b in rest[..(int)Math.Min(error.BytePositionInLine ?? 0, rest.Length)])
            if ((b & 0xC0) != 0x80)
                column++;
        return (line + 1, column);
    }

    /// <summary>Of the member that is at fault, as a caller writes it; null: of the whole.</summary>
    public static string? Path(JsonException error) => error.Path is { Length: > 2 } path ? path[2..] : null;

    /// <summary>What JSON has for a type.</summary>
    static (string En, string Zh) Expected(Type? type) =>
        (Nullable.GetUnderlyingType(type ?? typeof(object)) ?? type) switch
        {
            var t when t == typeof(string) => ("a text", "文本"),
            var t when t == typeof(bool) => ("true or false", "true 或 false"),
            var t when t == typeof(int) || t == typeof(long) => ("a whole number", "整数"),
            { } t when t != typeof(string) && t.IsAssignableTo(typeof(IEnumerable)) => ("a list", "列表"),
            null => ("what it should be", "应有的类型"),
            _ => ("an object", "对象"),
        };

    /// <summary>The type of the member that a path leads to; null where it leads nowhere.</summary>
    static Type? TypeAt(Type? type, string? path)
    {
        foreach (Match step in Steps.Matches(path ?? ""))
        {
            if (step.Value[0] == '[')
                type = type is { IsArray: true } ? type.GetElementType() : type?.GetGenericArguments().FirstOrDefault();
            else
                type = type
                    ?.GetProperties()
                    .FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == step.Value)
                    ?.PropertyType;
        }
        return type;
    }

    [GeneratedRegex("could not be mapped to any")]
    private static partial Regex Unknown { get; }

    [GeneratedRegex("missing required properties including: (.*)")]
    private static partial Regex Missing { get; }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Names { get; }

    [GeneratedRegex("Duplicate property '([^']+)'")]
    private static partial Regex Twice { get; }

    [GeneratedRegex("'[^']+' on type '[^']*' doesn't allow (?:getting|setting) null|parameter '[^']+'")]
    private static partial Regex NotNull { get; }

    [GeneratedRegex("maximum configured depth")]
    private static partial Regex Deep { get; }

    [GeneratedRegex(@"\[\d+\]|[^.\[\]]+")]
    private static partial Regex Steps { get; }
}
