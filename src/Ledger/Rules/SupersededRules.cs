using System.Collections.Frozen;
using System.Collections.Immutable;
using static Ledger.Rules.RuleParts;

namespace Ledger.Rules;

/// <summary>What a rule asked in an earlier set, where the next set asks otherwise.</summary>
/// <param name="Id">Of the rule; all its days are meant.</param>
/// <param name="Evaluator">By which it was judged.</param>
/// <param name="Cases">What it said where the next set says otherwise.</param>
sealed record Superseded(string Id, string Evaluator, params ImmutableArray<RuleCase> Cases)
{
    /// <summary>Its thresholds; null: those of the next set.</summary>
    public ImmutableSortedDictionary<string, string>? Params { get; init; }

    /// <summary>Its source; null: that of the next set.</summary>
    public string? Citation { get; init; }
}

/// <summary>Rules as earlier sets had them. A set is rebuilt from the one after it, so that what both have stands in
/// the nouns' lists alone; that the hash stays what it was is held by a test.</summary>
static class SupersededRules
{
    /// <summary>The set of before 2026-12-01.</summary>
    /// <param name="next">The set that came after it.</param>
    public static IEnumerable<Rule> Before20261201(IEnumerable<Rule> next) => Rebuilt(next, NotToldWasGood);

    /// <summary>The set of before 2026-12-03.</summary>
    /// <param name="next">The set that came after it.</param>
    public static IEnumerable<Rule> Before20261203(IEnumerable<Rule> next) => Rebuilt(next, [OfDisksAlone]);

    static IEnumerable<Rule> Rebuilt(IEnumerable<Rule> next, IEnumerable<Superseded> superseded)
    {
        var before = superseded.ToFrozenDictionary(s => s.Id, StringComparer.Ordinal);
        return next.Select(rule =>
            before.GetValueOrDefault(rule.Id) is { } was
                ? rule with
                {
                    Evaluator = was.Evaluator,
                    Params = was.Params ?? rule.Params,
                    Citation = was.Citation ?? rule.Citation,
                    Cases = was.Cases,
                }
                : rule
        );
    }

    static readonly DateOnly On = Day(2026, 1, 5);

    /// <summary>Until 2026-12-03 only disks had an interface that could be too slow.</summary>
    static Superseded OfDisksAlone =>
        new(
            "wipe-duration-plausible",
            "duration-plausible.v2",
            new RuleCase(
                On,
                Of("medium", "ufs")
                    .And("technique", "overwrite")
                    .And("durationMs", 1_000)
                    .And("bytesAddressed", 256_000_000_000),
                Result.Pass
            )
        )
        {
            Params = With(("nvme", "7000000000"), ("hdd", "600000000"), ("ssd-sata", "600000000")),
            Citation = "NVMe, SATA: interface ceilings",
        };

    /// <summary>Until 2026-12-01 an input that nobody told counted as a good one.</summary>
    static IEnumerable<Superseded> NotToldWasGood =>
        [
            new(
                "wipe-level-derived",
                "level-supported",
                new RuleCase(On, Purge, Result.Pass),
                new RuleCase(On, Purge.And("hiddenUnknown", true), Result.Hit),
                new RuleCase(On, Purge.And("unreached", 1), Result.Hit)
            ),
            new("wipe-duration-plausible", "duration-plausible", new RuleCase(On, Of("durationMs", "1"), Result.Pass)),
            new("wipe-sample-size", "sample-large-enough", new RuleCase(On, Read, Result.Pass)),
            new("wipe-gate-resale", "data-cleared", Silent(Result.Pass)),
            new("wipe-gate-export", "data-cleared", Silent(Result.Pass)),
            new("wipe-car-carriers", "data-cleared", Silent(Result.Hit)),
            new(
                "trade-three-cars-undated",
                "cars-undated",
                new RuleCase(On, Of("sellerIsPerson", "true"), Result.Pass)
            ),
            new("trade-fraud-damages", "threefold-damages", Silent(Result.Pass)),
            new("credit-prior-notice", "told-before", new RuleCase(On, Of("adverse", "true"), Result.Pass)),
            new("credit-expiry", "ends-with-years", Silent(Result.Pass)),
            new("credit-tiers", "ends-with-tier", new RuleCase(On, Of("tier", "minor"), Result.Pass)),
            new("export-licence-in-time", "past-last-day", Silent(Result.Pass)),
            new("odo-too-fast", "reading-growth-possible", new RuleCase(On, Undated(900_000), Result.Pass)),
            new("odo-typo", "reading-not-tenfold", new RuleCase(On, Undated(500_000), Result.Pass)),
            new("odo-unit", "reading-not-in-miles", new RuleCase(On, Undated(31_500), Result.Pass)),
        ];

    /// <summary>A purge of which nobody said how much it reached.</summary>
    static Inputs Purge =>
        Of("medium", "nvme")
            .And("technique", "nvme-sanitize")
            .And("claimed", "purge")
            .And("result", "ok")
            .And("toolLog", true)
            .And("check", "full");

    static Inputs Read => Of("sampledBlocks", "2995").And("totalBlocks", 1_000_000);

    static Inputs Undated(long km) => Of("valueKm", $"{km}").And("lastKm", 50_000);

    static RuleCase Silent(Result said) => new(On, Inputs.None, said);
}
