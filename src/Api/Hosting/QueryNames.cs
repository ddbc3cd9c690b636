using Api.Lists;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>The names of query parameters that an operation of the API has: any other is refused by its name, and one
/// that is said twice; a filter that is not understood would show more than was asked for.</summary>
static class QueryNames
{
    static readonly string[] OfReads = ["format", "lang"],
        OfCommands = ["receipt", "prepare", "role", "lang"];

    /// <summary>Why a request's query is not understood; null: it is.</summary>
    public static Refusal? Flaw(HttpContext http)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not { Metadata: var metadata })
            return null;
        IEnumerable<string> known = HttpMethods.IsPost(http.Request.Method)
            ? OfCommands
            :
            [
                .. (
                    metadata.GetMetadata<LedgerList>()?.Parameters
                    ?? metadata.GetMetadata<QueryMetadata>()?.Parameters
                    ?? []
                ).Select(p => p.Name),
                .. OfReads,
            ];
        foreach (var (name, values) in http.Request.Query)
            if (!known.Contains(name, StringComparer.Ordinal))
                return Refusal.Of("query-unknown", ("name", Bounds.Short(name)), ("known", string.Join(", ", known)));
            else if (values.Count > 1)
                return Refusal.Of("query-repeated", ("name", name)).At(name);
        return null;
    }
}
