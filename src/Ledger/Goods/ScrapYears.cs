using System.Collections.Frozen;

namespace Ledger.Goods;

/// <summary>Years of compulsory scrapping by category (规定 table, rules.md §4.1) and the limit day that
/// follows.</summary>
public static class ScrapYears
{
    /// <summary>Category code → years; null: no limit of years.</summary>
    public static FrozenDictionary<string, int?> ByCategory { get; } =
        new Dictionary<string, int?>
        {
            ["taxi-small"] = 8,
            ["taxi-mid"] = 10,
            ["taxi-large"] = 12,
            ["rental"] = 15,
            ["driving-school-small"] = 10,
            ["driving-school-mid"] = 12,
            ["driving-school-large"] = 15,
            ["bus"] = 13,
            ["commercial-passenger-small"] = 10,
            ["commercial-passenger-mid"] = 15,
            ["commercial-passenger-large"] = 15,
            ["school-bus"] = 15,
            ["private-small"] = null,
            ["private-mid"] = 20,
            ["private-large"] = 20,
            ["private-large-sedan"] = null,
            ["truck-micro"] = 12,
            ["truck-dangerous-goods"] = 10,
            ["truck-other"] = 15,
            ["low-speed-truck-single"] = 9,
            ["low-speed-truck-multi"] = 12,
            ["special-with-cargo"] = 15,
            ["special-without-cargo"] = 30,
            ["trailer-full"] = 10,
            ["semi-trailer-dangerous-goods"] = 10,
            ["semi-trailer-container"] = 20,
            ["semi-trailer-other"] = 15,
            ["motor-tricycle"] = 12,
            ["motorcycle"] = 13,
            ["wheeled-special-machinery"] = null,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Years after a change of use (rules.md §4.2). Small and micro non-commercial to commercial: ⌊U + (1 − U/17)·L⌋,
    /// at most 15, where U is the years used, begun ones counted, and L the limit of the new use; from 17 years on the
    /// second term is none. Others: the shorter rule of the commercial side stays.
    /// </summary>
    /// <returns>Null: no limit of years.</returns>
    public static int? AfterUseChange(string from, string to, int yearsUsed)
    {
        var (old, next) = (ByCategory.GetValueOrDefault(from), ByCategory.GetValueOrDefault(to));
        if (from == "private-small" && next is { } limit)
            return Math.Min(15, yearsUsed + Math.Max(0, 17 - yearsUsed) * limit / 17);
        // Once commercial, a car keeps that limit; what becomes commercial gets it.
        return IsCommercial(from) ? old : next;
    }

    /// <summary>Years from one day to another, a begun one counted: exactly two years are two.</summary>
    public static int YearsBegun(DateOnly from, DateOnly to)
    {
        var years = Math.Max(0, to.Year - from.Year);
        return Kernel.ShanghaiDay.YearsOn(from, years) < to ? years + 1 : years;
    }

    static bool IsCommercial(string category) => !category.StartsWith("private-", StringComparison.Ordinal);

    /// <summary>The first day past the limit as rule input: a day, <c>none</c> where there is no limit, null where
    /// unknown.</summary>
    public static string? Limit(string? scrapCategory, DateOnly? firstRegistered) =>
        scrapCategory is null || !ByCategory.TryGetValue(scrapCategory, out var years) ? null
        : years is null ? "none"
        : firstRegistered is { } start ? Kernel.Instants.Text(Kernel.ShanghaiDay.YearsOn(start, years.Value))
        : null;
}
