using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
using Ledger.Rules;
using Params = System.Collections.Immutable.ImmutableSortedDictionary<string, string>;

namespace Ledger.Credit;

/// <summary>What the rules of credit ask (rules.md §10).</summary>
static class CreditEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("consented-or-public", ConsentedOrPublic),
        new("told-before", ToldBefore),
        new("told-before.v2", ToldBeforeAsTold),
        new("no-banned-class", NoBannedClass),
        new("ends-with-years", EndsWithYears),
        new("ends-with-years.v2", EndsWithYearsAsTold),
        new("ends-with-tier", EndsWithTier),
        new("ends-with-tier.v2", EndsWithTierAsTold),
        new("least-publicity-over", LeastPublicityOver),
    ];

    /// <summary>Shared with a consent, unless the law makes it public.</summary>
    internal static Outcome ConsentedOrPublic(Inputs f, Params p, DateOnly day) =>
        f.Flag("public") is not { } open
            ? Outcome.Missing("kind")
            : Outcome.Of(!open && f.Flag("consented") is not true, Inputs.None.And("public", open));

    /// <summary>An adverse signal of a natural person only after telling that person.</summary>
    internal static Outcome ToldBefore(Inputs f, Params p, DateOnly day) =>
        f.Flag("adverse") is not { } adverse
            ? Outcome.Missing("kind")
            : Outcome.Of(
                adverse && f.Flag("personal") is true && f.Flag("toldBefore") is not true,
                Inputs.None.And("toldBefore", f.Flag("toldBefore"))
            );

    /// <summary>Whoever may be a person was told, or nobody knows.</summary>
    internal static Outcome ToldBeforeAsTold(Inputs f, Params p, DateOnly day) =>
        f.Flag("adverse") is true && f.Flag("personal") is null && f.Flag("toldBefore") is not true
            ? Outcome.Missing("personal")
            : ToldBefore(f, p, day);

    internal static Outcome NoBannedClass(Inputs f, Params p, DateOnly day)
    {
        if (f.Text("dataClasses") is not { } classes)
            return Outcome.Missing("dataClasses");
        var banned = p["banned"].Split(' ');
        var found = classes.Split(',').Where(banned.Contains).ToArray();
        return Outcome.Of(
            found.Length > 0,
            Inputs.None.And("found", found.Length == 0 ? null : string.Join(',', found))
        );
    }

    /// <summary>Adverse signals end five years after their act.</summary>
    internal static Outcome EndsWithYears(Inputs f, Params p, DateOnly day)
    {
        if (f.Flag("adverse") is not true || f.Day("actEndedOn") is not { } ended)
            return Outcome.Of(false, Inputs.None);
        var last = ShanghaiDay.YearsOn(ended, int.Parse(p["years"], CultureInfo.InvariantCulture));
        return Outcome.Of(
            f.Day("expiresOn") is not { } expires || expires > last,
            Inputs.None.And("expiresOn", f.Day("expiresOn")).And("last", last)
        );
    }

    /// <summary>An act that has not ended has no last day yet; whether a signal is adverse has to be known.</summary>
    internal static Outcome EndsWithYearsAsTold(Inputs f, Params p, DateOnly day) =>
        f.Flag("adverse") is null ? Outcome.Missing("kind") : EndsWithYears(f, p, day);

    /// <summary>Shown no longer than its tier allows, from the day it was shared.</summary>
    internal static Outcome EndsWithTier(Inputs f, Params p, DateOnly day)
    {
        if (
            f.Text("tier") is not { } tier
            || f.Day("sharedOn") is not { } shared
            || !p.TryGetValue(tier, out var months)
        )
            return Outcome.Of(false, Inputs.None);
        var last = ShanghaiDay.MonthsOn(shared, int.Parse(months, CultureInfo.InvariantCulture));
        return Outcome.Of(
            f.Day("expiresOn") is not { } expires || expires > last,
            Inputs.None.And("tier", tier).And("expiresOn", f.Day("expiresOn")).And("last", last)
        );
    }

    /// <summary>A kind without tiers has none to keep to; one that has a tier is measured, or nobody knows.</summary>
    internal static Outcome EndsWithTierAsTold(Inputs f, Params p, DateOnly day) =>
        f.Text("tier") is { } tier && (f.Day("sharedOn") is null || !p.ContainsKey(tier))
            ? Outcome.Missing("tier", "sharedOn")
            : EndsWithTier(f, p, day);

    /// <summary>The least time of its publicity is over: the day after its last.</summary>
    internal static Outcome LeastPublicityOver(Inputs f, Params p, DateOnly day)
    {
        if (f.Text("tier") is not { } tier || f.Day("sharedOn") is not { } shared)
            return Outcome.Missing("tier", "sharedOn");
        if (!p.TryGetValue(tier, out var months))
            return Outcome.Of(false, Inputs.None);
        var last = ShanghaiDay.MonthsOn(shared, int.Parse(months, CultureInfo.InvariantCulture));
        return Outcome.Of(day <= last, Inputs.None.And("tier", tier).And("last", last).And("day", day));
    }
}
