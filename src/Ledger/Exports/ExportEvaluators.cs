using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
using Ledger.Rules;
using Params = System.Collections.Immutable.ImmutableSortedDictionary<string, string>;

namespace Ledger.Exports;

/// <summary>What the rules of export ask (rules.md §6). Spans of days are differences of dates, the last day
/// included.</summary>
static class ExportEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("year-before-limit", YearBeforeLimit),
        new("span-at-most", SpanAtMost),
        new("day-covers", DayCovers),
        new("past-last-day", PastLastDay),
        new("past-last-day.v2", PastLastDayAsTold),
        new("number-at-most", NumberAtMost),
        new("texts-equal", Same),
        new("nothing-listed", NothingListed),
        new("confirmed-while-young", ConfirmedWhileYoung),
        new("inspected-if", InspectedIf),
        new("destination-takes", DestinationTakes),
        new("code-known", CodeKnown),
    ];

    /// <summary>At scrap standard, or a year or less before it.</summary>
    internal static Outcome YearBeforeLimit(Inputs f, Params p, DateOnly day) =>
        f.Text("scrapLimit") == "none" ? Outcome.Of(false, Inputs.None)
        : f.Day("scrapLimit") is { } limit
            ? Outcome.Of(day >= ShanghaiDay.YearsOn(limit, -1), Inputs.None.And("limit", limit).And("day", day))
        : Outcome.Missing("scrapCategory", "firstRegistered");

    /// <summary>From one day to another, more days than allowed.</summary>
    internal static Outcome SpanAtMost(Inputs f, Params p, DateOnly day) =>
        f.Day(p["from"]) is { } from && f.Day(p["until"]) is { } until
            ? Outcome.Of(
                until.DayNumber - from.DayNumber > Number(p, "days"),
                Inputs.None.And("until", until).And("last", ShanghaiDay.DaysOn(from, (int)Number(p, "days")))
            )
            : Outcome.Missing(p["from"], p["until"]);

    /// <summary>One day before another that it must cover.</summary>
    internal static Outcome DayCovers(Inputs f, Params p, DateOnly day) =>
        f.Day(p["day"]) is { } covers && f.Day(p["covered"]) is { } covered
            ? Outcome.Of(covers < covered, Inputs.None.And(p["day"], covers).And(p["covered"], covered))
            : Outcome.Missing(p["day"], p["covered"]);

    /// <summary>Past its last day; without one there is none.</summary>
    internal static Outcome PastLastDay(Inputs f, Params p, DateOnly day) =>
        Outcome.Of(
            f.Day(p["day"]) is { } last && day > last,
            Inputs.None.And(p["day"], f.Day(p["day"])).And("on", day)
        );

    /// <summary>A last day that nobody told may be over.</summary>
    internal static Outcome PastLastDayAsTold(Inputs f, Params p, DateOnly day) =>
        f.Day(p["day"]) is null ? Outcome.Missing(p["day"]) : PastLastDay(f, p, day);

    internal static Outcome NumberAtMost(Inputs f, Params p, DateOnly day) =>
        f.Number(p["number"]) is { } n
            ? Outcome.Of(n > Number(p, "most"), Inputs.None.And(p["number"], n).And("most", p["most"]))
            : Outcome.Missing(p["number"]);

    internal static Outcome Same(Inputs f, Params p, DateOnly day) =>
        f.Text(p["one"]) is { } one && f.Text(p["other"]) is { } other
            ? Outcome.Of(one != other, Inputs.None.And(p["one"], one).And(p["other"], other))
            : Outcome.Missing(p["one"], p["other"]);

    /// <summary>A list of what differs; <c>none</c> where nothing does.</summary>
    internal static Outcome NothingListed(Inputs f, Params p, DateOnly day) =>
        f.Text(p["list"]) is { } list
            ? Outcome.Of(list != "none", Inputs.None.And("fields", list == "none" ? null : list))
            : Outcome.Missing(p["list"]);

    /// <summary>So young that the maker must confirm its after-sale service for this destination.</summary>
    internal static Outcome ConfirmedWhileYoung(Inputs f, Params p, DateOnly day)
    {
        if (f.Day("firstRegistered") is not { } first)
            return Outcome.Missing("firstRegistered");
        var age = day.DayNumber - first.DayNumber;
        var confirmed = f.Text("confirmedFor") ?? "none";
        var wanting =
            p["asks"] == "any" ? confirmed == "none" : confirmed != "none" && confirmed != f.Text("destination");
        return Outcome.Of(
            age <= Number(p, "days") && wanting,
            Inputs
                .None.And("firstRegistered", first)
                .And("days", age)
                .And("most", p["days"])
                .And("confirmedFor", confirmed)
                .And("destination", f.Text("destination"))
        );
    }

    /// <summary>Vehicles of one kind need an inspection that they passed.</summary>
    internal static Outcome InspectedIf(Inputs f, Params p, DateOnly day) =>
        f.Text("vehicle") is not { } vehicle
            ? Outcome.Missing("scrapCategory")
            : Outcome.Of(
                vehicle == p["vehicle"] && f.Flag("inspected") is not true,
                Inputs.None.And("vehicle", vehicle)
            );

    /// <summary>A destination that takes no such goods, or only of an age.</summary>
    internal static Outcome DestinationTakes(Inputs f, Params p, DateOnly day)
    {
        if (f.Text("destination") is not { } destination)
            return Outcome.Missing("destination");
        var seen = Inputs.None.And("destination", destination).And("sourceDate", p["sourceDate"]);
        if (destination != p["country"])
            return Outcome.Of(false, seen);
        if (!p.ContainsKey("mostMonths"))
            return Outcome.Of(true, seen);
        if (f.Day("firstRegistered") is not { } first)
            return Outcome.Missing("firstRegistered");
        var tooOld = ShanghaiDay.MonthsOn(first, (int)Number(p, "mostMonths")) < day;
        var tooYoung = p.ContainsKey("leastMonths") && ShanghaiDay.MonthsOn(first, (int)Number(p, "leastMonths")) > day;
        return Outcome.Of(tooOld || tooYoung, seen.And("firstRegistered", first));
    }

    /// <summary>The code begins with one of the configured ones.</summary>
    internal static Outcome CodeKnown(Inputs f, Params p, DateOnly day) =>
        f.Text("hsCode") is { } code
            ? Outcome.Of(
                !p["prefixes"].Split(' ').Any(known => code.StartsWith(known, StringComparison.Ordinal)),
                Inputs.None.And("hsCode", code)
            )
            : Outcome.Missing("hsCode");

    static long Number(Params p, string name) => long.Parse(p[name], CultureInfo.InvariantCulture);
}
