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

/// <summary>What the rules say of an item as it stood, under the law of its day and of another (rules.md §1.6): the
/// same facts and evaluators as the acts themselves.</summary>
public static class ItemVerdicts
{
    /// <summary>Acts that need no more than the item.</summary>
    public static IReadOnlyList<Trigger> Acts { get; } =
    [Trigger.ListItem, Trigger.AgreeDeal, Trigger.Transfer, Trigger.HandOver, Trigger.AnnotateExport];

    /// <summary>The readings of its odometer in the order of their days, each as recorded and as known now: the same
    /// whatever order they came in.</summary>
    /// <param name="events">Its events, the answered ones as they were recorded.</param>
    public static IEnumerable<ReadingThenNow> OfReadings(Item item, IEnumerable<Recorded> events)
    {
        var byId = events.ToDictionary(e => e.EventId);
        return item.Condition.Odometer.Known.Select(known => new ReadingThenNow(known, byId[known.Reading.Event]));
    }

    /// <param name="at">The item is as it stood then.</param>
    /// <param name="then">The day of the law that bound then.</param>
    /// <param name="now">The day of the other law.</param>
    public static IEnumerable<VerdictThenNow> Of(
        Item item,
        DateTimeOffset at,
        DateOnly then,
        DateOnly now,
        RuleSet rules,
        string jurisdiction = Jurisdiction.Sichuan
    )
    {
        var facts = ItemJudge.TradingFacts(item, new(at, at, rules, ""));
        foreach (var act in Acts)
        {
            var (before, after) = (On(act, then), On(act, now));
            foreach (var id in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
                yield return new(act, id, before.GetValueOrDefault(id), after.GetValueOrDefault(id));
        }

        Dictionary<string, RuleAnswer> On(Trigger act, DateOnly day) =>
            rules.Explain(act, item.Category, jurisdiction, day, facts).ToDictionary(a => a.Rule.Id);
    }
}
