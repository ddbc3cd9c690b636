using Support;

namespace Peers.Tests;

/// <summary>Programs by others that read the API document, which a test holds against what is served
/// (<c>Describing_the_api</c>).</summary>
public sealed class Peers_of_the_API_document
{
    static readonly NodePackages Packages = new("openapi", "@redocly/cli, openapi-typescript, typescript");
    static readonly string Document = Path.Combine(Places.Root, "tests/Api.Tests/Http/openapi.approved.json");

    [Fact]
    public async Task Redocly_finds_no_error() => Assert.Equal((0, ""), await LintAsync(Document));

    [Fact]
    public async Task The_probe_finds_a_reference_that_leads_nowhere()
    {
        var broken = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        var text = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            broken,
            text.Replace("#/components/schemas/ProblemBody", "#/components/schemas/Nothing", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        try
        {
            Assert.NotEqual(0, (await LintAsync(broken)).Exit);
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [Fact]
    public async Task TypeScript_takes_the_types_that_are_made_of_it()
    {
        var (made, output, error) = await Packages.RunAsync(
            "",
            "node_modules/openapi-typescript/bin/cli.js",
            Document,
            "-o",
            "api.ts"
        );
        Assert.True(made == 0, output + error);
        // A caller as a stranger writes one: a filter that there is, and one that there is not.
        await File.WriteAllTextAsync(
            Path.Combine(Packages.Folder, "caller.ts"),
            """
            import type { paths } from "./api";
            type Filters = NonNullable<paths["/api/v1/regulator/alerts"]["get"]["parameters"]["query"]>;
            export const asked: Filters = { kind: "odometer", limit: 20 };
            // @ts-expect-error there is no such filter
            export const wrong: Filters = { colour: "red" };
            """,
            TestContext.Current.CancellationToken
        );
        var (exit, said, _) = await Packages.RunAsync(
            "",
            "node_modules/typescript/bin/tsc",
            "--noEmit",
            "--strict",
            "--lib",
            "es2022",
            "caller.ts",
            "api.ts"
        );
        Assert.True(exit == 0, said);
    }

    /// <summary>Exit code, and the errors; warnings are no fault.</summary>
    static async Task<(int Exit, string Errors)> LintAsync(string document)
    {
        var (exit, output, error) = await Packages.RunAsync(
            "",
            "node_modules/@redocly/cli/bin/cli.js",
            "lint",
            document,
            "--max-problems",
            "20"
        );
        return (exit, exit == 0 ? "" : output + error);
    }
}
