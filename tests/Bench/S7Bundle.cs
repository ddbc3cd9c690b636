using System.Diagnostics;
using Api;
using Ledger.Store.Exporting;

namespace Bench;

/// <summary>How long a reader waits for <c>verify</c>: the whole process, from its start to its exit code.</summary>
static class S7Bundle
{
    const int Least = 20;
    const double MostMs = 100;

    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Api");

    public static async Task<Line> RunAsync(RealLog log, Server server, Settings settings)
    {
        var policy = log.Folder.PolicyFile;
        var (bundle, refusal) = await new Bundles(log.Ledger.Node).MakeAsync(
            log.Item,
            BundleWish.Default,
            await File.ReadAllBytesAsync(policy),
            default
        );
        if (bundle is not { Events: RealLog.ItemEvents })
            throw new InvalidOperationException($"No bundle of the item: {refusal?.Code}");
        var (good, spoilt) = (Path.Combine(server.Folder, "good.zip"), Path.Combine(server.Folder, "spoilt.zip"));
        await File.WriteAllBytesAsync(good, bundle.Bytes);
        var random = new Random(settings.Seed);
        List<double> ours = [],
            start = [];
        var (asked, right) = (0, 0);
        async Task<double> RunAsync(int exit, params string[] arguments)
        {
            var (ended, ms) = await ProcessAsync(arguments);
            asked++;
            right += ended == exit ? 1 : 0;
            return ms;
        }
        // Whole rounds, and enough of them; the first run of each side only warms the disk.
        for (var n = 0; n <= Math.Max(Least, settings.Rounds); n++)
        {
            var verified = await RunAsync(0, "verify", good, "--policy", policy);
            var started = await RunAsync(0, "--version");
            await File.WriteAllBytesAsync(spoilt, Spoilt(bundle.Bytes, random));
            await RunAsync(1, "verify", spoilt, "--policy", policy);
            if (n == 0)
                continue;
            ours.Add(verified);
            start.Add(started);
        }
        Console.Error.WriteLine($"S7 bundle of {bundle.Bytes.Length} bytes: {ours.Count} runs");
        return new Line("S7", "bundle_verify_ms", $"events={RealLog.ItemEvents}", "ms", Figures.OfTimes(ours))
        {
            Peer = Figures.OfTimes(start, "start of the same program alone"),
            Rounds = ours.Count,
            Order = "ABAB",
            EventsBefore = (long)bundle.Size,
            Correct = new(asked, right, true, true, 0),
        }.AtMost(MostMs);
    }

    /// <summary>One byte is another one.</summary>
    static byte[] Spoilt(byte[] bytes, Random random)
    {
        byte[] other = [.. bytes];
        other[random.Next(other.Length)] ^= (byte)random.Next(1, 256);
        return other;
    }

    static async Task<(int Exit, double Ms)> ProcessAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var before = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, Stopwatch.GetElapsedTime(before).TotalMilliseconds);
    }
}
