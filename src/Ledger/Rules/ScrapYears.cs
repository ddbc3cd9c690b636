using System.Collections.Frozen;

namespace Ledger.Rules;

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

    /// <summary>The first day past the limit as rule input: a day, <c>none</c> where there is no limit, null where
    /// unknown.</summary>
    public static string? Limit(string? scrapCategory, DateOnly? firstRegistered) =>
        scrapCategory is null || !ByCategory.TryGetValue(scrapCategory, out var years) ? null
        : years is null ? "none"
        : firstRegistered is { } start ? Kernel.Instants.Text(Kernel.ShanghaiDay.YearsOn(start, years.Value))
        : null;
}
