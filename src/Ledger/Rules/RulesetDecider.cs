using Ledger.Kernel;
using Ledger.Operations;

namespace Ledger.Rules;

/// <summary>Activates the rule set that the product brings, by two persons (rules.md §1.3).</summary>
public static class RulesetDecider
{
    /// <param name="version">The set that they have read; the one that runs must be it.</param>
    /// <param name="changes">Ids of rules that are new, changed or gone.</param>
    /// <param name="active">Version of the set that was activated last.</param>
    /// <param name="rules">The set that runs.</param>
    /// <param name="secondActor">Who has read it too.</param>
    public static Decision Decide(
        string version,
        DateTimeOffset from,
        IEnumerable<string> changes,
        string? active,
        RuleSet rules,
        string? secondActor
    )
    {
        if (secondActor is null)
            return Decision.Refuse(new Refusal("counter-signature-missing"));
        if (version != rules.Version)
            return Decision.Refuse(
                Refusal
                    .Of("ruleset-hash-differs", ("value", Bounds.Short(version)), ("expected", rules.Version))
                    .At("version")
            );
        return version == active
            ? Decision.Record()
            : Decision.Record(new RulesetActivated(version, from, [.. changes.Distinct()], [.. Provisional(rules)]));
    }

    /// <summary>What whoever activates a set has to read again.</summary>
    public static IEnumerable<string> Provisional(RuleSet rules) =>
        rules
            .Rules.Where(r => r is { Severity: Severity.Block, Certainty: Certainty.Provisional })
            .Select(r => r.Id)
            .Distinct();
}
