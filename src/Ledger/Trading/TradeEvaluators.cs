using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>How many cars a natural person has sold.</summary>
static class TradeEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [new("cars-in-year", CarsInYear), new("cars-undated", CarsUndated), new("cars-undated.v2", CarsUndatedAsTold)];

    /// <summary>A natural person's sales, in one calendar year, of cars held less than a year; this sale counts
    /// itself.</summary>
    static Outcome CarsInYear(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        if (f.Flag("sellerIsPerson") is not { } person)
            return Outcome.Missing("sellerKind");
        if (!person)
            return Outcome.Of(false, Inputs.None);
        if (f.Day("ownedSince") is not { } since)
            return Outcome.Missing("ownedSince");
        // Held less than one year: sold before the anniversary (rules.md §13.3).
        if (day >= ShanghaiDay.YearsOn(since, 1))
            return Outcome.Of(false, Inputs.None);
        if (f.Number("carsSoldBefore") is not { } before)
            return Outcome.Missing("carsSoldBefore");
        var limit = long.Parse(p["limit"], CultureInfo.InvariantCulture);
        return Outcome.Of(before + 1 >= limit, Inputs.None.And("carsThisYear", before + 1).And("limit", limit));
    }

    /// <summary>As many sales in one calendar year of cars that the person may have held less than a year: nobody said
    /// since when he held this one, or one before.</summary>
    static Outcome CarsUndated(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        if (f.Flag("sellerIsPerson") is not { } person)
            return Outcome.Missing("sellerKind");
        if (!person || f.Day("ownedSince") is { } since && day >= ShanghaiDay.YearsOn(since, 1))
            return Outcome.Of(false, Inputs.None);
        var undated = f.Number("undatedBefore") ?? 0;
        var all = (f.Number("carsSoldBefore") ?? 0) + undated + 1;
        var limit = long.Parse(p["limit"], CultureInfo.InvariantCulture);
        return Outcome.Of(
            all >= limit && (undated > 0 || f.Day("ownedSince") is null),
            Inputs.None.And("carsThisYear", all).And("limit", limit)
        );
    }

    /// <summary>Counts that nobody told are at least none: where that already makes a hit it is one, else nobody
    /// knows.</summary>
    static Outcome CarsUndatedAsTold(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        var least = CarsUndated(f, p, day);
        return
            least.Result is Result.Pass
            && f.Flag("sellerIsPerson") is true
            && !(f.Day("ownedSince") is { } since && day >= ShanghaiDay.YearsOn(since, 1))
            && (f.Number("carsSoldBefore") is null || f.Number("undatedBefore") is null)
            ? Outcome.Missing("carsSoldBefore", "undatedBefore")
            : least;
    }
}
