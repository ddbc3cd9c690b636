using System.Text;
using System.Text.Json.Nodes;

namespace Fuzz;

/// <summary>Requests that are almost right: one member, one header, one parameter or one place of the path is
/// wrong.</summary>
public sealed class Mutants(Chance chance)
{
    static readonly string Long = new('x', 20_000);

    /// <summary>JSON in place of whatever a member holds.</summary>
    static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        "9223372036854775808",
        "2147483648",
        "[]",
        "{}",
        "[null]",
        "[[[[[[1]]]]]]",
        "{\"a\":{\"b\":1}}",
        "\"\"",
        "\"   \"",
        "\"x\"",
        "\"0\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\u202eabc\\u200b\"",
        "\"\\uffff\\ufdd0\"",
        "\"💩\"",
        "\"' or 1=1--\"",
        "\"../../etc/passwd\"",
        "\"/\"",
        "\"a/b/c\"",
        "\"MK-5\"",
        "\"ST\"",
        "\"MK-510104-0001\"",
        "\"MK-510104-0001/\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"{019b0000-0000-7000-8000-000000000001}\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "\"2026-02-30\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59.9999999Z\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"2026-01-05\"",
        "\"vin:\"",
        "\"imei:1\"",
        "\"serial:/\"",
        "\"13800138000\"",
        "\"11010519491231002X\"",
        "\"NaN\"",
        $"\"{Long}\"",
        $"[{string.Join(',', Enumerable.Repeat("\"a\"", 1_000))}]",
    ];

    static readonly string[] Texts =
    [
        "",
        "%20",
        "x",
        "%00",
        "%0d%0aX:1",
        "%ED%A0%80",
        "%C3%28",
        "%F0%9F%92%A9",
        "-1",
        "0",
        "1",
        "501",
        "2147483648",
        "99999999999999999999",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59.999-14:00",
        "2026-13-45",
        "0000-00",
        "9999-12",
        "MK-5",
        "ST",
        "MK-510104-0001",
        "51%25",
        "%27%20or%201=1--",
        "vin:",
        ":",
        "serial:%2F",
        "serial:A%2FB",
        "serial:A%252FB",
        "WyIwMDAxLTAxLTAxVDAwOjAwOjAwLjAwMFoiLG51bGwsMF0",
        "..%2f..%2fetc",
        "%7B%22a%22%7D",
        "00000000-0000-0000-0000-000000000000",
        "a%5Cb",
        "..;",
        "%252e%252e",
        new string('x', 400),
    ];

    static readonly string[] HeaderTexts =
    [
        "MK-5",
        "ST",
        "MK-",
        "ST-510104-",
        "MK-510104-0001",
        "ST-510104-01",
        "MK-510104-0001/",
        "/",
        "a/b",
        "MK-510104-0001/K/1",
        "x",
        "ADM",
        "BOSS",
        "0",
        "-1",
        "*",
        "\"\"",
        "\"1\", \"2\"",
        "W/\"1\"",
        "\"99999999999999999999\"",
        "13800138000",
        "中文",
        ";;;",
        "text/csv;q=x, */*;q=2",
        "image/png",
        "*/*;q=0",
        "zh;q=-1,en;q=NaN",
        "bytes=99999999999-",
        "lang=%00; lang=x; =",
        "' or 1=1--",
        new string('x', 129),
        new string('x', 3_000),
    ];

    static readonly string[] HeaderNames =
    [
        "Ledger-Actor",
        "Ledger-Role",
        "Ledger-Site",
        "Ledger-Second-Actor",
        "Ledger-Purpose",
        "Ledger-Case",
        "Ledger-Deed-Key",
        "Idempotency-Key",
        "If-Match",
        "If-None-Match",
        "Accept",
        "Accept-Language",
        "Cookie",
        "Range",
        "traceparent",
        "Content-Type",
        "X-Forwarded-For",
        "If-Modified-Since",
    ];

    /// <summary>A request with one thing wrong.</summary>
    public Request Of(Request right, Operation operation) =>
        right.Body is { } body && !chance.OneIn(4) ? right with { Body = Body(body), Headers = Rekeyed(right.Headers) }
        : chance.OneIn(2) ? right with { Headers = Headers(Rekeyed(right.Headers)) }
        : chance.OneIn(2) ? right with { Target = Query(right.Target, operation), Headers = Rekeyed(right.Headers) }
        : right with { Target = Path(right.Target), Headers = Rekeyed(right.Headers) };

    /// <summary>A page that is asked for with one thing wrong.</summary>
    public Request Page(Request right, Operation operation) =>
        chance.OneIn(4)
            ? right with
            {
                Headers = Headers([.. right.Headers]),
            }
            : right with
            {
                Target = Query(right.Target, operation),
            };

    /// <summary>A new key, so that it is no repeat of the right one; sometimes the old one with another body.</summary>
    List<(string Name, string Value)> Rekeyed(IReadOnlyList<(string Name, string Value)> headers) =>
        [.. headers.Select(h => h.Name == "Idempotency-Key" && !chance.OneIn(10) ? (h.Name, chance.Key()) : h)];

    /// <summary>One member of a body, however deep, is another value, gone, there twice, or joined by a
    /// stranger.</summary>
    byte[] Body(byte[] body)
    {
        var root = JsonNode.Parse(body)!.AsObject();
        var places = Places(root).ToList();
        var value = chance.Of(Values);
        if (places.Count == 0 || chance.OneIn(12))
            return Text(
                root,
                $"\"{chance.Of(["occurredAt", "x", "act", "$type", "__proto__", "\\ud800", "\\u0061ct", ""])}\":{value}"
            );
        var (parent, name, index) = chance.Of(places);
        // Twice: the parent as text, with the member once more.
        if (parent is JsonObject && ReferenceEquals(parent, root) && chance.OneIn(8))
            return Text(root, $"\"{name}\":{value}");
        const string Mark = "@@mark@@";
        if (parent is JsonObject members)
            if (chance.OneIn(6))
                members.Remove(name);
            else
                members[name] = Mark;
        else
            parent.AsArray()[index] = Mark;
        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal));
    }

    /// <summary>An object's text with one more member, whether it has one of that name or not.</summary>
    static byte[] Text(JsonObject root, string member)
    {
        var text = root.ToJsonString();
        return Encoding.UTF8.GetBytes($"{text[..^1]}{(root.Count > 0 ? "," : "")}{member}}}");
    }

    static IEnumerable<(JsonNode Parent, string Name, int Index)> Places(JsonNode node)
    {
        if (node is JsonObject members)
            foreach (var (name, value) in members)
            {
                yield return (node, name, 0);
                if (value is not null)
                    foreach (var deeper in Places(value))
                        yield return deeper;
            }
        else if (node is JsonArray list)
            for (var i = 0; i < list.Count; i++)
            {
                yield return (node, "", i);
                if (list[i] is { } value)
                    foreach (var deeper in Places(value))
                        yield return deeper;
            }
    }

    List<(string Name, string Value)> Headers(List<(string Name, string Value)> headers)
    {
        var name = chance.Of(HeaderNames);
        if (!chance.OneIn(5))
            headers.RemoveAll(h => h.Name == name);
        if (!chance.OneIn(6))
            headers.Add((name, chance.Of(HeaderTexts)));
        return headers;
    }

    string Query(string target, Operation operation)
    {
        var named = operation.Parameters("query").ToList();
        var parameters = Enumerable
            .Range(0, 1 + chance.Below(2))
            .Select(_ =>
                $"{(named.Count > 0 && !chance.OneIn(8) ? chance.Of(named) : chance.Of(["x", "prepare", "receipt", "lang", "format", "atLeast"]))}={chance.Of(Texts)}"
            )
            .ToList();
        if (chance.OneIn(6))
            parameters.Add(parameters[0]);
        return $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', parameters)}";
    }

    /// <summary>One segment of the path is something else.</summary>
    string Path(string target)
    {
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at
            ? (target[..at], target[at..])
            : (target, "");
        var segments = path.Split('/');
        segments[3 + chance.Below(segments.Length - 3)] = chance.OneIn(5)
            ? $"%{Convert.ToHexString(chance.Bytes(1))}"
            : chance.Of(Texts);
        return string.Join('/', segments) + query;
    }
}
