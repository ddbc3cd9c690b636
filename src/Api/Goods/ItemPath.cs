using Api.Hosting;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Store;

namespace Api;

/// <summary>The item in a path: its own id or any identifier, one percent-encoded segment, decoded once (contract.md
/// §3).</summary>
static class ItemPath
{
    public static string Raw(HttpContext http) => Raw(http, "id");

    /// <summary>What stands in a place of the route, as <see cref="PathAsSent"/> put it there.</summary>
    public static string Raw(HttpContext http, string name) => http.Request.RouteValues[name]?.ToString() ?? "";

    public static async Task<(Guid? Item, Refusal? Refusal)> FindAsync(HttpContext http, CommandPipeline pipeline)
    {
        var id = Raw(http);
        if (Guid.TryParseExact(id, "D", out var own))
            return (own, null);
        var (identifier, refusal) = Identifier.Parse(id);
        if (identifier is null)
            return (null, refusal! with { Field = "id" });
        return await pipeline.FindAsync(identifier, http.RequestAborted) is { } found
            ? (found, null)
            : (null, new("item-not-found"));
    }

    /// <summary>The items that a body names, each by its id or any of its identifiers.</summary>
    /// <returns>As many as are named; where one is not there, a fault says so.</returns>
    public static async Task<Guid[]> NamedAsync<T>(
        Incoming<T> i,
        LedgerNode node,
        IEnumerable<string> texts,
        string field
    )
        where T : class
    {
        var stop = i.Http.RequestAborted;
        var items = new List<Guid>();
        foreach (var text in texts)
        {
            if (Guid.TryParseExact(text, "D", out var own))
            {
                items.Add(own);
                continue;
            }
            var (identifier, malformed) = Identifier.Parse(text);
            if (identifier is null)
                i.Fields.Add(malformed!.At(field));
            else
                items.Add(await node.Pipeline.FindAsync(identifier, stop) ?? Guid.Empty);
        }
        if (!await node.Reader.HasAllAsync(GoodsStreams.Item, items, stop))
            i.Fields.Add(new Refusal("item-not-found").At(field));
        return [.. items];
    }
}
