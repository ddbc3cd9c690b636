namespace Api.Http;

/// <summary>The query parameters of each read.</summary>
static class OpenApiQueries
{
    static readonly string[] Paged = ["limit", "cursor"],
        Where = ["market", "division", "category"];

    /// <param name="path">As the route has it, without a slash before it.</param>
    /// <param name="isList">It answers a list, which can be saved.</param>
    public static IEnumerable<string> Of(string path, bool isList) => isList ? [.. Named(path), "format"] : Named(path);

    static string[] Named(string path) =>
        path switch
        {
            "api/v1/market/listings" => [.. Where, "make", "state", "asOf", "atLeast", .. Paged],
            "api/v1/market/turnover" => [.. Where, "from", "to", "atLeast"],
            "api/v1/market/prices" => [.. Where, "make", "model", "by", "from", "to", "atLeast"],
            "api/v1/market/media" => [.. Where, "needs", "tool", "atLeast", .. Paged],
            "api/v1/market/stock" => [.. Where, "age", "blocked", "atLeast", .. Paged],
            "api/v1/regulator/histories" =>
            [
                "identifier",
                "party",
                .. Where,
                "from",
                "to",
                "event",
                "atLeast",
                .. Paged,
            ],
            "api/v1/regulator/alerts" => ["kind", .. Where, "from", "to", "atLeast", .. Paged],
            "api/v1/regulator/stations" => ["station", "division", "from", "to", "atLeast"],
            "api/v1/regulator/indicators" => ["within", "period", "atLeast"],
            "api/v1/regulator/accesses" => ["reader", "month", .. Paged],
            "api/v1/regulator/cases" => ["state", "pattern", .. Paged],
            "api/v1/regulator/register" => ["type", "division", "state", "until", .. Paged],
            "api/v1/exporter/batches" => ["exporter", .. Paged],
            "api/v1/rules" => ["on"],
            "api/v1/items/{id}/bundle" => ["since", "disclose"],
            "api/v1/items/{id}/verdicts" => ["asOf", "law"],
            "api/v1/items/{id}" or "api/v1/items/{id}/history" or "api/v1/items/{id}/events/{eventId:guid}" =>
            [
                "asOf",
                "knownAt",
            ],
            "api/v1/parties/{ref}/credit-signals" => ["purpose", "basis"],
            _ => [],
        };
}
