using System.Diagnostics;
using Api.Tests.Saved;
using Support;

namespace Api.Tests.Proof;

/// <summary>The program of <c>ops/verifier</c>: one file, alone in a folder, without .NET, in an empty
/// environment.</summary>
public sealed class Verifying_without_the_ledger : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("ledger-verify-alone-").FullName;

    static string Built => Path.Combine(Places.Root, "artifacts", "verifier", "ledger-verify");

    public static TheoryData<string> Cases => [.. SavedLedger.Verdicts().Select(v => (string)v["name"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Says_what_the_ledger_says(string name)
    {
        var arguments = SavedLedger.Arguments(SavedLedger.Verdict(name));
        var expected = SavedLedger.Verify(arguments);
        var (exit, said, _) = await RunAsync([
            .. arguments
                .Skip(1)
                .Select(a => a.Contains('.', StringComparison.Ordinal) ? Path.Combine(SavedLedger.Folder, a) : a),
            "--json",
        ]);
        Assert.Equal(expected.ToJson(), said.Trim());
        Assert.Equal(expected.Valid ? 0 : 1, exit);
    }

    [Fact]
    public async Task Says_what_is_used_wrongly()
    {
        var (exit, _, error) = await RunAsync([
            "nothing.zip",
            "--policy",
            Path.Combine(SavedLedger.Folder, "policy.txt"),
        ]);
        Assert.Equal(2, exit);
        Assert.Contains("nothing.zip", error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync([])).Exit);
    }

    async Task<(int Exit, string Said, string Error)> RunAsync(IEnumerable<string> arguments)
    {
        Assert.True(File.Exists(Built), $"{Built} is missing: ./ops/verifier makes it.");
        var alone = Path.Combine(folder, "ledger-verify");
        File.Copy(Built, alone, overwrite: true);
        var start = new ProcessStartInfo(alone, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, said, await error);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
