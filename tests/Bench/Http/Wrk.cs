using System.Globalization;
using System.Text.Json;

namespace Bench.Http;

/// <summary>What one slice of load saw.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Answers">All of them.</param>
/// <param name="Failures">Answers other than 2xx, and connections that broke.</param>
sealed record HttpSample(double Rate, double P50, double P99, long Answers, long Failures);

/// <summary>Load from a process of its own by <c>wrk</c> (Debian's package).</summary>
static class Wrk
{
    /// <param name="script">Lua that makes each request.</param>
    public static async Task<HttpSample> RunAsync(Uri address, int connections, int seconds, string script)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script + Done);
        try
        {
            var said = await Conditions.RunAsync(
                "wrk",
                ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "30s", "-s", file, address.ToString()]
            );
            var line = said.Split('\n').Last(l => l.StartsWith('{'));
            using var json = JsonDocument.Parse(line);
            double Of(string name) => json.RootElement.GetProperty(name).GetDouble();
            return new(
                Of("answers") * 1e6 / Of("us"),
                Of("p50") / 1e3,
                Of("p99") / 1e3,
                (long)Of("answers"),
                (long)Of("failures")
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Registers an appliance under a key and a serial number that nobody used.</summary>
    /// <param name="run">Names this slice, so that no two share a key.</param>
    public static string Registering(string path, string run) =>
        $$"""
            local n = 0
            function request()
              n = n + 1
              return wrk.format("POST", "{{path}}", {
                ["Content-Type"] = "application/json", ["Idempotency-Key"] = "{{run}}-" .. n,
                ["Ledger-Actor"] = "MK-510104-0001", ["Ledger-Role"] = "CLK", ["Ledger-Site"] = "MK-510104-0001" },
                '{"category":"appliance","identifiers":["serial:BENCH/{{run}}x' .. n .. '"],"make":"海尔","model":"BCD-215"}')
            end

            """;

    /// <summary>Reads one thing after another.</summary>
    public static string Reading(IEnumerable<string> paths) =>
        $$"""
            local paths = { {{string.Join(',', paths.Select(p => $"\"{p}\""))}} }
            local n = 0
            function request()
              n = n + 1
              return wrk.format("GET", paths[n % #paths + 1])
            end

            """;

    const string Done = """
        function done(summary, latency)
          local e = summary.errors
          io.write(string.format('{"answers":%d,"us":%d,"p50":%d,"p99":%d,"failures":%d}\n', summary.requests,
            summary.duration, latency:percentile(50), latency:percentile(99),
            e.connect + e.read + e.write + e.status + e.timeout))
        end
        """;

    /// <summary>Medians over the rounds; the latencies are medians of each round's.</summary>
    public static Figures FiguresOf(IReadOnlyList<HttpSample> rounds, string? name = null)
    {
        double Median(Func<HttpSample, double> of)
        {
            double[] sorted = [.. rounds.Select(of).Order()];
            return Math.Round(sorted[sorted.Length / 2], 3);
        }
        return new(
            Math.Round(Median(r => r.Rate), 1),
            Math.Round(rounds.Min(r => r.Rate), 1),
            Math.Round(rounds.Max(r => r.Rate), 1),
            Median(r => r.P50),
            Median(r => r.P99),
            Name: name
        );
    }

    /// <exception cref="ConditionException">It is not installed.</exception>
    public static async Task NeedAsync()
    {
        try
        {
            await Conditions.RunAsync("sh", ["-c", "command -v wrk"]);
        }
        catch (ConditionException)
        {
            throw new ConditionException(
                string.Create(CultureInfo.InvariantCulture, $"wrk is missing: install Debian's package wrk.")
            );
        }
    }
}
