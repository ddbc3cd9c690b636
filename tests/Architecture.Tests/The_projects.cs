using Support;

namespace Architecture.Tests;

/// <summary>A project that nobody builds, runs or can find is none.</summary>
public sealed class The_projects
{
    static readonly string[] All =
    [
        .. Folders("src")
            .Concat(Folders("tests"))
            .SelectMany(f => Directory.EnumerateFiles(f, "*.csproj"))
            .Select(p => Path.GetRelativePath(Places.Root, p).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    static readonly string[] OfTests = [.. All.Where(p => p.StartsWith("tests/", StringComparison.Ordinal))];

    static IEnumerable<string> Folders(string of) =>
        Directory.EnumerateDirectories(Path.Combine(Places.Root, of), "*", SearchOption.AllDirectories);

    [Fact]
    public void are_those_of_the_solution() => Assert.Empty(Missing(All, "Ledger.sln", p => p.Replace('/', '\\')));

    [Fact]
    public void of_tests_are_named_in_their_readme() =>
        Assert.Empty(Missing(OfTests, "tests/README.md", p => $"`{Name(p)}`"));

    [Fact]
    public void have_their_packages_locked() =>
        Assert.Empty(
            All.Where(p => !File.Exists(Path.Combine(Places.Root, Path.GetDirectoryName(p)!, "packages.lock.json")))
        );

    /// <summary>No program of others is started by what must answer in seconds and needs nothing installed.</summary>
    [Theory]
    [InlineData("Ledger.Tests")]
    [InlineData("Architecture.Tests")]
    public void of_the_fast_loop_start_no_process_and_no_server(string project) => Assert.Empty(Starting(project));

    [Fact]
    public void the_probe_sees_the_foreign_programs_of_Peers_Tests() => Assert.NotEmpty(Starting("Peers.Tests"));

    [Fact]
    public void the_probe_sees_a_project_that_is_missing() =>
        Assert.Equal(
            ["tests/Nowhere.Tests/Nowhere.Tests.csproj"],
            Missing(["tests/Nowhere.Tests/Nowhere.Tests.csproj"], "tests/README.md", p => $"`{Name(p)}`")
        );

    static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    static IEnumerable<string> Missing(IEnumerable<string> projects, string file, Func<string, string> told)
    {
        var text = File.ReadAllText(Path.Combine(Places.Root, file));
        return projects.Where(p => !text.Contains(told(p), StringComparison.Ordinal));
    }

    static readonly string[] Starts =
    [
        "Peer.",
        "Process.Start",
        "ProcessStartInfo",
        "TestLedger.OpenAsync",
        "TestLedger.BuildAsync",
        "TestLedger.NewAsync",
        "TestService",
        "DatabaseServer",
    ];

    static IEnumerable<string> Starting(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(Places.Root, "tests", project), "*.cs", SearchOption.AllDirectories)
            .Where(p => Path.GetFileName(p) != "The_projects.cs")
            .Where(p =>
                File.ReadAllText(p) is var text && Starts.Any(word => text.Contains(word, StringComparison.Ordinal))
            )
            .Select(p => Path.GetRelativePath(Places.Root, p));
}
