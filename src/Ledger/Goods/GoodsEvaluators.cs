using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>What rules ask of an item: identifiers, scrap limit, disclosure, grade.</summary>
static class GoodsEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("vin-check", VinCheck),
        new("imei-check", (f, _, _) => EachOf(f, "imei", Imei.CheckFits)),
        new("tag-check", (f, _, _) => EachOf(f, "tag", LedgerTag.CheckFits)),
        new("battery-shape", (f, _, _) => EachOf(f, "battery", BatteryCode.HasShape)),
        new("limit-day-reached", LimitDayReached),
        new("last-year-begun", LastYearBegun),
        new("use-change-possible", UseChangePossible),
        new("fields-disclosed", FieldsDisclosed),
        new("grade-follows-score", GradeFollowsScore),
    ];

    /// <summary>An item has one VIN as a rule; where several stand, the first that fails is told.</summary>
    static Outcome VinCheck(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        foreach (var vin in (f.Text("vin") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (Vin.HasShape(vin) && Vin.IsStrict(vin) == (p["origin"] == "strict") && !Vin.CheckFits(vin))
                return Outcome.Of(
                    true,
                    Inputs.None.And("found", vin[8].ToString()).And("computed", Vin.CheckDigit(vin).ToString())
                );
        return Outcome.Of(false, Inputs.None);
    }

    /// <summary>Several of one kind stand in one input, parted by <c>;</c>; what failed is counted, not
    /// quoted.</summary>
    static Outcome EachOf(Inputs f, string kind, Func<string, bool> fits)
    {
        var failing = (f.Text(kind) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Count(v => !fits(v));
        return Outcome.Of(failing > 0, Inputs.None.And("failing", failing));
    }

    static Outcome LimitDayReached(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Text("scrapLimit") == "none" ? Outcome.Of(false, Inputs.None)
        : f.Day("scrapLimit") is { } limit ? Outcome.Of(day >= limit, Inputs.None.And("limit", limit).And("day", day))
        : Outcome.Missing("scrapCategory", "firstRegistered");

    /// <summary>Within one year of the limit, that day included; from the limit on another rule speaks.</summary>
    static Outcome LastYearBegun(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Text("scrapLimit") == "none" ? Outcome.Of(false, Inputs.None)
        : f.Day("scrapLimit") is { } limit
            ? Outcome.Of(
                day < limit && day >= ShanghaiDay.YearsOn(limit, -1),
                Inputs.None.And("limit", limit).And("day", day)
            )
        : Outcome.Missing("scrapCategory", "firstRegistered");

    /// <summary>The limit that the new use brings must lie ahead.</summary>
    static Outcome UseChangePossible(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Text("yearsAllowed") == "none" ? Outcome.Of(false, Inputs.None)
        : f.Number("yearsAllowed") is { } allowed && f.Number("yearsUsed") is { } used
            ? Outcome.Of(allowed <= used, Inputs.None.And("yearsAllowed", allowed).And("yearsUsed", used))
        : Outcome.Missing("yearsAllowed", "yearsUsed");

    static Outcome FieldsDisclosed(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Number("disclosedFields") is { } answered
            ? Outcome.Of(
                answered < long.Parse(p["fields"], CultureInfo.InvariantCulture),
                Inputs.None.And("disclosedFields", answered).And("fields", p["fields"])
            )
            : Outcome.Missing("disclosedFields");

    /// <summary>GB/T 30323: ≥ 90 → 1, 60 → 2, 20 → 3, below → 4; an accident car is 5 whatever the score.</summary>
    static Outcome GradeFollowsScore(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        if (
            f.Number("scoreTenths") is not { } score
            || f.Number("grade") is not { } grade
            || f.Flag("accident") is not { } accident
        )
            return Outcome.Missing("scoreTenths", "grade", "accident");
        var follows =
            accident ? 5
            : score >= 900 ? 1
            : score >= 600 ? 2
            : score >= 200 ? 3
            : 4;
        return Outcome.Of(grade != follows, Inputs.None.And("grade", grade).And("follows", follows));
    }
}
