using System.Text.Json.Nodes;

namespace Fuzz;

/// <summary>One operation of the document.</summary>
/// <param name="Path">With its places in braces.</param>
public sealed record Operation(string Method, string Path, JsonNode Node)
{
    public string Name => $"{Method} {Path}";

    /// <summary>The document's own example of a body; null where it takes none.</summary>
    public JsonObject? Example =>
        Node["requestBody"]?["content"]?["application/json"]?["example"]?.DeepClone().AsObject();

    /// <summary>What the document says of a body.</summary>
    public JsonNode? BodySchema => Node["requestBody"]?["content"]?["application/json"]?["schema"];

    /// <summary>Codes of the roles that may; none where it is a reading.</summary>
    public IReadOnlyList<string> Commands => [.. (Node["x-commands"]?.AsArray() ?? []).Select(c => (string)c!)];

    public IReadOnlyList<string> Roles => [.. (Node["x-roles"]?.AsArray() ?? []).Select(r => (string)r!)];

    /// <summary>Names of parameters in the path, the query or the headers.</summary>
    public IEnumerable<string> Parameters(string place) =>
        (Node["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == place).Select(p => (string)p!["name"]!);

    /// <summary>What the document says of an answer; null where it does not know the status.</summary>
    public JsonObject? Answer(int status) => Node["responses"]?[$"{status}"]?.AsObject();
}

/// <summary>The service's own description of itself (OpenAPI 3.1).</summary>
public sealed class ApiDocument
{
    readonly JsonNode root;

    public ApiDocument(string json)
    {
        root = JsonNode.Parse(json)!;
        Operations =
        [
            .. root["paths"]!
                .AsObject()
                .SelectMany(p =>
                    p.Value!.AsObject().Select(o => new Operation(o.Key.ToUpperInvariant(), p.Key, o.Value!))
                ),
        ];
        Schemas = new(root["components"]!["schemas"]!.AsObject());
    }

    public IReadOnlyList<Operation> Operations { get; }

    public SchemaCheck Schemas { get; }

    /// <summary>The operation that a request asks for; null where the document has none of its path.</summary>
    public Operation? Match(string method, string target)
    {
        var path = target.Split('?')[0];
        var sent = (path.EndsWith('/') ? path[..^1] : path).Split('/');
        return Operations
            .Where(o => o.Method == method && Fits(o.Path.TrimEnd('/').Split('/'), sent))
            // A word of the path comes before a place.
            .MinBy(o => o.Path.Count(c => c == '{'));
    }

    static bool Fits(string[] places, string[] sent) =>
        places.Length == sent.Length
        && places
            .Zip(sent)
            .All(p =>
                p.First.StartsWith('{')
                    ? p.Second is not ("." or "..")
                    : p.First.Equals(p.Second, StringComparison.OrdinalIgnoreCase)
            );
}
