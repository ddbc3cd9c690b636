using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Api.Tests.Cli;

/// <summary>Counts of an import, as its last word has them.</summary>
sealed record Counts(long Read, long Recorded, long Known, long Refused, long Skipped, long Events);

/// <summary>How the program ended.</summary>
/// <param name="PeakKb">Most memory that it had; 0 where it was no process of its own.</param>
sealed record Ran(int Exit, string Out, string Error, long PeakKb)
{
    public Counts Counts
    {
        get
        {
            var json = Document;
            return new(
                json.GetProperty("read").GetInt64(),
                json.GetProperty("recorded").GetInt64(),
                json.GetProperty("known").GetInt64(),
                json.GetProperty("refused").GetInt64(),
                json.GetProperty("skipped").GetInt64(),
                json.GetProperty("events").GetInt64()
            );
        }
    }

    /// <summary>Standard output as exactly one JSON document.</summary>
    public JsonElement Document => Parsed(Out);

    public JsonElement[] Lines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parsed)];

    JsonElement Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"Not JSON: “{text}”. Standard error: {Error}", error);
        }
    }
}

/// <summary>The program: its command line in the process of the tests, which has compiled it already, or the built one
/// as a process of its own where that is the point (signals, memory, the environment).</summary>
static class LedgerProgram
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Api.dll");

    public static Process Start(params string[] arguments) => Process.Start(Prepare(arguments))!;

    /// <summary>How it is started, without anything of our own environment that it would read.</summary>
    public static ProcessStartInfo Prepare(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet"
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in Settings(start.Environment.Keys))
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        // As the tests themselves: it does not run long enough to pay for it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>Settings of the program in an environment; what the tests themselves are asked for stays.</summary>
    public static List<string> Settings(IEnumerable<string> environment) =>
        [
            .. environment.Where(name =>
                name.StartsWith("LEDGER_", StringComparison.Ordinal)
                && name != "LEDGER_APPROVE"
                && !name.StartsWith("LEDGER_YEAR_", StringComparison.Ordinal)
            ),
        ];

    /// <summary>Runs a command here, to its end.</summary>
    public static async Task<Ran> RunAsync(params string[] arguments)
    {
        var (exit, output, error) = await Consoles
            .RunAsync(() => Task.Run(() => Api.Cli.CommandLine.RunAsync(arguments)))
            .WaitAsync(Patience);
        return Said(new(exit, output, error, PeakKb: 0));
    }

    /// <summary>Runs it as a process of its own, to its end.</summary>
    public static async Task<Ran> RunAloneAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        var peak = PeakAsync(process.Id, patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        return Said(new(process.ExitCode, await output, await error, await peak));
    }

    /// <summary>A stack trace is never an answer to a user.</summary>
    static Ran Said(Ran ran)
    {
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", ran.Error, StringComparison.Ordinal);
        return ran;
    }

    /// <summary>The kernel's high-water mark, read until the process is gone.</summary>
    static async Task<long> PeakAsync(int id, CancellationToken stop)
    {
        long peak = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        try
        {
            do
            {
                var line = (await File.ReadAllLinesAsync($"/proc/{id}/status", stop)).FirstOrDefault(l =>
                    l.StartsWith("VmHWM:", StringComparison.Ordinal)
                );
                if (line is null)
                    return peak;
                peak = long.Parse(
                    line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture
                );
            } while (await tick.WaitForNextTickAsync(stop));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return peak;
        }
        return peak;
    }
}
