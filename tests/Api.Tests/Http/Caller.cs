using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>An answer, read to its end.</summary>
public sealed record Reply(int Status, string Text, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
    public string? Code => (string?)Json["code"];
    public string Id => (string)Json["id"]!;
    public string Location => Headers["Location"];
    public string ETag => Headers["ETag"];
    public string Type => Headers.GetValueOrDefault("Content-Type", "");

    public IEnumerable<JsonNode> Items => Json["items"]!.AsArray().Select(i => i!);

    /// <summary>This answer, where it has the status that is expected; else a failure that shows its text.</summary>
    public Reply Is(int status)
    {
        Assert.True(Status == status, $"{status} was expected, {Status} came: {Text}");
        return this;
    }

    /// <summary>A problem with this status and code.</summary>
    public Reply Refuses(int status, string code)
    {
        Is(status);
        Assert.StartsWith("application/problem+json", Type, StringComparison.Ordinal);
        Assert.Equal(code, Code);
        return this;
    }
}

/// <summary>Speaks HTTP as a client of the ledger does. Where a test does not say in which role, it is one that
/// may.</summary>
public sealed class Caller(HttpClient client)
{
    readonly Dictionary<string, string> actors = new(StringComparer.Ordinal);
    bool isAsItIs;

    /// <summary>From now on this is who acts in that role, where a test does not say another.</summary>
    public void ActsAs(string role, string actor) => actors[role] = actor;

    /// <summary>Who acts in that role; null: anybody.</summary>
    public string? ActorIn(string role) => actors.GetValueOrDefault(role);

    /// <summary>The same caller, whose requests go as they are: no role is added. A body that is given as text goes as
    /// it is in any case.</summary>
    public Caller AsItIs() => new(client) { isAsItIs = true };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync("GET", path, null, headers);

    /// <param name="body">An object, or text that is sent as it stands.</param>
    /// <param name="key">Idempotency key; null: a new one; empty: none.</param>
    public async Task<Reply> PostAsync(
        string path,
        object body,
        string? key = null,
        params (string Name, string Value)[] headers
    )
    {
        key ??= Goods.NewKey();
        if (key.Length > 0)
            headers = [.. headers, ("Idempotency-Key", key)];
        var text = body as string ?? JsonSerializer.Serialize(body);
        var plain = isAsItIs && body is string;
        // Tests tell of days long past.
        if (!plain && (Tells(text, "occurredAt") || Tells(text, "finishedAt")))
            text = With(text, "lateReason", "\"补录\"");
        var reply = await SendAsync("POST", path, Content(text), headers);
        if (plain || reply.Status != 422 || reply.Code != "warning-not-acknowledged")
            return reply;
        // Whoever reads a warning and goes on.
        var rules = ((string)reply.Json["facts"]!["rules"]!).Split(", ");
        return await SendAsync(
            "POST",
            path,
            Content(With(text, "acknowledged", JsonSerializer.Serialize(rules))),
            headers
        );
    }

    static bool Tells(string body, string name) => body.Contains($"\"{name}\"", StringComparison.Ordinal);

    /// <summary>A body with one member more; as it was where it has that one, or is no object.</summary>
    static string With(string body, string name, string value) =>
        body.StartsWith('{') && !Tells(body, name) ? $"{{\"{name}\":{value},{body[1..]}" : body;

    static ByteArrayContent Content(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>What a request says of whoever acts, with what it leaves out.</summary>
    async Task<(string Name, string Value)[]> SayingWhoAsync(
        string path,
        HttpContent? content,
        string[] roles,
        (string Name, string Value)[] headers
    )
    {
        string? Said(string name) => headers.FirstOrDefault(h => h.Name == name).Value;
        var (role, at) = (Said("Ledger-Role"), Said("Ledger-Site"));
        if (role is null)
        {
            headers = [.. headers, ("Ledger-Role", role = People.RoleFor(roles, at))];
            if ((await NamedAsync(role, path, content) ?? Sites.For(role, at)) is { } site && site != at)
            {
                if (site is Sites.Market or Sites.Station)
                    await Sites.OpenAsync(client);
                headers = [.. headers.Where(h => h.Name != "Ledger-Site"), ("Ledger-Site", site)];
            }
        }
        if (Roll.CodeOf(role) is not null || Said("Ledger-Second-Actor") is { } second && Roll.Has(second))
            await Roll.OpenAsync(client);
        return (actors.GetValueOrDefault(role) ?? People.NameOf(role)) is { } name && Said("Ledger-Actor") is null
            ? [.. headers, ("Ledger-Actor", name)]
            : headers;
    }

    /// <summary>A query that is recorded says who asks, for what and under which law, where a test does not.</summary>
    async Task<(string Name, string Value)[]> AskingWhyAsync((string Name, string Value)[] headers)
    {
        await Roll.OpenAsync(client);
        (string Name, string Value)[] usual =
        [
            ("Ledger-Role", "REG"),
            ("Ledger-Actor", Roll.CodeOf("REG")!),
            ("Ledger-Purpose", "supervision"),
            ("Ledger-Basis", "Measures art. 33"),
        ];
        return [.. headers, .. usual.Where(u => headers.All(h => h.Name != u.Name))];
    }

    /// <summary>The site that a request itself is about: a market's desk, or the station that it names.</summary>
    static async Task<string?> NamedAsync(string role, string path, HttpContent? content) =>
        role switch
        {
            "CLK" when path.Split('?')[0].Split('/') is [_, _, _, "markets", var market, "staff", ..] => market,
            "STN" when content is not null => await StationAsync(content),
            _ => null,
        };

    static async Task<string?> StationAsync(HttpContent content)
    {
        try
        {
            return (string?)JsonNode.Parse(await content.ReadAsStringAsync(Stop))?["station"];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The test is about a body that cannot be read.
            return null;
        }
    }

    public async Task<Reply> SendAsync(
        string method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = content };
        if (!isAsItIs && method == "POST" && OperationRoles.Of(path) is { } roles)
            headers = await SayingWhoAsync(path, content, roles, headers);
        if (!isAsItIs && method == "GET" && path.StartsWith("/api/v1/regulator/histories", StringComparison.Ordinal))
            headers = await AskingWhyAsync(headers);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await client.SendAsync(request, Stop);
        var bytes = await response.Content.ReadAsByteArrayAsync(Stop);
        return new(
            (int)response.StatusCode,
            Encoding.UTF8.GetString(bytes),
            bytes,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase)
        );
    }
}
