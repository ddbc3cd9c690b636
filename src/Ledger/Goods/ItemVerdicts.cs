using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>One rule about one act on an item, under the law of two days.</summary>
/// <param name="Then">Null: the rule did not bind then.</param>
/// <param name="Now">Null: it does not bind now.</param>
public sealed record VerdictThenNow(Trigger Act, string RuleId, RuleAnswer? Then, RuleAnswer? Now)
{
    public bool Differs => (Then?.Result, Then?.Rule.Severity) != (Now?.Result, Now?.Rule.Severity);
}

/// <summary>A day and the rule set that judges it.</summary>
/// <param name="Rules">Null: the set that judged then is not known here, and none of its verdicts can be given
/// again.</param>
public readonly record struct LawOfDay(RuleSet? Rules, DateOnly Day);

/// <summary>What the rules say of an item as it stood, under the law of its day and of another (rules.md §1.6): the
/// same facts and evaluators as the acts themselves.</summary>
public static class ItemVerdicts
{
    /// <summary>Acts that need no more than the item.</summary>
    public static IReadOnlyList<Trigger> Acts { get; } =
    [Trigger.ListItem, Trigger.AgreeDeal, Trigger.Transfer, Trigger.HandOver, Trigger.AnnotateExport];

    static readonly Inputs NoRuleSet = Outcome.Missing("ruleSet").Seen;

    /// <summary>The readings of its odometer in the order of their days, each as recorded and as known now: the same
    /// whatever order they came in.</summary>
    /// <param name="events">Its events, the answered ones as they were recorded.</param>
    public static IEnumerable<ReadingThenNow> OfReadings(Item item, IEnumerable<StoredEvent> events)
    {
        var byId = events.ToDictionary(e => e.EventId);
        return item.Condition.Odometer.Known.Select(known => new ReadingThenNow(known, byId[known.Reading.Event]));
    }

    /// <param name="at">The item is as it stood then.</param>
    /// <param name="then">What bound then.</param>
    /// <param name="now">The other law; its rule set is known.</param>
    public static IEnumerable<VerdictThenNow> Of(
        Item item,
        DateTimeOffset at,
        LawOfDay then,
        LawOfDay now,
        string jurisdiction = Jurisdiction.Sichuan
    )
    {
        var rules = now.Rules ?? throw new ArgumentException("The law of now has no rule set.", nameof(now));
        var facts = ItemJudge.TradingFacts(item, new(at, at, rules, Acting.System));
        foreach (var act in Acts)
        {
            var (before, after) = (On(act, then), On(act, now));
            foreach (var id in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
                yield return new(act, id, before.GetValueOrDefault(id), after.GetValueOrDefault(id));
        }

        Dictionary<string, RuleAnswer> On(Trigger act, LawOfDay law) =>
            (law.Rules ?? rules)
                .Explain(act, item.Category, jurisdiction, law.Day, facts)
                .Select(a => law.Rules is null ? new(a.Rule, Result.NotEvaluated, NoRuleSet, null) : a)
                .ToDictionary(a => a.Rule.Id);
    }
}
