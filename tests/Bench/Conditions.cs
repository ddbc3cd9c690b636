using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Support;

namespace Bench;

/// <summary>Something that must be so for a figure to count is not.</summary>
sealed class ConditionException(string message) : Exception(message);

/// <summary>What a figure was taken under: asked of the server that took the load, before and after.</summary>
static class Conditions
{
    static readonly string[] Durable = ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"];

    /// <exception cref="ConditionException">The server would lose commits faster than ours may.</exception>
    public static async Task<Dictionary<string, object>> AssertAsync(string connection)
    {
        var found = new Dictionary<string, object>();
        await using var source = NpgsqlDataSource.Create(connection);
        foreach (var name in (string[])[.. Durable, "server_version"])
        {
            await using var show = source.CreateCommand($"show {name}");
            found[name == "server_version" ? "pg" : name] = (string)(await show.ExecuteScalarAsync())!;
        }
        foreach (var name in Durable)
            if ((string)found[name] != "on")
                throw new ConditionException($"{name} is {found[name]}: no figure taken so would count.");
        found["pg"] = ((string)found["pg"]).Split(' ')[0];
        found["dotnet"] = Environment.Version.ToString();
        found["marten"] = typeof(Marten.DocumentStore).Assembly.GetName().Version!.ToString(3);
        found["cpu"] = Cpu();
        found["cores"] = Environment.ProcessorCount;
        found["mem_gb"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        found["fs"] = await RunAsync("stat", ["-f", "-c", "%T", Places.Root]);
        found["fdatasync_us"] = await SyncAsync();
        found["loadavg"] = File.ReadAllText("/proc/loadavg").Split(' ')[..3].Select(Number).ToArray();
        found["commit"] = await RunAsync("git", ["-C", Places.Root, "rev-parse", "--short", "HEAD"]);
        return found;
    }

    static string Cpu() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            is { } line
            ? line.Split(':', 2)[1].Trim()
            : "unknown";

    /// <summary>One second of <c>pg_test_fsync</c> where the load is written.</summary>
    static async Task<double> SyncAsync()
    {
        var file = Path.Combine(Places.Root, "artifacts", $"fsync-{Environment.ProcessId}");
        var text = await RunAsync(PgTool("pg_test_fsync"), ["-s", "1", "-f", file]);
        File.Delete(file);
        var first = Regex.Match(text, @"fdatasync\s+[\d.]+ ops/sec\s+(\d+) usecs");
        return first.Success ? Number(first.Groups[1].Value) : -1;
    }

    /// <summary>A tool of the newest server that is installed.</summary>
    public static string PgTool(string name) =>
        Directory
            .GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(d => Number(Path.GetFileName(d)))
            .Select(d => Path.Combine(d, "bin", name))
            .FirstOrDefault(File.Exists)
        ?? throw new ConditionException($"{name} is not installed.");

    /// <returns>Standard output without its last line feed.</returns>
    public static async Task<string> RunAsync(
        string program,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.TrimEnd()
            : throw new ConditionException($"{Path.GetFileName(program)}: {(await error).Trim()}");
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
