using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Year;

/// <summary>What the ledger answered.</summary>
public sealed record Answer(int Status, JsonNode? Json, string Location)
{
    public bool Recorded => Status == 201;

    /// <summary>The refusal's code; of a recorded act nothing.</summary>
    public string Code => (string?)Json?["code"] ?? "";

    public string Id => (string)Json!["id"]!;
}

/// <summary>Speaks to the ledger as a market's own program does: HTTP and JSON, some requests at a time.</summary>
sealed class Clerk(HttpClient client, int atOnce, string keys) : IDisposable
{
    readonly SemaphoreSlim lanes = new(atOnce);
    long posts;

    public long Posts => Interlocked.Read(ref posts);

    /// <summary>Records it; a warning is read, and acknowledged.</summary>
    public async Task<Answer> PostAsync(string path, JsonObject body, string? site, string role, string? actor = null)
    {
        var answer = await OnceAsync(path, body, site, role, actor);
        if (answer.Code != "warning-not-acknowledged")
            return answer;
        body["acknowledged"] = JsonSerializer.SerializeToNode(((string)answer.Json!["facts"]!["rules"]!).Split(", "));
        return await OnceAsync(path, body, site, role, actor);
    }

    async Task<Answer> OnceAsync(string path, JsonObject body, string? site, string role, string? actor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Full(path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", $"{keys}-{Interlocked.Increment(ref posts)}");
        request.Headers.Add("Ledger-Actor", actor ?? WhoActs.CodeOf(role) ?? $"{site ?? "office"}-{role}");
        request.Headers.Add("Ledger-Role", role);
        if (role == "REG")
            request.Headers.Add("Ledger-Second-Actor", "office-two");
        if (site is not null)
            request.Headers.Add("Ledger-Site", site);
        await lanes.WaitAsync();
        try
        {
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new(
                (int)response.StatusCode,
                text.Length == 0 ? null : JsonNode.Parse(text),
                response.Headers.Location?.ToString() ?? ""
            );
        }
        finally
        {
            lanes.Release();
        }
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await client.GetAsync(Full(path));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"GET {path}: {(int)response.StatusCode} {text}");
    }

    /// <summary>Every entry of a list, page by page.</summary>
    public async Task<List<JsonNode>> AllAsync(string path)
    {
        var all = new List<JsonNode>();
        for (string? next = ""; next is not null; )
        {
            var page = await GetAsync($"{path}{(next.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(next)}")}");
            all.AddRange(page["items"]!.AsArray().Select(i => i!));
            next = (string?)page["next"];
        }
        return all;
    }

    public static JsonObject Body(object said, DateTimeOffset at)
    {
        var body = JsonSerializer.SerializeToNode(said)!.AsObject();
        foreach (var absent in body.Where(m => m.Value is null).Select(m => m.Key).ToArray())
            body.Remove(absent);
        body["occurredAt"] = Time(at);
        body["lateReason"] = "补录";
        return body;
    }

    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    static string Full(string path) => path.StartsWith('/') ? path : $"/api/v1/{path}";

    public void Dispose() => lanes.Dispose();
}
