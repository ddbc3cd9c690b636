using System.Collections.Immutable;
using static Ledger.Rules.RuleParts;

namespace Ledger.Rules;

/// <summary>A rule set that the product brought.</summary>
/// <param name="From">First Shanghai day on which new events name it.</param>
public sealed record ShippedRuleSet(DateOnly From, RuleSet Rules);

/// <summary>
/// Every rule set that the product ever brought. An event names the set that judged it, and whoever judges it again
/// asks that set: an evaluator that changes gets a new name beside the old one, and what the newest set no longer has
/// is kept in <see cref="SupersededRules"/>. A new act is judged by the newest set, whatever day it is said to be of:
/// otherwise an act that is dated back would escape what was mended since.
/// </summary>
/// <remarks>The days tell a reader which set to expect. They gate nothing: a clock that is behind must not bring milder
/// rules back, so the newest set judges from the moment that it runs.</remarks>
public static class RuleSets
{
    /// <summary>Oldest first; the newest is <see cref="RuleSet.Current"/>.</summary>
    public static ImmutableArray<ShippedRuleSet> All { get; } =
    [
        new(Day(2026, 11, 26), RuleSet.Load(SupersededRules.Before20261201(Until20261203))),
        new(Day(2026, 12, 1), RuleSet.Load(Until20261203)),
        new(Day(2026, 12, 3), RuleSet.Current),
    ];

    static IEnumerable<Rule> Until20261203 => SupersededRules.Before20261203(Modules.Rules);

    /// <summary>The set that an event names; null where this product never had it: then nothing of the event can be
    /// judged again, and nobody may take it for good.</summary>
    public static RuleSet? Named(string? version) => All.FirstOrDefault(s => s.Rules.Version == version)?.Rules;
}
