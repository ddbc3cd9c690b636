using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

public sealed class Describing_the_api(RunningService running)
{
    async Task<JsonNode> DocumentAsync() =>
        (await (await running.CallerAsync()).GetAsync("/openapi/v1.json")).Is(200).Json;

    static IEnumerable<(string Name, string Path, string Method, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!
            .AsObject()
            .SelectMany(p =>
                p.Value!.AsObject().Select(o => ($"{o.Key.ToUpperInvariant()} {p.Key}", p.Key, o.Key, o.Value!))
            );

    [Fact]
    public async Task It_is_OpenAPI_3_1() =>
        Assert.StartsWith("3.1.", (string?)(await DocumentAsync())["openapi"], StringComparison.Ordinal);

    [Fact]
    public async Task It_is_as_approved()
    {
        var text = (await (await running.CallerAsync()).GetAsync("/openapi/v1.json")).Is(200).Text;
        Assert.Null(Approved.Differs(text, "openapi.approved.json"));
    }

    [Fact]
    public async Task Every_operation_has_a_summary() =>
        Assert.Empty(
            Operations(await DocumentAsync())
                .Where(o => string.IsNullOrWhiteSpace((string?)o.Operation["summary"]))
                .Select(o => o.Name)
        );

    [Fact]
    public async Task Every_command_has_an_example() =>
        Assert.Empty(
            Operations(await DocumentAsync())
                .Where(o => o.Method == "post" && Example(o.Operation) is null)
                .Select(o => o.Name)
        );

    [Fact]
    public async Task Every_command_names_its_key_and_its_refusals()
    {
        var commands = Operations(await DocumentAsync()).Where(o => o.Method == "post").ToList();
        Assert.NotEmpty(commands);
        foreach (var (name, _, _, operation) in commands)
        {
            var answers = operation["responses"]!.AsObject().Select(r => r.Key).ToList();
            foreach (var status in (string[])[Good(name), "400", "409", "422"])
                Assert.True(answers.Contains(status), $"{name} lacks {status}");
            Assert.Contains(
                operation["parameters"]!.AsArray(),
                p => (string?)p!["name"] == "Idempotency-Key" && (bool?)p["required"] == true
            );
        }
    }

    /// <summary>What a command answers that was taken: what it made. A reading that stands on record answers what was
    /// read.</summary>
    static string Good(string name) => name == Reading ? "200" : "201";

    const string Reading = "POST /api/v1/parties/{ref}/credit-readings";

    static IEnumerable<string> Lacking(JsonNode document, string method, params string[] statuses) =>
        Operations(document)
            .Where(o => o.Method == method)
            .SelectMany(o =>
                statuses.Where(s => o.Operation["responses"]![s] is null).Select(s => $"{o.Name} lacks {s}")
            );

    [Fact]
    public async Task Every_operation_names_what_it_answers_beside_its_good_answer()
    {
        var document = await DocumentAsync();
        Assert.Empty(Lacking(document, "get", "200", "400", "405", "414", "431", "503"));
        Assert.Equal([$"{Reading} lacks 201"], Lacking(document, "post", "201"));
        Assert.Empty(
            Lacking(document, "post", "200", "400", "405", "409", "412", "413", "414", "415", "422", "431", "503")
        );
        foreach (var (name, path, _, operation) in Operations(document))
            if (path.Contains('{', StringComparison.Ordinal))
                foreach (var status in (string[])["404", "422"])
                    Assert.True(operation["responses"]![status] is not null, $"{name} lacks {status}");
    }

    static IEnumerable<string> Media(JsonNode operation) =>
        operation["responses"]!["200"]?["content"]?.AsObject().Select(c => c.Key) ?? [];

    [Fact]
    public async Task Every_list_can_be_saved_and_says_so()
    {
        var lists = Operations(await DocumentAsync())
            .Where(o => o.Method == "get")
            .Where(o =>
                (
                    (string?)o.Operation["responses"]!["200"]?["content"]?["application/json"]?["schema"]?["$ref"]
                )?.Contains("/ListAnswer", StringComparison.Ordinal) == true
            )
            .ToList();
        Assert.InRange(lists.Count, 20, int.MaxValue);
        foreach (var (name, _, _, operation) in lists)
        {
            var media = Media(operation).ToList();
            Assert.True(media.Contains("text/csv"), $"{name} lacks CSV");
            Assert.True(
                media.Contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                $"{name} lacks XLSX"
            );
            Assert.True(operation["responses"]!["406"] is not null, $"{name} lacks 406");
        }
    }

    [Fact]
    public async Task A_bundle_is_a_zip() =>
        Assert.Equal(
            ["/api/v1/items/{id}/bundle", "/api/v1/items/{id}/bundles/{bundle}"],
            Operations(await DocumentAsync())
                .Where(o => Media(o.Operation).Contains("application/zip"))
                .Select(o => o.Path)
        );

    [Fact]
    public async Task Every_read_with_parameters_names_its_refusals() =>
        Assert.Empty(
            Operations(await DocumentAsync())
                .Where(o => o.Method == "get")
                .Where(o => o.Operation["parameters"]?.AsArray().Any(p => (string?)p!["in"] == "query") == true)
                .Where(o => o.Operation["responses"]!.AsObject().All(r => r.Key != "400"))
                .Select(o => o.Name)
        );

    [Fact]
    public async Task Examples_that_need_nothing_before_them_are_taken()
    {
        var caller = await running.CallerAsync();
        var document = await DocumentAsync();
        var registered = await caller.PostAsync("/api/v1/items", Text(document, "/api/v1/items"));
        registered.Is(201);
        (await caller.PostAsync("/api/v1/markets", Text(document, "/api/v1/markets"))).Is(201);
        foreach (
            var deed in (string[])
                [
                    "identifiers",
                    "inspections",
                    "odometer-readings",
                    "repairs",
                    "disclosures",
                    "brands",
                    "media",
                    "intakes",
                    "account-unlinkings",
                    "listings",
                    "trades",
                    "encumbrances",
                    "holds",
                ]
        )
        {
            var body = Text(document, $"/api/v1/items/{{id}}/{deed}");
            (await caller.PostAsync($"{registered.Location}/{deed}", body)).Is(201);
        }
    }

    [Fact]
    public async Task Every_parameter_of_a_path_is_described()
    {
        foreach (var (name, path, _, operation) in Operations(await DocumentAsync()))
        {
            var named = path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}').Split(':')[0]);
            var described = operation["parameters"]
                ?.AsArray()
                .Where(p => (string?)p!["in"] == "path")
                .Select(p => (string?)p!["name"]);
            foreach (var parameter in named)
                Assert.True(described?.Contains(parameter) == true, $"{name} does not describe {parameter}");
        }
    }

    static JsonNode? Example(JsonNode operation) =>
        operation["requestBody"]?["content"]?["application/json"]?["example"];

    static string Text(JsonNode document, string path)
    {
        var paths = document["paths"]!.AsObject();
        var operations = paths[path] ?? paths[path + "/"];
        Assert.True(operations is not null, $"{path} is not among {string.Join(" ", paths.Select(p => p.Key))}");
        return Example(operations["post"]!)!.ToJsonString();
    }
}
