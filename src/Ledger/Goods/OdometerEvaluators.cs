using System.Collections.Immutable;
using System.Globalization;
using Ledger.Rules;
using Params = System.Collections.Immutable.ImmutableSortedDictionary<string, string>;

namespace Ledger.Goods;

/// <summary>Whether a reading fits the ones before it (rules.md §5). No Chinese statute is known to us; the plausible
/// kilometres a span are thresholds of the rules, to be configured.</summary>
static class OdometerEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("reading-not-below", NotBelow),
        new("reading-growth-possible", GrowthPossible),
        new("reading-growth-possible.v2", AsTold(GrowthPossible)),
        new("reading-not-tenfold", NotTenfold),
        new("reading-not-tenfold.v2", AsTold(NotTenfold)),
        new("reading-not-in-miles", NotInMiles),
        new("reading-not-in-miles.v2", AsTold(NotInMiles)),
    ];

    /// <summary>Lower than an earlier accepted value.</summary>
    public static Outcome NotBelow(Inputs f, Params p, DateOnly day) =>
        f.Number("valueKm") is not { } value ? Outcome.Missing("valueKm")
        : f.Number("lastKm") is not { } last ? Outcome.Missing("lastKm")
        : Outcome.Of(value < last, Seen(value, last));

    /// <summary>More kilometres than the span since the last accepted reading allows.</summary>
    public static Outcome GrowthPossible(Inputs f, Params p, DateOnly day) =>
        Series(f) is not var (value, last, span)
            ? NothingBefore
            : Outcome.Of(value - last > Most(span, p), Seen(value, last).And("days", span).And("most", Most(span, p)));

    /// <summary>A digit too many or too few: ten times as much, or a tenth, would fit.</summary>
    public static Outcome NotTenfold(Inputs f, Params p, DateOnly day) =>
        Series(f) is not var (value, last, span)
            ? NothingBefore
            : Outcome.Of(
                !Fits(value, last, span, p) && (Fits(value / 10, last, span, p) || Fits(value * 10, last, span, p)),
                Seen(value, last)
            );

    /// <summary>Read in miles: times 1.609344 it would fit.</summary>
    public static Outcome NotInMiles(Inputs f, Params p, DateOnly day) =>
        Series(f) is not var (value, last, span)
            ? NothingBefore
            : Outcome.Of(
                value < last && Fits((long)((Int128)value * 1_609_344 / 1_000_000), last, span, p),
                Seen(value, last)
            );

    /// <summary>A first reading has nothing before it to fit, and <c>odo-rollback</c> says so; of one whose value or
    /// span nobody told nothing is known.</summary>
    public static Evaluate AsTold(Evaluate evaluate) =>
        (f, p, day) =>
            f.Number("valueKm") is null ? Outcome.Missing("valueKm")
            : f.Number("lastKm") is not null && f.Number("days") is null ? Outcome.Missing("days")
            : evaluate(f, p, day);

    /// <summary>A first reading has nothing to fit; <c>odo-rollback</c> says so.</summary>
    static Outcome NothingBefore => Outcome.Of(false, Inputs.None);

    static (long Value, long Last, long Span)? Series(Inputs f) =>
        f.Number("valueKm") is { } value && f.Number("lastKm") is { } last && f.Number("days") is { } days
            ? (value, last, Math.Max(days, 0))
            : null;

    static bool Fits(long value, long last, long span, Params p) => value >= last && value - last <= Most(span, p);

    /// <summary>The limit of the shortest span that holds the days; beyond a year, of all that have begun.</summary>
    static long Most(long days, Params p) =>
        days <= 1 ? Km(p, "day")
        : days <= 7 ? Km(p, "week")
        : days <= 31 ? Km(p, "month")
        : Km(p, "year") * ((days + 365) / 366);

    static long Km(Params p, string span) => long.Parse(p[span], CultureInfo.InvariantCulture);

    static Inputs Seen(long value, long last) => Inputs.None.And("valueKm", value).And("lastKm", last);
}
