using System.Diagnostics;
using System.Globalization;
using System.Text;
using Support;

namespace Faults;

/// <summary>Runs the tests, prints their lines, writes the file.</summary>
static class Suite
{
    const string Head = """
        | test | fault | times | acknowledged | lost | twice | holes | receipts that fail | audit | s to write again, median | worst | 503 | log kB |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    /// <returns>0 where nothing was lost, nothing is there twice, and everything was written again.</returns>
    public static async Task<int> RunAsync(Settings settings)
    {
        var root = Directory.CreateTempSubdirectory("ledger-faults-").FullName;
        try
        {
            var outcomes = new List<Outcome>();
            foreach (var test in settings.Tests)
                if (await RunAsync(test, new(root, settings)) is { } outcome)
                {
                    outcomes.Add(outcome);
                    foreach (var wrong in outcome.Wrong)
                        Console.Error.WriteLine($"{test}: {wrong}");
                }
            var table = string.Join('\n', [Head, .. outcomes.Select(o => o.Line)]);
            Console.WriteLine(table);
            if (settings.Out is { } folder)
                await File.WriteAllTextAsync(
                    Path.Combine(folder, "FAULTS.md"),
                    await ReportAsync(settings, outcomes, table)
                );
            return outcomes.All(o => o.IsGood && o.IsSoon) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    static async Task<Outcome?> RunAsync(string test, Scene scene)
    {
        switch (test)
        {
            case "T1":
                return await Tests.KillTheServiceAsync(scene);
            case "T2":
                return await Tests.KillPostgresAsync(scene);
            case "N2":
                return await Tests.RestartUnderTwoNodesAsync(scene);
            case "T6" when Environment.IsPrivilegedProcess:
                return await Tests.FillTheDiskAsync(scene);
            default:
                Console.Error.WriteLine($"{test} was left out: a disk of its own is mounted by root.");
                return null;
        }
    }

    static async Task<string> ReportAsync(Settings settings, IReadOnlyList<Outcome> outcomes, string table)
    {
        var text = new StringBuilder();
        text.AppendLine("# Faults")
            .AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"Written by `ops/faults {string.Join(' ', settings.Tests)} --kills {settings.Kills} --write` on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {await SaidAsync("git", "-C", Places.Root, "rev-parse", "--short", "HEAD")}:"
            )
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} (writers, service and server share them), {await SaidAsync(Server(), "--version")}, .NET {Environment.Version}, {settings.Writers} writers with keys, seed {settings.Seed}."
            )
            .AppendLine(
                "A writer sends each key until it is answered, 0.1 s between. Wanted: 0 lost, 0 twice, 0 holes, every receipt verifies offline, `audit` ok, written again within 6 s."
            )
            .AppendLine()
            .AppendLine(table)
            .AppendLine();
        foreach (var outcome in outcomes)
        foreach (var wrong in outcome.Wrong)
            text.AppendLine(CultureInfo.InvariantCulture, $"* {outcome.Test}: {wrong}");
        text.AppendLine(
            "After each test the check itself is checked: a missing event, a command twice, a missing leaf, and a receipt for another place are planted in the record, and each must be found."
        );
        return text.ToString();
    }

    static string Server() =>
        Directory
            .GetDirectories("/usr/lib/postgresql")
            .Select(d => Path.Combine(d, "bin", "postgres"))
            .Where(File.Exists)
            .OrderByDescending(p => p.Length)
            .ThenByDescending(p => p, StringComparer.Ordinal)
            .FirstOrDefault()
        ?? "postgres";

    static async Task<string> SaidAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }
}
