using System.Globalization;
using System.Text;

namespace Fuzz;

/// <summary>Requests that no client would send, as bytes.</summary>
public sealed class Absurd(Chance chance, Uri address)
{
    static readonly string[] Methods =
    [
        "PUT",
        "DELETE",
        "PATCH",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "PROPFIND",
        "post",
        "GARBAGE",
        "",
        "GET\t",
    ];

    static readonly string[] Tails =
    [
        "/../items",
        "/%2e%2e/items",
        "/%2E%2e/",
        "/./",
        "/%2E",
        "/..;/x",
        "/..%2f..%2fitems",
        "\\..\\x",
        "/%5c..%5cx",
        "/%252e%252e/x",
        "//",
        "/%00",
        "/%ED%A0%80",
        "/%c0%ae%c0%ae/",
        "#x",
        "?",
        "??a=%",
        "/é",
        "%",
        "/%zz",
    ];

    static readonly string[] Lengths =
    [
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5",
        "Content-Length: x",
        "Content-Length: 3\r\nContent-Length: 4",
    ];

    static readonly string[] Chunks =
    [
        "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
        "80000000\r\n{}\r\n0\r\n\r\n",
        "7FFFFFFF\r\n{}",
        "-2\r\n{}\r\n0\r\n\r\n",
        "zz\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}x\r\n0\r\n\r\n",
        "2;a=\"\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n0\r\nLedger-Actor: x\r\n\r\n",
        "2\r\n{}\r\n",
        "\r\n",
    ];

    static readonly string[] Types =
    [
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "application/json; charset=x",
        "application/json, text/html",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "application/problem+json",
        ";;;",
        "/",
    ];

    /// <summary>One request about an operation's path.</summary>
    /// <param name="target">A path that the service knows.</param>
    public (string Target, byte[] Bytes) About(string target) =>
        chance.Below(7) switch
        {
            0 => Message(chance.Of(Methods), target, [], []),
            1 => Message("GET", target.Split('?')[0] + chance.Of(Tails), [], []),
            2 => Message(
                "POST",
                target,
                Json("Transfer-Encoding: chunked"),
                Encoding.ASCII.GetBytes(chance.Of(Chunks))
            ),
            3 => Message("POST", target, Json(chance.Of(Lengths)), "{}"u8.ToArray()),
            4 => Message("POST", target, [$"Content-Type: {chance.Of(Types)}", Key], "{}"u8.ToArray(), counted: true),
            5 => Message("POST", target, Json(), Body(), counted: true),
            _ => Line(target),
        };

    string Key => $"Idempotency-Key: {chance.Key()}";

    string[] Json(params ReadOnlySpan<string> more) => ["Content-Type: application/json", Key, .. more];

    /// <summary>Bodies that are no object of the document, whatever the operation.</summary>
    byte[] Body() =>
        chance.Below(12) switch
        {
            0 => [],
            1 => "null"u8.ToArray(),
            2 => "[]"u8.ToArray(),
            3 => Encoding.ASCII.GetBytes(new string('[', 100_000)),
            4 => Encoding.ASCII.GetBytes(
                string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)
            ),
            5 => [0xEF, 0xBB, 0xBF, .. "{}"u8],
            6 => Encoding.Unicode.GetBytes("{\"reason\":\"x\"}"),
            7 => [.. "{\"reason\":\""u8, 0xC3, 0x28, 0xED, 0xA0, 0x80, .. "\"}"u8],
            8 => Encoding.ASCII.GetBytes($"{{\"reason\":\"{new string('x', 1_100_000)}\"}}"),
            9 => Encoding.ASCII.GetBytes(
                $"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"m{i.ToString(CultureInfo.InvariantCulture)}\":1"))}}}"
            ),
            10 => Encoding.ASCII.GetBytes("{\"reason\":" + new string('9', 50_000) + "}"),
            _ => chance.Bytes(1 + chance.Below(400)),
        };

    /// <summary>First lines and headers that are hardly HTTP.</summary>
    (string, byte[]) Line(string target) =>
        chance.Below(8) switch
        {
            0 => Message("GET", target + "?" + new string('a', 9_000), [], []),
            1 => Message("GET", target, [$"Ledger-Purpose: {new string('x', 20_000)}"], []),
            2 => Message("GET", $"http://items/x{target}", [], []),
            3 => (target, Encoding.ASCII.GetBytes($"GET {target} HTTP/9.9\r\nHost: {Host}\r\n\r\n")),
            4 => (target, Encoding.ASCII.GetBytes($"GET {target}\r\n\r\n")),
            5 => (target, chance.Bytes(200)),
            6 => Message(
                "GET",
                target,
                [.. Enumerable.Range(0, 200).Select(i => $"X-{i.ToString(CultureInfo.InvariantCulture)}: 1")],
                []
            ),
            _ => Message("GET", target, ["Ledger-Actor: a\u0001b", "Cookie: \u00ff=\u00fe", "Ledger-Site : x"], []),
        };

    string Host => address.Authority;

    (string, byte[]) Message(string method, string target, string[] headers, byte[] body, bool counted = false)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        if (counted)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return (target, [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body]);
    }
}
