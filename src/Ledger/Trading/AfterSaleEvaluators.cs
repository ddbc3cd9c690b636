using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
using Ledger.Rules;
using Params = System.Collections.Immutable.ImmutableSortedDictionary<string, string>;

namespace Ledger.Trading;

/// <summary>What the rules of warranty and damages ask.</summary>
static class AfterSaleEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("car-warranty-long-enough", CarWarranty),
        new("number-at-least", NumberAtLeast),
        new("threefold-damages", ThreefoldDamages),
        new("threefold-damages.v2", ThreefoldDamagesAsTold),
    ];

    /// <summary>A young private car with few kilometres has a warranty due; either of its two limits will do.</summary>
    internal static Outcome CarWarranty(Inputs f, Params p, DateOnly day)
    {
        if (
            f.Day("firstRegistered") is not { } first
            || f.Number("odometerKm") is not { } driven
            || f.Flag("commercial") is not { } commercial
        )
            return Outcome.Missing("firstRegistered", "odometerKm", "scrapCategory");
        var due =
            !commercial && day <= ShanghaiDay.YearsOn(first, (int)Number(p, "years")) && driven <= Number(p, "km");
        var given = f.Number("months") >= Number(p, "months") || f.Number("km") >= Number(p, "kmDue");
        return Outcome.Of(due && !given, Inputs.None.And("months", f.Number("months")).And("km", f.Number("km")));
    }

    internal static Outcome NumberAtLeast(Inputs f, Params p, DateOnly day) =>
        f.Number(p["number"]) is { } n
            ? Outcome.Of(n < Number(p, "least"), Inputs.None.And(p["number"], n).And("least", p["least"]))
            : Outcome.Missing(p["number"]);

    /// <summary>Says what is due; it stops nobody.</summary>
    internal static Outcome ThreefoldDamages(Inputs f, Params p, DateOnly day)
    {
        if (f.Flag("fraud") is not true)
            return Outcome.Of(false, Inputs.None);
        if (f.Number("priceFen") is not { } price)
            return Outcome.Missing("priceFen");
        var due = Int128.Max((Int128)price * Number(p, "multiple"), Number(p, "leastFen"));
        return Outcome.Of(true, Inputs.None.And("priceFen", price).And("dueFen", (long)due));
    }

    /// <summary>Of a complaint whose topic nobody told it is not known whether it is about fraud.</summary>
    internal static Outcome ThreefoldDamagesAsTold(Inputs f, Params p, DateOnly day) =>
        f.Flag("fraud") is null ? Outcome.Missing("fraud") : ThreefoldDamages(f, p, day);

    static long Number(Params p, string name) => long.Parse(p[name], CultureInfo.InvariantCulture);
}
