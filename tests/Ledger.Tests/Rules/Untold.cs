using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Rules;

/// <summary>What an evaluator says where one of its inputs is not told, in every case of its rules in which some told
/// value would be a hit; asked of the rules that judge now, and of the same rules as the oldest set had them.</summary>
/// <param name="Before">Results, in the words of the wire; empty where the oldest set did not have the rule.</param>
sealed record Untold(string Evaluator, string Input, string Before, string Now)
{
    /// <summary>Where nothing told is nothing to judge: input of an evaluator → why it passes.</summary>
    public static IReadOnlyDictionary<(string Evaluator, string Input), string> NothingToJudge { get; } =
        new Dictionary<(string, string), string>
        {
            [("vin-check", "vin")] = "a thing without a VIN has no check digit",
            [("imei-check", "imei")] = "a thing without an IMEI has no check digit",
            [("tag-check", "tag")] = "a thing without a tag has no check character",
            [("battery-shape", "battery")] = "a thing without a battery code has no structure to hold",
            [("uscc-shape", "uscc")] = "a person has no code; an organisation without one is refused as malformed",
            [("uscc-check", "uscc")] = "a person has no code; an organisation without one is refused as malformed",
            [("organisation-check", "uscc")] = "a person has no code; an organisation without one is refused",
            [("level-supported.v2", "claimed")] = "nobody claims a level: the derived one is recorded",
            [("level-supported.v2", "residues")] =
                "a check that does not say what it found is none: purge becomes clear, and no verification is taken without it",
            [("reading-growth-possible.v2", "lastKm")] = "a first reading; odo-rollback says not-evaluated",
            [("reading-not-tenfold.v2", "lastKm")] = "a first reading; odo-rollback says not-evaluated",
            [("reading-not-in-miles.v2", "lastKm")] = "a first reading; odo-rollback says not-evaluated",
            [("ends-with-years.v2", "actEndedOn")] = "an act that still runs has no last day (rules.md §10)",
            [("ends-with-tier.v2", "tier")] = "a kind without tiers; one that has them is refused without its tier",
            [("confirmed-while-young", "confirmedFor")] =
                "no confirmation names no other destination; export-after-sale-180 is hit then",
        };

    public static IReadOnlyList<Untold> All { get; } =
    [
        .. from rules in RuleSet.Current.Rules.GroupBy(r => r.Evaluator, StringComparer.Ordinal)
        orderby rules.Key
        from input in rules.SelectMany(Inputs).Distinct().Order(StringComparer.Ordinal)
        let told = rules.SelectMany(r => r.Cases).Select(c => c.Inputs.Values.GetValueOrDefault(input))
        let values = told.OfType<string>().SelectMany(v => (string[])[v, Other(v)]).Distinct().ToArray()
        let found = rules.SelectMany(r => Found(r, input, values)).ToArray()
        where found.Length > 0
        select new Untold(rules.Key, input, Words(found.Select(f => f.Before)), Words(found.Select(f => f.Now))),
    ];

    static IEnumerable<string> Inputs(Rule rule) => rule.Cases.SelectMany(c => c.Inputs.Values.Keys);

    static string Other(string value) =>
        value is "true" ? "false"
        : value is "false" ? "true"
        : value;

    static IEnumerable<(Result? Before, Result Now)> Found(Rule rule, string input, string[] values)
    {
        var was = RuleSets.All[0].Rules.Rules.FirstOrDefault(r => r.Id == rule.Id && r.From == rule.From);
        foreach (var c in rule.Cases)
        {
            var silent = new Inputs(c.Inputs.Values.Remove(input));
            if (values.Any(v => rule.Ask(silent.And(input, v), c.Day).Result is Result.Hit))
                yield return (was?.Ask(silent, c.Day).Result, rule.Ask(silent, c.Day).Result);
        }
    }

    static string Words(IEnumerable<Result?> results) =>
        string.Join(", ", results.OfType<Result>().Distinct().Order().Select(r => WireWords.Of(r)));

    static string Words(IEnumerable<Result> results) => Words(results.Cast<Result?>());
}
