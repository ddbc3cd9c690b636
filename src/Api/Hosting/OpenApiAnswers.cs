using Api.Lists;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Api.Hosting;

/// <summary>Every answer that an operation gives, beside those that its endpoint names: by what kind it is.</summary>
static class OpenApiAnswers
{
    /// <summary>What decides which answers an operation gives.</summary>
    sealed record Kind(bool IsCommand, bool IsList, bool HasPlace, bool Filters, bool AnswersAnEvent);

    /// <param name="HasBody">Problem details; else the server refuses it before the service sees it, without a
    /// body.</param>
    sealed record Line(string Status, string Says, Func<Kind, bool> Of, bool HasBody = true);

    static readonly Line[] Lines =
    [
        new("400", "Not HTTP, not JSON, a member or a parameter that is not as it must be", _ => true),
        new("404", "What the path names is not there", k => k.HasPlace),
        new("405", "Another method than those of this address", _ => true),
        new("406", "None of the media types that are accepted", k => k.IsList),
        new("414", "The address is too long", _ => true, HasBody: false),
        new("422", "A value that cannot be", k => k.HasPlace || k.Filters),
        new("428", "If-Match is missing", k => k is { IsCommand: true, AnswersAnEvent: true }),
        new("431", "The headers are too large", _ => true, HasBody: false),
        new("503", "The database is away, the queue is full, or a view is behind: try again", _ => true),
    ];

    /// <summary>Adds the common answers, and the media types that a list is saved in.</summary>
    public static void AddTo(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var description = context.Description;
        var answers = operation.Responses ??= [];
        var kind = new Kind(
            description.HttpMethod == "POST",
            IsList(description),
            description.RelativePath?.Contains('{', StringComparison.Ordinal) == true,
            operation.Parameters?.Any(p => p.In is ParameterLocation.Query) == true,
            description.RelativePath?.Contains("/events/", StringComparison.Ordinal) == true
        );
        foreach (var line in Lines.Where(l => l.Of(kind)))
            answers.TryAdd(line.Status, Problem(line, context));
        if (answers.ContainsKey("201"))
            AddRepeat(answers, context);
        if (kind.IsList && answers["200"].Content is { } saved)
        {
            saved[ListAnswers.Csv] = Text();
            saved[ListAnswers.Xlsx] = Binary();
        }
        foreach (var said in description.ActionDescriptor.EndpointMetadata)
            if (said is AlsoAs also && answers["200"] is OpenApiResponse good)
                (good.Content ??= new Dictionary<string, OpenApiMediaType>())[also.MediaType] =
                    also.MediaType == Zip ? Binary() : Text();
            else if (said is AlsoBare bare)
                answers.TryAdd(bare.Status, new OpenApiResponse { Description = bare.Says });
        operation.Responses = [];
        foreach (var (status, answer) in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            operation.Responses[status] = answer;
    }

    public const string Zip = "application/zip";

    /// <summary>An act that finds nothing left to do answers 200 with no events; so does a draft of a deed.</summary>
    static void AddRepeat(OpenApiResponses answers, OpenApiOperationTransformerContext context)
    {
        IOpenApiSchema done = new OpenApiSchemaReference(nameof(CommandAnswer), context.Document);
        IOpenApiSchema draft = new OpenApiSchemaReference(nameof(PreparedDeed), context.Document);
        answers["200"] = new OpenApiResponse
        {
            Description = answers.ContainsKey("200")
                ? "Nothing was left to do; or, with prepare, the deed to sign"
                : "Nothing was left to do",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = answers.ContainsKey("200") ? new OpenApiSchema { AnyOf = [done, draft] } : done,
                },
            },
        };
    }

    static OpenApiResponse Problem(Line line, OpenApiOperationTransformerContext context) =>
        new()
        {
            Description = line.Says,
            Content = line.HasBody
                ? new Dictionary<string, OpenApiMediaType>
                {
                    [Problems.MediaType] = new()
                    {
                        Schema = new OpenApiSchemaReference(nameof(ProblemBody), context.Document),
                    },
                }
                : null,
        };

    static OpenApiMediaType Text() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    static OpenApiMediaType Binary() =>
        new()
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
        };

    /// <summary>Whether an operation answers a list, which can be saved.</summary>
    public static bool IsList(ApiDescription operation) => operation.SupportedResponseTypes.Any(r => IsList(r.Type));

    static bool IsList(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ListAnswer<>);

    /// <summary>A member that may be unknown is left out of an answer where it is; instants are text.</summary>
    public static Task Shape(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
            schema.Type = Nullable.GetUnderlyingType(type) is null
                ? JsonSchemaType.String
                : JsonSchemaType.String | JsonSchemaType.Null;
        // What comes in must be whole; only what goes out leaves unknowns away. A page says on its last page too that
        // there is no next.
        if (IsRequest(type) || IsList(type))
            return Task.CompletedTask;
        foreach (var member in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable))
            schema.Required?.Remove(member.Name);
        return Task.CompletedTask;
    }

    static bool IsRequest(Type type) =>
        type != typeof(ProblemBody) && type.Name.EndsWith("Body", StringComparison.Ordinal);
}

/// <summary>A further media type of an operation's good answer.</summary>
sealed record AlsoAs(string MediaType);

/// <summary>An answer without a body.</summary>
sealed record AlsoBare(string Status, string Says);
