using System.Globalization;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>What is recorded long after it happened needs a reason (domain.md §6). A regulator says for each market
/// after how many hours.</summary>
public static class LateEntry
{
    /// <summary>Where nobody said another number.</summary>
    public const int UsualHours = 72;

    /// <summary>The longest that a regulator may allow: 30 days.</summary>
    public const int MostHours = 720;

    /// <summary>The kind of <see cref="Hours"/>.</summary>
    public const string Kind = "late";

    /// <summary>After how many hours an entry of a market is late; no row: the usual number.</summary>
    public static ReservationKey Hours(string market) => new(Kind, market);

    /// <param name="reason">Why it comes late; null: nobody said.</param>
    /// <returns><c>late-entry-needs-reason</c> at <c>lateReason</c>, or null.</returns>
    public static Refusal? Refuses(Situation s, string? reason)
    {
        if (reason is not null || s.By == Acting.System)
            return null;
        var hours = MarketCode.IsWellFormed(s.By.Site) ? Of(s.ReservationOf(Hours(s.By.Site))) : UsualHours;
        // Of a day alone, the end is the latest that is meant.
        var happened = s.GivenDay is { } day ? Moment.Of(day).End : s.OccurredAt;
        return s.Now - happened <= TimeSpan.FromHours(hours)
            ? null
            : Refusal
                .Of("late-entry-needs-reason", ("value", Instants.Text(s.OccurredAt)), ("hours", hours))
                .At("lateReason");
    }

    /// <summary>The number that a row holds.</summary>
    public static int Of(string? row) => row is null ? UsualHours : int.Parse(row, CultureInfo.InvariantCulture);
}
