using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fuzz;

/// <summary>
/// Holds JSON against the schemas of the document. Stricter than JSON Schema in one thing: a member that the schema
/// does
/// not name is a fault, for a document that leaves out what is answered says only half. A word of a schema that is not
/// known here throws, so that none is passed over.
/// </summary>
public sealed class SchemaCheck(JsonObject schemas)
{
    const string Reference = "#/components/schemas/";

    static readonly HashSet<string> Known =
    [
        "$ref",
        "type",
        "format",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "oneOf",
        "anyOf",
        "description",
        "default",
        "example",
        "pattern",
        "minimum",
        "maximum",
        "nullable",
        "title",
    ];

    /// <returns>Null where the value is as the schema says, else the first place where it is not.</returns>
    public string? Differs(JsonNode? value, JsonNode? schema, string at = "$")
    {
        if (schema is null)
            return null;
        var says = Resolved(schema);
        foreach (var word in says)
            if (!Known.Contains(word.Key))
                throw new InvalidOperationException(
                    $"The schema at {at} has the word {word.Key}, which is not checked."
                );
        foreach (var several in (string[])["oneOf", "anyOf"])
            if (
                says[several] is JsonArray cases
                && cases.Select(c => Differs(value, c, at)).ToList() is var faults
                && faults.All(f => f is not null)
            )
                return faults[^1];
        if (says["type"] is { } type && !Types(type).Any(t => IsOf(value, t)))
            return $"{at} is {Short(value)}, not {type.ToJsonString()}";
        if (says["enum"] is JsonArray words && words.All(w => !JsonNode.DeepEquals(w, value)))
            return $"{at} is {Short(value)}, not one of {words.ToJsonString()}";
        return value switch
        {
            JsonObject members => Members(members, says, at),
            JsonArray list => list.Select(
                    (element, i) => Differs(element, says["items"], $"{at}[{i.ToString(CultureInfo.InvariantCulture)}]")
                )
                .FirstOrDefault(fault => fault is not null),
            JsonValue text when text.GetValueKind() is JsonValueKind.String => Form((string)text!, says, at),
            _ => null,
        };
    }

    string? Members(JsonObject members, JsonObject says, string at)
    {
        foreach (var name in says["required"]?.AsArray() ?? [])
            if (!members.ContainsKey((string)name!))
                return $"{at} lacks {name}";
        // Free members: nothing is said of them, or what each of them is.
        var (named, free) = (says["properties"] as JsonObject, says["additionalProperties"]);
        foreach (var (name, value) in members)
            if (named?[name] is { } schema)
            {
                if (Differs(value, schema, $"{at}.{name}") is { } fault)
                    return fault;
            }
            else if (free is JsonObject each)
            {
                if (Differs(value, each, $"{at}.{name}") is { } fault)
                    return fault;
            }
            else if (named is not null)
                return $"{at} has {name}, which the document does not name";
        return null;
    }

    static string? Form(string text, JsonObject says, string at) =>
        (string?)says["format"] switch
        {
            "uuid" when !Guid.TryParseExact(text, "D", out _) => $"{at} is “{text}”, no UUID",
            "date"
                when !DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                ) => $"{at} is “{text}”, no date",
            "date-time"
                when !text.EndsWith('Z') || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) =>
                $"{at} is “{text}”, no instant in UTC",
            _ => null,
        };

    static IEnumerable<string> Types(JsonNode type) =>
        type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];

    static bool IsOf(JsonNode? value, string type) =>
        (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("null", JsonValueKind.Null) => true,
            ("string", JsonValueKind.String) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value!.ToJsonString().All(c => c is '-' || char.IsAsciiDigit(c)),
            _ => false,
        };

    /// <summary>The schema itself, where another stands for it.</summary>
    public JsonObject Resolved(JsonNode schema)
    {
        var says = schema.AsObject();
        while ((string?)says["$ref"] is { } named)
            says = (
                schemas[named[Reference.Length..]] ?? throw new InvalidOperationException($"There is no {named}.")
            ).AsObject();
        return says;
    }

    static string Short(JsonNode? value) => (value?.ToJsonString() ?? "null") is var t && t.Length > 80 ? t[..80] : t;
}
