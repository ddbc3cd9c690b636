using Ledger.Kernel;

namespace Ledger.Credit;

/// <summary>The last day on which a signal may be shown (rules.md §10, §13.3).</summary>
public static class CreditClock
{
    /// <returns>Null: no day follows from the law.</returns>
    public static DateOnly? LastDay(bool adverse, SignalTier? tier, DateOnly? actEndedOn, DateOnly sharedOn)
    {
        var byAct = adverse && actEndedOn is { } ended ? ShanghaiDay.YearsOn(ended, 5) : (DateOnly?)null;
        DateOnly? byTier = tier switch
        {
            SignalTier.Minor => sharedOn.AddMonths(3),
            SignalTier.Ordinary => ShanghaiDay.YearsOn(sharedOn, 1),
            SignalTier.Serious => ShanghaiDay.YearsOn(sharedOn, 3),
            _ => null,
        };
        return byAct is { } a && byTier is { } t ? (a < t ? a : t) : byAct ?? byTier;
    }
}
