using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Pipeline;

/// <summary>What was refused, or recorded with a warning: no body, no identifier, nobody's name.</summary>
/// <param name="Day">Shanghai day on which it was answered.</param>
/// <param name="Market">Where it was asked; empty: at no market.</param>
/// <param name="Code">Of the refusal; empty: it was recorded, and the rule warned.</param>
/// <param name="Rule">Empty: no rule refused it.</param>
public readonly record struct RefusalKey(DateOnly Day, string Market, string Code, string Rule);

/// <summary>Counts refusals and warnings beside the log, until they are written (domain.md §5, M7). A process that is
/// killed loses those of its last seconds.</summary>
public sealed class RefusalCounts
{
    readonly Lock gate = new();
    Dictionary<RefusalKey, long> counts = [];

    /// <summary>Counts refusals of a command.</summary>
    /// <param name="market">Where it was given; null: at no market.</param>
    public void Refused(string? market, IEnumerable<Refusal> refusals, DateTimeOffset now)
    {
        foreach (var refusal in refusals)
            // A service that cannot serve refuses nobody anything.
            if (RefusalCatalog.Find(refusal.Code) is { Status: < 500 })
                Add(market, refusal.Code, refusal.RuleId ?? "", now);
    }

    /// <summary>Counts the rules that warned of events that were recorded.</summary>
    public void Warned(string? market, IEnumerable<Verdict> verdicts, DateTimeOffset now)
    {
        foreach (var verdict in verdicts)
            if (verdict is { Result: Result.Hit, Severity: Severity.Warn })
                Add(market, "", verdict.RuleId, now);
    }

    /// <summary>What was counted since the last time.</summary>
    public IReadOnlyCollection<KeyValuePair<RefusalKey, long>> Take()
    {
        lock (gate)
        {
            var taken = counts;
            counts = [];
            return taken;
        }
    }

    /// <summary>Puts back what could not be written.</summary>
    public void PutBack(IEnumerable<KeyValuePair<RefusalKey, long>> taken)
    {
        lock (gate)
            foreach (var (key, n) in taken)
                counts[key] = counts.GetValueOrDefault(key) + n;
    }

    void Add(string? market, string code, string rule, DateTimeOffset now)
    {
        var key = new RefusalKey(ShanghaiDay.Of(now), market ?? "", code, rule);
        lock (gate)
            counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
