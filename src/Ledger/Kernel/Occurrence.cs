namespace Ledger.Kernel;

/// <summary>When something is said to have happened, beside the clock and beside what is known already.</summary>
public static class Occurrence
{
    /// <summary>Clocks of two machines differ: so far ahead is not the future.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static bool IsAhead(DateTimeOffset at, DateTimeOffset now) => at > now + Skew;

    /// <returns><c>occurred-in-future</c> at <c>occurredAt</c>, or null.</returns>
    public static Refusal? Ahead(DateTimeOffset at, DateTimeOffset now) =>
        IsAhead(at, now) ? Refusal.Of("occurred-in-future", ("value", Instants.Text(at))).At("occurredAt") : null;

    /// <summary>An act that is put before what it rests on would have no effect, or another law.</summary>
    /// <param name="newest">When the newest that it rests on occurred.</param>
    /// <returns><c>occurred-too-early</c> at <c>occurredAt</c>, or null.</returns>
    public static Refusal? TooEarly(DateTimeOffset at, DateTimeOffset newest) =>
        at < newest
            ? Refusal
                .Of("occurred-too-early", ("value", Instants.Text(at)), ("newest", Instants.Text(newest)))
                .At("occurredAt")
            : null;
}
