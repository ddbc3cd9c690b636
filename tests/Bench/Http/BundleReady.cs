using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bench.Http;

/// <summary>How long an exporter waits on a busy ledger: from the acknowledgement of an item's newest event to the
/// bundle that shows it, while others register without a pause.</summary>
static class BundleReady
{
    const int Readers = 4,
        Writers = 8;

    /// <summary>The most it may take, at the 99th percentile (proof.md §7).</summary>
    const double MostMs = 3_000;

    /// <param name="things">Paths of items that may get further events.</param>
    /// <param name="postAsync">Records something, with a key of its own.</param>
    public static async Task<Line> RunAsync(
        Served service,
        IReadOnlyList<string> things,
        Settings settings,
        Func<HttpClient, string, string, object, Task<HttpResponseMessage>> postAsync
    )
    {
        var seconds = settings.Seconds * settings.Rounds;
        var busy = Wrk.RunAsync(service.Address, Writers, seconds, Wrk.Registering("/api/v1/items", "busy"));
        var until = Stopwatch.GetTimestamp() + seconds * Stopwatch.Frequency;
        var took = new List<double>[Readers];
        var shown = 0;
        async Task ReadAsync(int reader)
        {
            took[reader] = [];
            using var client = new HttpClient { BaseAddress = service.Address };
            for (var n = 0; Stopwatch.GetTimestamp() < until; n++)
            {
                var path = things[(reader + n * Readers) % things.Count];
                var reading = new
                {
                    valueKm = 10_000 + n,
                    observedOn = "2026-02-01",
                    source = "desk",
                };
                using var done = await postAsync(client, $"{path}/odometer-readings", $"ready-{reader}-{n}", reading);
                var answer = await done.Content.ReadFromJsonAsync<JsonElement>();
                var acknowledged = Stopwatch.GetTimestamp();
                using var bundle = await client.GetAsync($"{path}/bundle");
                var bytes = await bundle.Content.ReadAsByteArrayAsync();
                took[reader].Add(Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds);
                if (bundle.IsSuccessStatusCode && Shows(bytes, answer.GetProperty("version").GetInt64()))
                    Interlocked.Increment(ref shown);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(ReadAsync));
        var load = await busy;
        double[] all = [.. took.SelectMany(t => t)];
        var figures = Figures.OfTimes(all, $"{load.Rate:F0} commands/s beside it");
        Console.Error.WriteLine($"S3 bundle ready: {all.Length} bundles, p99 {figures.P99:F0} ms, {figures.Name}");
        return new Line("S3", "bundle_ready_ms", $"newest event, {Writers} writers", "ms", figures)
        {
            Better = "lower",
            Rounds = 1,
            Reason = "what the design promises is its limit",
            Floor = new(MostMs, figures.P99 <= MostMs),
            Correct = new(all.Length, shown, true, true, 0),
        };
    }

    /// <summary>Whether the newest event of the item is in it, by its manifest's entries.</summary>
    static bool Shows(byte[] zip, long version)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.GetEntry($"events/{version:0000}.sdjwt") is not null;
    }
}
