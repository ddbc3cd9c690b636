using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Rules;

/// <summary>Pure and total: facts, thresholds and the law's day in; a result out. One serves many rules.</summary>
public delegate Outcome Evaluate(Inputs facts, ImmutableSortedDictionary<string, string> p, DateOnly day);

/// <summary>Every evaluator by name. One that changes gets a new name, its version behind it; the old one stays for the
/// rule sets that name it (<see cref="RuleSets"/>).</summary>
public static class Evaluators
{
    public static FrozenDictionary<string, Evaluate> All { get; } =
        new Dictionary<string, Evaluate>
        {
            ["vin-check"] = VinCheck,
            ["imei-check"] = (f, _, _) => EachOf(f, "imei", Imei.CheckFits),
            ["tag-check"] = (f, _, _) => EachOf(f, "tag", LedgerTag.CheckFits),
            ["battery-shape"] = (f, _, _) => EachOf(f, "battery", BatteryCode.HasShape),
            ["flag-set"] = FlagSet,
            ["flag-unset"] = FlagUnset,
            ["limit-day-reached"] = LimitDayReached,
            ["last-year-begun"] = LastYearBegun,
            ["use-change-possible"] = UseChangePossible,
            ["fields-disclosed"] = FieldsDisclosed,
            ["cars-in-year"] = CarsInYear,
            ["cars-undated"] = CarsUndated,
            ["cars-undated.v2"] = CarsUndatedAsTold,
            ["data-cleared"] = DataCleared,
            ["data-cleared.v2"] = DataClearedAsTold,
            ["grade-follows-score"] = GradeFollowsScore,
            ["reading-not-below"] = OdometerEvaluators.NotBelow,
            ["reading-growth-possible"] = OdometerEvaluators.GrowthPossible,
            ["reading-growth-possible.v2"] = OdometerEvaluators.AsTold(OdometerEvaluators.GrowthPossible),
            ["reading-not-tenfold"] = OdometerEvaluators.NotTenfold,
            ["reading-not-tenfold.v2"] = OdometerEvaluators.AsTold(OdometerEvaluators.NotTenfold),
            ["reading-not-in-miles"] = OdometerEvaluators.NotInMiles,
            ["reading-not-in-miles.v2"] = OdometerEvaluators.AsTold(OdometerEvaluators.NotInMiles),
            [WipeEvaluators.SupportedBefore] = WipeEvaluators.LevelSupported,
            [WipeEvaluators.Supported] = WipeEvaluators.LevelSupportedAsTold,
            ["technique-for-medium"] = WipeEvaluators.TechniqueForMedium,
            ["duration-plausible"] = WipeEvaluators.DurationPlausible,
            ["duration-plausible.v2"] = WipeEvaluators.DurationPlausibleAsTold,
            ["consent-before-start"] = WipeEvaluators.ConsentBeforeStart,
            ["sample-large-enough"] = WipeEvaluators.SampleLargeEnough,
            ["sample-large-enough.v2"] = WipeEvaluators.SampleLargeEnoughAsTold,
            ["year-before-limit"] = ExportEvaluators.YearBeforeLimit,
            ["span-at-most"] = ExportEvaluators.SpanAtMost,
            ["day-covers"] = ExportEvaluators.DayCovers,
            ["past-last-day"] = ExportEvaluators.PastLastDay,
            ["past-last-day.v2"] = ExportEvaluators.PastLastDayAsTold,
            ["number-at-most"] = ExportEvaluators.NumberAtMost,
            ["texts-equal"] = ExportEvaluators.Same,
            ["nothing-listed"] = ExportEvaluators.NothingListed,
            ["confirmed-while-young"] = ExportEvaluators.ConfirmedWhileYoung,
            ["inspected-if"] = ExportEvaluators.InspectedIf,
            ["destination-takes"] = ExportEvaluators.DestinationTakes,
            ["consented-or-public"] = CreditEvaluators.ConsentedOrPublic,
            ["told-before"] = CreditEvaluators.ToldBefore,
            ["told-before.v2"] = CreditEvaluators.ToldBeforeAsTold,
            ["no-banned-class"] = CreditEvaluators.NoBannedClass,
            ["ends-with-years"] = CreditEvaluators.EndsWithYears,
            ["ends-with-years.v2"] = CreditEvaluators.EndsWithYearsAsTold,
            ["ends-with-tier"] = CreditEvaluators.EndsWithTier,
            ["ends-with-tier.v2"] = CreditEvaluators.EndsWithTierAsTold,
            ["least-publicity-over"] = CreditEvaluators.LeastPublicityOver,
            ["car-warranty-long-enough"] = AfterSaleEvaluators.CarWarranty,
            ["number-at-least"] = AfterSaleEvaluators.NumberAtLeast,
            ["threefold-damages"] = AfterSaleEvaluators.ThreefoldDamages,
            ["threefold-damages.v2"] = AfterSaleEvaluators.ThreefoldDamagesAsTold,
            ["code-known"] = ExportEvaluators.CodeKnown,
            ["uscc-shape"] = (f, _, _) => Code(f, Uscc.HasShape),
            ["uscc-check"] = (f, _, _) => Code(f, c => !Uscc.HasShape(c) || Uscc.CheckFits(c)),
            ["organisation-check"] = (f, _, _) => Code(f, c => !Uscc.HasShape(c) || Uscc.OrganisationCheckFits(c)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

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

    /// <summary>A person has no code: nothing is wrong with it.</summary>
    static Outcome Code(Inputs f, Func<string, bool> fits) =>
        f.Text("uscc") is { } code
            ? Outcome.Of(!fits(code), Inputs.None.And("value", Bounds.Short(code)))
            : Outcome.Of(false, Inputs.None);

    /// <summary>Several of one kind stand in one input, parted by <c>;</c>; what failed is counted, not
    /// quoted.</summary>
    static Outcome EachOf(Inputs f, string kind, Func<string, bool> fits)
    {
        var failing = (f.Text(kind) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Count(v => !fits(v));
        return Outcome.Of(failing > 0, Inputs.None.And("failing", failing));
    }

    static Outcome FlagSet(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Flag(p["fact"]) is { } set ? Outcome.Of(set, Inputs.None.And(p["fact"], set)) : Outcome.Missing(p["fact"]);

    static Outcome FlagUnset(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Flag(p["fact"]) is { } set ? Outcome.Of(!set, Inputs.None.And(p["fact"], set)) : Outcome.Missing(p["fact"]);

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

    static Outcome FieldsDisclosed(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Number("disclosedFields") is { } answered
            ? Outcome.Of(
                answered < long.Parse(p["fields"], CultureInfo.InvariantCulture),
                Inputs.None.And("disclosedFields", answered).And("fields", p["fields"])
            )
            : Outcome.Missing("disclosedFields");

    static Outcome DataCleared(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Flag("bearsData") is not true && p.GetValueOrDefault("asked") is not "always"
            ? Outcome.Of(false, Inputs.None)
            : Outcome.Of(
                f.Text("dataState") is not ("cleared" or "none" or "gone"),
                Inputs.None.And("dataState", f.Text("dataState"))
            );

    /// <summary>Whether it bears data has to be known before what may lie on it can be passed over.</summary>
    static Outcome DataClearedAsTold(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        var said = DataCleared(f, p, day);
        return
            said.Result is Result.Pass
            && f.Flag("bearsData") is null
            && f.Text("dataState") is not ("cleared" or "none" or "gone")
            ? Outcome.Missing("bearsData")
            : said;
    }

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
