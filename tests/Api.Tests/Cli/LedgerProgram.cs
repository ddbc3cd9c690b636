using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Api.Tests.Cli;

/// <summary>Counts of an import, as its last word has them.</summary>
sealed record Counts(long Read, long Recorded, long Known, long Refused, long Skipped, long Events);

/// <summary>How the program ended.</summary>
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

/// <summary>The built program, run as a process of its own.</summary>
static class LedgerProgram
{
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
        foreach (
            var name in start.Environment.Keys.Where(k => k.StartsWith("LEDGER_", StringComparison.Ordinal)).ToList()
        )
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    /// <summary>Runs it to its end; a stack trace is never an answer to a user.</summary>
    public static async Task<Ran> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
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
        var ran = new Ran(process.ExitCode, await output, await error, await peak);
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
