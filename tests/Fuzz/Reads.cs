namespace Fuzz;

/// <summary>Every read of the document, about things that a session has made.</summary>
public sealed class Reads(ApiDocument document, Session session)
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What a parameter of a query may be; a name where there are several.</summary>
    Dictionary<string, string[]> Values =>
        new(StringComparer.Ordinal)
        {
            ["market"] = [session["market1"]],
            ["division"] = ["510104", "510000"],
            ["within"] = ["510100"],
            ["category"] = ["used-car", "appliance"],
            ["make"] = ["大众"],
            ["model"] = ["帕萨特"],
            ["state"] = [],
            ["limit"] = ["1", "2", "500"],
            ["from"] = ["2026-01"],
            ["to"] = ["2026-12"],
            ["month"] = ["2026-11"],
            ["asOf"] = ["2026-11-01", "2026-11-01T00:00:00Z"],
            ["knownAt"] = ["2099-01-01"],
            ["atLeast"] = ["0"],
            ["identifier"] = [session["vin2"]],
            ["party"] = [session["owner"]],
            ["event"] = ["item-listed", "item-registered.v1"],
            ["by"] = ["model", "age", "mileage", "grade"],
            ["needs"] = ["open", "wipe", "all"],
            ["age"] = ["all", "red"],
            ["blocked"] = ["all", "only"],
            ["kind"] = ["all", "clone", "odometer"],
            ["type"] = ["all", "market"],
            ["until"] = ["2030-01-01"],
            ["pattern"] = ["all"],
            ["station"] = [session["station1"]],
            ["period"] = ["2026", "2026-01"],
            ["on"] = ["2027-01-01"],
            ["law"] = ["2027-01-01"],
            ["reader"] = ["local"],
            ["exporter"] = [session["uscc1"]],
            ["format"] = ["json", "csv", "xlsx"],
        };

    /// <summary>Filters of instants take no month.</summary>
    static readonly HashSet<string> ByInstant = ["/api/v1/regulator/histories", "/api/v1/regulator/alerts"];

    /// <summary>What the last place of a path holds, where its own name does not say it.</summary>
    static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["/api/v1/items/{id}/listings/{partId}"] = "listingId",
        ["/api/v1/items/{id}/trades/{partId}"] = "tradeId",
        ["/api/v1/items/{id}/intakes/{partId}"] = "intakeId",
        ["/api/v1/items/{id}/wipes/{partId}"] = "wipeId",
        ["/api/v1/items/{id}/encumbrances/{partId}"] = "encumbranceId",
        ["/api/v1/items/{id}/holds/{partId}"] = "holdId",
        ["/api/v1/items/{id}/events/{eventId}"] = "inspectionId",
        ["/api/v1/receipts/{eventId}"] = "inspectionId",
        ["/api/v1/items/{id}/bundles/{bundle}"] = "bundleId",
        ["/api/v1/items/{id}/bundles"] = "bundleId",
        ["/api/v1/items/{id}/bundle"] = "bundleId",
        ["/api/v1/markets/{code}"] = "market1",
        ["/api/v1/markets/{code}/staff"] = "market1",
        ["/api/v1/stations/{code}"] = "station1",
        ["/api/v1/exporters/{code}"] = "uscc1",
        ["/api/v1/parties/{ref}"] = "uscc2",
    };

    /// <summary>Each read plainly, with filters, and as each media type that the document shows.</summary>
    public IEnumerable<Request> All()
    {
        foreach (var operation in document.Operations.Where(o => o.Method == "GET"))
        {
            var target = Target(operation);
            // A query that stands on its reader's record says who asks, and why.
            var needed = operation.Parameters("query").Contains("purpose")
                ? "actor=11510000MB8000001B&role=REG&purpose=supervision&basis=law"
                : "";
            // Who read a party's file is for the party, and for those who watch over the readers.
            (string, string)[] who = operation.Path.EndsWith("/credit-readers", StringComparison.Ordinal)
                ? [("Ledger-Role", "REG"), ("Ledger-Actor", "11510000MB8000001B")]
                : [];
            yield return new("GET", Joined(target, needed), who);
            foreach (var type in operation.Answer(200)?["content"]?.AsObject().Select(c => c.Key) ?? [])
                yield return new("GET", Joined(target, needed), [.. who, ("Accept", type)]);
            foreach (var name in operation.Parameters("query"))
            foreach (var value in Values.GetValueOrDefault(name, []))
                yield return new(
                    "GET",
                    Joined(target, needed, $"{name}={Uri.EscapeDataString(Fitting(operation, name, value))}"),
                    []
                );
        }
    }

    static string Fitting(Operation operation, string name, string value) =>
        name is "from" or "to" && ByInstant.Contains(operation.Path) ? $"{value}-01" : value;

    /// <summary>An address of an operation: of the thing itself, and of the item that it is a part of. What no journey
    /// has made is nobody's.</summary>
    public string Target(Operation operation)
    {
        var names = operation
            .Parameters("path")
            .OrderBy(name => operation.Path.IndexOf($"{{{name}}}", StringComparison.Ordinal))
            .ToList();
        var last = Places.GetValueOrDefault(operation.Path) ?? names.LastOrDefault() ?? "";
        return names.Aggregate(
            operation.Path,
            (path, name) =>
                path.Replace(
                    $"{{{name}}}",
                    Uri.EscapeDataString(Held(name, last, isLast: name == names[^1])),
                    StringComparison.Ordinal
                )
        );
    }

    string Held(string name, string last, bool isLast)
    {
        var wanted =
            name == "id" ? Session.ItemOf(last)
            : isLast ? last
            : name;
        return session.Knows(wanted) ? session[wanted]
            : session.Knows(name) ? session[name]
            : Nobody;
    }

    const string Nobody = "00000000-0000-8000-8000-000000000000";

    static string Joined(string target, params IEnumerable<string> parts) =>
        string.Join('&', parts.Where(p => p.Length > 0)) is { Length: > 0 } query ? $"{target}?{query}" : target;
}
