using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fuzz;

/// <summary>One walk through the journeys: its names, and how a step becomes a request.</summary>
public sealed partial class Session(ApiDocument document, Chance chance)
{
    public const string Root = "/api/v1";

    /// <summary>Whom the first journey puts on the roll, by the role that it grants them.</summary>
    static readonly Dictionary<string, string> OnRoll = new(StringComparer.Ordinal)
    {
        ["REG"] = "11510000MB8000001B",
        ["POL"] = "11510000MB60000022",
        ["CUS"] = "11510000MB60000035",
        ["LND"] = "91510100MA60000043",
        ["EXP"] = "91510100MA60000056",
    };

    readonly Dictionary<string, string> names = new(StringComparer.Ordinal)
    {
        ["day"] = "2026-01-05T02:00:00Z",
        ["opened"] = "2026-01-01T02:00:00Z",
    };

    /// <summary>What a name stands for; made where it is of a kind that can be made.</summary>
    public string this[string name]
    {
        get
        {
            if (names.TryGetValue(name, out var value))
                return value;
            var kind = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            return names[name] = kind switch
            {
                "vin" => chance.Vin(),
                "imei" => chance.Imei(),
                "uscc" => chance.Uscc(),
                "tag" => chance.Tag(),
                "serial" => $"serial:HAIER/F-{chance.Unique()}",
                "number" => $"F-{chance.Unique()}",
                "market" => $"MK-510104-{chance.Unique()[^4..]}",
                "station" => $"ST-510104-{chance.Unique()[^4..]}",
                "owner" or "buyer" => $"{this["market1"]}/K-{chance.Unique()}",
                _ => throw new KeyNotFoundException($"Nothing is known as {name}."),
            };
        }
        set => names[name] = value;
    }

    public bool Knows(string name) => names.ContainsKey(name);

    /// <summary>The name of the item that a part was made of.</summary>
    public static string ItemOf(string part) => $"{part} of";

    /// <summary>The operation that a step asks for.</summary>
    public Operation Of(Step step) => Find(step.Method, $"{Root}{step.Path.Split('?')[0]}");

    /// <summary>The document has some of its paths with a slash at their end.</summary>
    Operation Find(string method, string path) =>
        document.Operations.FirstOrDefault(o => o.Method == method && o.Path.TrimEnd('/') == path)
        ?? throw new InvalidOperationException($"The document has no {method} {path}.");

    /// <summary>The request of a step, under a key of its own.</summary>
    public Request Request(Step step)
    {
        if (step.Given is { } given)
            this[given.Place] = Filled(given.Value);
        var operation = Of(step);
        if (step.Method == "GET")
            return new("GET", Root + Path(step.Path), []);
        List<(string, string)> headers = [("Content-Type", "application/json"), ("Idempotency-Key", chance.Key())];
        var role = step.Role ?? RoleFor(operation);
        if (SiteOf(role, step) is { } site)
            headers.Add(("Ledger-Site", site));
        // Whoever checks a wipe did not do it.
        if ((step.Actor ?? (role == "WVR" ? "verifier" : OnRoll.GetValueOrDefault(role))) is { } actor)
            headers.Add(("Ledger-Actor", Filled(actor)));
        headers.Add(("Ledger-Role", role));
        if (step.Second is { } second)
            headers.Add(("Ledger-Second-Actor", Filled(second)));
        if (step.Matches)
            headers.Add(("If-Match", "*"));
        return new("POST", Root + Path(step.Path), headers, Utf8(Body(step, operation)));
    }

    /// <summary>One of those who may, by the document: a market's desk where it may, a station only where nobody else does.</summary>
    static string RoleFor(Operation operation) =>
        operation.Roles.Contains("CLK") ? "CLK" : operation.Roles.FirstOrDefault(r => r != "STN") ?? "STN";

    /// <summary>A regulator, who opens the market, is not there.</summary>
    string? SiteOf(string role, Step step) =>
        role switch
        {
            // A market's staff is its own affair.
            "CLK" when step.Path.StartsWith("/markets/{code}/", StringComparison.Ordinal) => this["code"],
            "REG" => null,
            "STN" => this["station1"],
            _ => this["market1"],
        };

    /// <summary>The example of the document with a step's own members over it.</summary>
    JsonObject Body(Step step, Operation operation)
    {
        var body = operation.Example ?? [];
        var own = JsonNode.Parse(Filled(step.Members))!.AsObject();
        var takesTime = document.Schemas.Resolved(operation.BodySchema!)["properties"]?["occurredAt"] is not null;
        if (takesTime && !own.ContainsKey("occurredAt"))
            own["occurredAt"] = this["day"];
        // The journeys tell of days long past, and read what warns of them.
        if (own.ContainsKey("occurredAt") && !own.ContainsKey("lateReason"))
            own["lateReason"] = "补录";
        foreach (var (name, value) in own)
            if (value is null)
                body.Remove(name);
            else
                body[name] = value.DeepClone();
        return body;
    }

    /// <summary>The same request of somebody who has read its warnings.</summary>
    public static Request Acknowledging(Request request, Reply reply)
    {
        var body = JsonNode.Parse(request.Body!)!.AsObject();
        body["acknowledged"] = new JsonArray([
            .. reply.Json!["facts"]!["rules"]!.ToString().Split(", ").Select(r => (JsonNode)r),
        ]);
        return request with { Body = Utf8(body) };
    }

    public static byte[] Utf8(JsonNode body) => System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());

    /// <summary>A path of the document with what its places stand for.</summary>
    public string Path(string path) => Place().Replace(path, m => Uri.EscapeDataString(this[m.Groups[1].Value]));

    string Filled(string text) => Name().Replace(text, m => this[m.Groups[1].Value]);

    /// <summary>Keeps what a step wants kept of its answer.</summary>
    public void Keep(Step step, Reply reply)
    {
        if (step.Keep is not { } keep || reply.Json is null)
            return;
        JsonNode? found = reply.Json;
        foreach (var part in keep.Member.Split('.'))
            found = found is JsonArray list
                ? list.ElementAtOrDefault(int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))
                : found?[part];
        if (found is null)
            return;
        this[keep.Name] = found.ToString();
        if (keep.Name != "id" && Knows("id"))
            this[ItemOf(keep.Name)] = this["id"];
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Name();
}
