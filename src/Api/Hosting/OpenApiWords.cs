using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Lists;
using Ledger;
using Ledger.Kernel;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Api.Hosting;

/// <summary>What an operation says of itself: a summary, an example, its refusals.</summary>
sealed record OperationWords(string Summary, object? Example, string[] Refusals);

/// <summary>A command that an operation gives, with who may.</summary>
sealed record GivenCommand(Permit Permit);

static partial class OpenApiWords
{
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint,
        string summary,
        object? example,
        params string[] refusals
    ) => endpoint.WithMetadata(new OperationWords(summary, example, refusals)).WithSummary(summary);

    /// <summary>The same of an operation that gives a command: who may is in the document too.</summary>
    public static RouteHandlerBuilder Describe<TCommand>(
        this RouteHandlerBuilder endpoint,
        string summary,
        object? example,
        params string[] refusals
    )
        where TCommand : LedgerCommand => endpoint.Describe(summary, example, refusals).AlsoGives<TCommand>();

    /// <summary>A body may say that it is this command.</summary>
    public static RouteHandlerBuilder AlsoGives<TCommand>(this RouteHandlerBuilder endpoint)
        where TCommand : LedgerCommand => endpoint.WithMetadata(new GivenCommand(Modules.Permits[typeof(TCommand)]));

    /// <summary>Which commands an operation gives.</summary>
    const string Commands = "x-commands";

    /// <summary>What the document says of the whole.</summary>
    public static Task Introduce(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken stop
    )
    {
        document.Info.Title = "Trade ledger for second-hand goods";
        document.Info.Version = "v1";
        document.Info.Description = "Commands record events; lists read views. docs/contract.md is its specification.";
        // The host that gave the document.
        document.Servers = [new() { Url = "/" }];
        // Nobody is asked who they are: callers state it (contract.md §3).
        document.Security = [new()];
        foreach (var (method, operation) in document.Paths.Values.SelectMany(p => p.Operations ?? []))
            if (method == HttpMethod.Post && operation.Extensions?.ContainsKey(Commands) is true)
                AddEnvelope(operation, document);
        return Task.CompletedTask;
    }

    /// <summary>What the body of every command may say beside its own members.</summary>
    static void AddEnvelope(OpenApiOperation operation, OpenApiDocument document)
    {
        if (
            operation.RequestBody?.Content is not { } content
            || content["application/json"].Schema is not OpenApiSchemaReference { Reference.Id: { } id }
            || document.Components?.Schemas?[id] is not OpenApiSchema body
        )
            throw new InvalidOperationException($"{operation.OperationId} has no schema of its body.");
        body.Properties ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, isList, says) in BodyEnvelope.Members)
            body.Properties.TryAdd(
                name,
                new OpenApiSchema
                {
                    Type = isList ? JsonSchemaType.Array : JsonSchemaType.String,
                    Items = isList ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
                    Description = says,
                }
            );
    }

    static JsonNodeExtension Texts(IEnumerable<string> texts) =>
        new(new JsonArray([.. texts.Select(t => (JsonNode)t)]));

    /// <summary>Puts the words into the document: example, refusals with their sentences, and the headers of
    /// contract.md §3.</summary>
    public static Task Transform(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken stop
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<OperationWords>().FirstOrDefault() is not { } words)
            return Task.CompletedTask;
        var path = context.Description.RelativePath ?? "";
        operation.OperationId = IdOf(context.Description.HttpMethod ?? "get", path);
        var lines = words
            .Refusals.Select(RefusalCatalog.Find)
            .OfType<RefusalLine>()
            .Select(r => $"* `{r.Code}` ({Status(r)}): {r.En.Title} · {r.Zh.Title}")
            .ToList();
        List<string> said = [];
        Permit[] given = [.. metadata.OfType<GivenCommand>().Select(g => g.Permit)];
        if (given is [var permit, ..])
        {
            said.Add($"Who may: {RoleTable.Codes(permit.Roles)}{(permit.TwoPersons ? ", two persons" : "")}.");
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions["x-roles"] = Texts(RoleTable.Of(permit.Roles).Select(r => r.Code));
            operation.Extensions[Commands] = Texts(
                given.Select(g => JsonNamingPolicy.KebabCaseLower.ConvertName(g.Command.Name))
            );
        }
        if (lines.Count > 0)
            said.Add("Refusals beside the common ones:\n\n" + string.Join('\n', lines));
        if (said.Count > 0)
            operation.Description = string.Join("\n\n", said);
        operation.Parameters ??= [];
        if (metadata.OfType<Signable>().Any())
            AddSigning(operation);
        if (words.Example is not null)
        {
            if (operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var json))
                json.Example = Examples.Node(words.Example);
            operation.Parameters.Add(
                Header("Idempotency-Key", "One per command; repeat it to settle an unknown outcome.", required: true)
            );
            operation.Parameters.Add(Header("If-Match", "The version that was read, as ETag.", required: false));
            operation.Parameters.Add(Query("receipt"));
        }
        foreach (var (name, says) in Who(path, isCommand: words.Example is not null))
            operation.Parameters.Add(Header(name, says, required: false));
        foreach (Match place in PathNames().Matches(path))
        {
            var name = place.Groups[1].Value;
            if (operation.Parameters.All(p => p.Name != name || p.In is not ParameterLocation.Path))
                operation.Parameters.Add(
                    new OpenApiParameter
                    {
                        Name = name,
                        In = ParameterLocation.Path,
                        Required = true,
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    }
                );
        }
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            if (PathExamples.TryGetValue(parameter.Name ?? "", out var example))
                parameter.Example = example;
        foreach (
            var parameter in metadata.OfType<LedgerList>().FirstOrDefault()?.Parameters
                ?? metadata.OfType<QueryMetadata>().FirstOrDefault()?.Parameters
                ?? []
        )
            operation.Parameters.Add(OpenApiQuery.Of(parameter));
        if (words.Example is null && OpenApiAnswers.IsList(context.Description))
            operation.Parameters.Add(OpenApiQuery.Format);
        OpenApiAnswers.AddTo(operation, context);
        return Task.CompletedTask;
    }

    /// <summary>Name of an operation: its method and the words of its path, e.g.
    /// <c>postItemsByIdInspections</c>.</summary>
    static string IdOf(string method, string path) =>
        method.ToLowerInvariant()
        + string.Concat(
            path.Split('/')
                .Skip(2)
                .Select(part => part.Split(':')[0].Trim('{', '}'))
                .Zip(path.Split('/').Skip(2), (word, part) => (part.StartsWith('{') ? "By-" : "") + word)
                .SelectMany(word => word.Split('-'))
                .Where(word => word.Length > 0)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );

    /// <summary>A thing that is not there: 404 where the path names it.</summary>
    static string Status(RefusalLine line) =>
        line.Code.EndsWith("-not-found", StringComparison.Ordinal)
            ? "404, 422 where the body names it"
            : $"{line.Status}";

    static void AddSigning(OpenApiOperation operation)
    {
        operation.Description = $"{PartyDeeds.Note}\n\n{operation.Description}".TrimEnd();
        operation.Parameters!.Add(
            Header(PartyDeeds.KeyHeader, "With prepare: thumbprint of the key that will sign.", required: false)
        );
        foreach (var name in (string[])["prepare", "role"])
            operation.Parameters.Add(Query(name));
    }

    static readonly Dictionary<string, string> PathExamples = new()
    {
        ["id"] = "vin:LSVAM4187C2184847",
        ["code"] = "MK-510100-0001",
        ["eventId"] = "00000000-0000-8000-8000-000000000000",
        ["listingId"] = "00000000-0000-8000-8000-000000000000",
        ["tradeId"] = "00000000-0000-8000-8000-000000000000",
        ["encumbranceId"] = "00000000-0000-8000-8000-000000000000",
        ["holdId"] = "00000000-0000-8000-8000-000000000000",
        ["ref"] = "MK-510100-0001",
        ["thumbprint"] = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        ["partId"] = "00000000-0000-8000-8000-000000000000",
    };

    /// <summary>Who acts or asks, taken at their word (contract.md §3).</summary>
    static IEnumerable<(string Name, string Says)> Who(string path, bool isCommand)
    {
        var recorded = Lists.LedgerLists.All.Any(l => l.IsRecorded && path == $"api/v1/{l.Path}");
        if (!isCommand && !recorded && !path.EndsWith("/credit-readers", StringComparison.Ordinal))
            yield break;
        yield return ("Ledger-Actor", "Who acts: party id or reference. Absent: local.");
        yield return ("Ledger-Role", "Code of the role, e.g. CLK: one of those who may. Absent: ADM.");
        yield return ("Ledger-Site", "Where: a market's or station's code.");
        if (isCommand)
            yield return ("Ledger-Second-Actor", "The second person, where an act needs two; another than the first.");
        else if (recorded)
        {
            yield return ("Ledger-Purpose", "Why it is asked, as purpose; stands on the reader's record.");
            yield return ("Ledger-Basis", "The article of law, as basis; stands on the reader's record.");
            yield return ("Ledger-Case", "The matter that it is asked for; stands on the reader's record.");
        }
    }

    [GeneratedRegex(@"\{(\w+)(?::\w+)?\}")]
    private static partial Regex PathNames();

    static OpenApiParameter Query(string name) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    static OpenApiParameter Header(string name, string description, bool required) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
