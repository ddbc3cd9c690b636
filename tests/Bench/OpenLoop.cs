using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using HdrHistogram;

namespace Bench;

/// <summary>An open loop: commands arrive when they were meant to, whether or not those before them are answered. Who
/// waits for a free caller waits at the cost of the figure.</summary>
static class OpenLoop
{
    const int WarmUpSeconds = 1,
        Digits = 3;

    /// <param name="rate">Arrivals a second, with exponential gaps.</param>
    /// <param name="one">One durable command; false where it does not count.</param>
    /// <returns>Latencies in stopwatch ticks, each from the time its command was meant to start.</returns>
    public static async Task<HistogramBase> RunAsync(
        int callers,
        double rate,
        int seconds,
        Random random,
        Func<int, Task<bool>> one
    )
    {
        var arrivals = Channel.CreateUnbounded<long>(new() { SingleWriter = true });
        var taken = Empty();
        var started = Stopwatch.GetTimestamp();
        var counted = started + WarmUpSeconds * Stopwatch.Frequency;
        var pace = Task.Factory.StartNew(
            () => Pace(arrivals.Writer, started, counted + seconds * Stopwatch.Frequency, rate, random),
            TaskCreationOptions.LongRunning
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        await foreach (var meant in arrivals.Reader.ReadAllAsync())
                            if (await one(caller) && meant >= counted)
                                taken.RecordValue(Stopwatch.GetTimestamp() - meant);
                    })
                )
        );
        await pace;
        return taken;
    }

    public static HistogramBase Of(IEnumerable<long> ticks)
    {
        var taken = Empty();
        foreach (var t in ticks)
            taken.RecordValue(t);
        return taken;
    }

    /// <summary>A round's figure is its median; the percentiles are those of all rounds together.</summary>
    public static Figures FiguresOf(IReadOnlyList<HistogramBase> rounds, string name, string? version = null)
    {
        var all = Empty();
        foreach (var round in rounds)
            all.Add(round);
        double At(HistogramBase of, double percent) =>
            Math.Round(of.GetValueAtPercentile(percent) * 1e3 / Stopwatch.Frequency, 3);
        double[] medians = [.. rounds.Select(r => At(r, 50)).Order()];
        return new(
            medians[medians.Length / 2],
            medians[0],
            medians[^1],
            At(all, 50),
            At(all, 99),
            At(all, 99.9),
            name,
            version
        );
    }

    /// <summary>Up to an hour; callers write into it side by side.</summary>
    static LongConcurrentHistogram Empty() => new(1, 3_600 * Stopwatch.Frequency, Digits);

    /// <summary>On a thread of its own, so that a busy thread pool makes no arrival late.</summary>
    static void Pace(ChannelWriter<long> arrivals, long started, long end, double rate, Random random)
    {
        double meant = started;
        while ((meant -= Math.Log(1 - random.NextDouble()) / rate * Stopwatch.Frequency) < end)
        {
            var ahead = (meant - Stopwatch.GetTimestamp()) * 1e6 / Stopwatch.Frequency;
            if (ahead >= 1)
                _ = usleep((uint)ahead);
            arrivals.TryWrite((long)meant);
        }
        arrivals.Complete();
    }

    // The framework sleeps whole milliseconds, which is longer than a gap; spinning would take one of two cores.
    [DllImport("libc")]
    static extern int usleep(uint microseconds);
}
