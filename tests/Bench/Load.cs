using System.Diagnostics;

namespace Bench;

/// <summary>A closed loop: each caller sends the next one when it has its answer.</summary>
static class Load
{
    const int WarmUpSeconds = 1;

    /// <param name="one">One durable command; false where it does not count.</param>
    public static async Task<Sample> RunAsync(int callers, int seconds, Func<int, Task<bool>> one)
    {
        await SliceAsync(callers, WarmUpSeconds, one);
        return await SliceAsync(callers, seconds, one);
    }

    /// <summary>Without a warm-up: the next slice of a load that goes on.</summary>
    public static async Task<Sample> SliceAsync(int callers, int seconds, Func<int, Task<bool>> one)
    {
        var started = Stopwatch.GetTimestamp();
        var end = started + seconds * Stopwatch.Frequency;
        var latencies = await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        var mine = new List<long>();
                        for (long before; (before = Stopwatch.GetTimestamp()) < end; )
                            if (await one(caller))
                                mine.Add(Stopwatch.GetTimestamp() - before);
                        return mine;
                    })
                )
        );
        var all = latencies.SelectMany(l => l).ToList();
        return new(all.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, all);
    }

    /// <summary>What one core can do: the same again, in batches of <paramref name="each"/>.</summary>
    public static Sample OnOneCore(int seconds, int each, Action<int> batch)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = new List<long>();
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            var before = Stopwatch.GetTimestamp();
            batch(latencies.Count);
            latencies.Add(Stopwatch.GetTimestamp() - before);
        }
        return new(latencies.Count * each / Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }
}

/// <summary>Ranks by Zipf's law with exponent 1: the first of n is drawn as often as the rest of its kin
/// allows.</summary>
sealed class Zipf
{
    readonly double[] sums;

    public Zipf(int n)
    {
        sums = new double[n];
        for (var (i, sum) = (0, 0.0); i < n; i++)
            sums[i] = sum += 1.0 / (i + 1);
    }

    /// <summary>A rank below <paramref name="among"/>.</summary>
    public int Next(Random random, int among)
    {
        var n = Math.Min(among, sums.Length);
        var at = Array.BinarySearch(sums, 0, n, random.NextDouble() * sums[n - 1]);
        return Math.Min(at < 0 ? ~at : at, n - 1);
    }
}
