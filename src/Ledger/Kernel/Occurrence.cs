namespace Ledger.Kernel;

/// <summary>When something is said to have happened, beside the clock and beside what is known already.</summary>
public static class Occurrence
{
    /// <summary>Clocks of two machines differ: so far ahead is not the future.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static bool IsAhead(DateTimeOffset at, DateTimeOffset now) => at > now + Skew;

    /// <summary>A day that has not begun in Shanghai.</summary>
    public static bool IsAhead(DateOnly day, DateTimeOffset now) => day > ShanghaiDay.Of(now + Skew);

    /// <param name="name">The member that says so.</param>
    /// <returns><c>occurred-in-future</c> there, or null.</returns>
    public static Refusal? Ahead(DateTimeOffset at, DateTimeOffset now, string name = "occurredAt") =>
        IsAhead(at, now) ? InFuture(name, Instants.Text(at)) : null;

    /// <returns><c>occurred-in-future</c> at that member, or null.</returns>
    public static Refusal? Ahead(DateOnly day, DateTimeOffset now, string name) =>
        IsAhead(day, now) ? InFuture(name, Instants.Text(day)) : null;

    public static Refusal InFuture(string name, string value) =>
        Refusal.Of("occurred-in-future", ("name", name), ("value", value)).At(name);

    /// <summary>When an act occurs: as its caller says; where he says nothing, when it is decided, and never before
    /// what it rests on.</summary>
    /// <param name="said">When its caller says that it occurred.</param>
    /// <param name="newest">When the newest that it rests on occurred.</param>
    public static DateTimeOffset At(DateTimeOffset said, bool isDatedHere, DateTimeOffset now, DateTimeOffset newest) =>
        !isDatedHere ? said
        : now > newest ? now
        : newest;

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
