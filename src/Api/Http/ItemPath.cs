using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store;
using Microsoft.AspNetCore.Http.Features;

namespace Api.Http;

/// <summary>The item in a path: its own id or any identifier, one percent-encoded segment, decoded once (contract.md
/// §3).</summary>
static class ItemPath
{
    public static string Raw(HttpContext http) => Raw(http, "items", "id");

    /// <summary>The segment behind another one, decoded once.</summary>
    public static string Raw(HttpContext http, string before, string name)
    {
        // The router decodes %25 but not %2F: only the request line still says what was sent.
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var segments = target.Split('?')[0].Split('/');
        var at = Array.IndexOf(segments, before);
        return at >= 0 && at + 1 < segments.Length
            ? Uri.UnescapeDataString(segments[at + 1])
            : http.Request.RouteValues[name]?.ToString() ?? "";
    }

    public static async Task<(Guid? Item, Refusal? Refusal)> FindAsync(HttpContext http, CommandDesk desk)
    {
        var id = Raw(http);
        if (Guid.TryParseExact(id, "D", out var own))
            return (own, null);
        var (identifier, refusal) = Identifier.Parse(id);
        if (identifier is null)
            return (null, refusal! with { Field = "id" });
        return await desk.FindAsync(identifier, http.RequestAborted) is { } found
            ? (found, null)
            : (null, new("unknown-stream"));
    }

    /// <summary>The item that a body names, by its id or any of its identifiers.</summary>
    /// <returns>An empty id where there is none: a fault says so.</returns>
    public static async Task<Guid> NamedAsync<T>(Incoming<T> i, LedgerNode node, string text, string field)
        where T : class
    {
        if (Guid.TryParseExact(text, "D", out var own))
            return own;
        var (identifier, malformed) = Identifier.Parse(text);
        if (malformed is not null)
            i.Fields.Add(malformed.At(field));
        else if (await node.Desk.FindAsync(identifier!, i.Http.RequestAborted) is { } found)
            return found;
        else
            i.Fields.Add(new Refusal("unknown-stream").At(field));
        return Guid.Empty;
    }
}
