using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Api.Lists;

/// <summary>Query parameters in the API document.</summary>
static class OpenApiQuery
{
    /// <summary>How a list is saved.</summary>
    public static OpenApiParameter Format =>
        new()
        {
            Name = "format",
            In = ParameterLocation.Query,
            Description = "Instead of an Accept header",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["json", "csv", "xlsx"] },
        };

    public static OpenApiParameter Of(QueryParameter p) =>
        new()
        {
            Name = p.Name,
            In = ParameterLocation.Query,
            Description = $"{p.Label.En} · {p.Label.Zh}",
            Schema = Schema(p),
        };

    static OpenApiSchema Schema(QueryParameter p)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        switch (p.Format)
        {
            case QueryFormat.Limit:
                (schema.Type, schema.Minimum, schema.Maximum) = (
                    JsonSchemaType.Integer,
                    "1",
                    p.Most.ToString(System.Globalization.CultureInfo.InvariantCulture)
                );
                break;
            case QueryFormat.Leaf:
                (schema.Type, schema.Minimum) = (JsonSchemaType.Integer, "0");
                break;
            case QueryFormat.Month:
                schema.Pattern = @"^\d{4}-\d{2}(-\d{2})?$";
                break;
            case QueryFormat.Day:
                schema.Format = "date";
                break;
            default:
                schema.MaxLength = p.MostCharacters;
                break;
        }
        if (p is { Options.Count: > 0, IsOpen: false })
            schema.Enum = [.. p.Options.Select(o => (JsonNode)o.Value)];
        // What else holds otherwise follows from the day on which it is asked.
        if (p.Format is QueryFormat.Limit)
            schema.Default = int.Parse(p.Otherwise!, System.Globalization.CultureInfo.InvariantCulture);
        else if (p.Options.Count > 0)
            schema.Default = p.Otherwise;
        return schema;
    }
}
