using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench;

/// <summary>One side of a line: rates of its rounds, and latencies in milliseconds where they were taken.</summary>
sealed record Figures(
    double Median,
    double Min,
    double Max,
    double? P50 = null,
    double? P99 = null,
    double? P999 = null,
    string? Name = null,
    string? Version = null
)
{
    public static Figures Of(IReadOnlyList<Sample> rounds, string? name = null, string? version = null)
    {
        double[] rates = [.. rounds.Select(r => r.Rate).Order()];
        long[] ticks = [.. rounds.SelectMany(r => r.Latencies).Order()];
        double? At(double share) =>
            ticks.Length == 0
                ? null
                : Math.Round(
                    ticks[(int)(share * (ticks.Length - 1))] * 1e3 / System.Diagnostics.Stopwatch.Frequency,
                    3
                );
        return new(
            Round(rates[rates.Length / 2]),
            Round(rates[0]),
            Round(rates[^1]),
            At(.5),
            At(.99),
            At(.999),
            name,
            version
        );
    }

    /// <summary>Of times that are the figure themselves, in milliseconds.</summary>
    public static Figures OfTimes(IEnumerable<double> milliseconds, string? name = null)
    {
        double[] times = [.. milliseconds.Order().Select(ms => Math.Round(ms, 3))];
        var median = times[times.Length / 2];
        return new(median, times[0], times[^1], median, times[(int)(.99 * (times.Length - 1))], Name: name);
    }

    static double Round(double rate) => Math.Round(rate, 1);
}

/// <param name="Rate">Per second.</param>
/// <param name="Latencies">Stopwatch ticks.</param>
sealed record Sample(double Rate, IReadOnlyList<long> Latencies);

sealed record Bound(double Ratio, bool Met);

sealed record Correct(long Acknowledged, long Found, bool Gapless, bool RootRecomputed, long Duplicates)
{
    [JsonIgnore]
    public bool Holds => Acknowledged == Found && Gapless && RootRecomputed && Duplicates == 0;
}

/// <summary>A line of <c>DIR/&lt;scenario&gt;.json</c>, in the shape of operations.md §8.</summary>
sealed record Line(string Scenario, string Metric, string Case, string Unit, Figures? Ours)
{
    public string Better { get; init; } = "higher";
    public Figures? Peer { get; init; }

    /// <summary>Why there is no peer, or no figure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
    public double? Ratio =>
        Ours is null || Peer is not { Median: > 0 } ? null : Math.Round(Ours.Median / Peer.Median, 3);
    public Bound? Floor { get; init; }
    public Bound? Goal { get; init; }

    /// <summary>0: as many as the run has.</summary>
    public int Rounds { get; init; }
    public string Order { get; init; } = "";
    public int Seed { get; init; }
    public bool Quick { get; init; }

    /// <summary>Events that the ledger under test held before this was measured; told among the conditions.</summary>
    [JsonIgnore]
    public long EventsBefore { get; init; }
    public JsonElement Conditions { get; init; }
    public Correct? Correct { get; init; }
    public string At { get; init; } = "";

    /// <summary>With the bounds that its ratio is held against.</summary>
    public Line Against(double? floor, double? goal = null) =>
        this with
        {
            Floor = floor is { } f ? new(f, Ratio >= f) : null,
            Goal = goal is { } g ? new(g, Ratio >= g) : null,
        };

    /// <summary>With a floor that is a rate itself, not a ratio.</summary>
    public Line AtLeast(double rate) => this with { Floor = new(rate, Ours?.Median >= rate) };

    /// <summary>With a floor that is the most it may be.</summary>
    public Line AtMost(double most) => this with { Better = "lower", Floor = new(most, Ours?.Median <= most) };
}
