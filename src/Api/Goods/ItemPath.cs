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
            : (null, NotFound(http));
    }

    /// <summary>What the path names is not there.</summary>
    public static Refusal NotFound(HttpContext http) => NotFound(Raw(http));

    static Refusal NotFound(string text) => Refusal.Of("item-not-found", ("value", Bounds.Short(text)));

    /// <summary>The items that a body names, each by its id or any of its identifiers.</summary>
    /// <returns>As many as are named; a fault for each that is not there says which.</returns>
    public static async Task<Guid[]> NamedAsync<T>(
        Incoming<T> i,
        LedgerNode node,
        IEnumerable<string> texts,
        string field
    )
        where T : class
    {
        var stop = i.Http.RequestAborted;
        var named = new List<(string Text, Guid Item)>();
        foreach (var text in texts)
        {
            if (Guid.TryParseExact(text, "D", out var own))
            {
                named.Add((text, own));
                continue;
            }
            var (identifier, malformed) = Identifier.Parse(text);
            if (identifier is null)
                i.Fields.Add(malformed!.At(field));
            else
                named.Add((text, await node.Pipeline.FindAsync(identifier, stop) ?? Guid.Empty));
        }
        Guid[] items = [.. named.Select(n => n.Item)];
        var there = await node.Reader.OfKindsAsync([GoodsStreams.Item], items, stop);
        foreach (var (text, item) in named.Where(n => there.All(s => s.Id != n.Item)))
            i.Fields.Add(NotFound(text).At(field));
        return items;
    }
}
