namespace Ledger.Kernel;

/// <summary>
/// A time as it was given: an instant, or a day and no more. This is the one place that knows which day a fact is of.
/// A day is stored as its 00:00 in the zone of whoever gave it, with <c>precision: day</c>. The zone is not stored,
/// and seldom need be: from -11 to +12 hours a zone's midnight tells its day. Where it would tell another one, the day
/// given stands beside it.
/// </summary>
/// <param name="At">The instant; of a day its 00:00 where it was given, or in Shanghai.</param>
/// <param name="Day">The day given; of an instant its day in Shanghai.</param>
/// <param name="IsDay">Only the day is known.</param>
public readonly record struct Moment(DateTimeOffset At, DateOnly Day, bool IsDay)
{
    /// <summary>As an envelope holds it.</summary>
    /// <param name="given">The day, where the instant alone would tell another one.</param>
    public static Moment Of(DateTimeOffset at, Precision? precision, DateOnly? given = null) =>
        precision is Kernel.Precision.Day ? new(at, given ?? DayOf(at), true) : Of(at);

    /// <summary>A day by its 00:00 in the zone of whoever gives it.</summary>
    public static Moment Of(DateOnly day, DateTimeOffset midnight) => new(midnight, day, true);

    public static Moment Of(DateTimeOffset at) => new(at, ShanghaiDay.Of(at), false);

    public static Moment Of(DateOnly day) => new(ShanghaiDay.Start(day), day, true);

    /// <summary>The day whose 00:00, in some zone from -11 to +12 hours, this instant is.</summary>
    static DateOnly DayOf(DateTimeOffset midnight) =>
        midnight.UtcTicks >= DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerDay
            ? DateOnly.MaxValue
            : DateOnly.FromDateTime(midnight.UtcDateTime.AddHours(12));

    /// <summary>The day, where the instant alone would tell another one; it is stored with the event then.</summary>
    public DateOnly? Untold => IsDay && DayOf(At) != Day ? Day : null;

    public Precision? Precision => IsDay ? Kernel.Precision.Day : null;

    /// <summary>The instant; of a day its 00:00 in Shanghai: what lists are sorted and filtered by.</summary>
    public DateTimeOffset Start => IsDay ? ShanghaiDay.Start(Day) : At;

    /// <summary>The instant; of a day its last millisecond in Shanghai.</summary>
    public DateTimeOffset End => IsDay ? ShanghaiDay.End(Day) : At;

    /// <summary>Whether this had occurred by another time: by days where that one is a day, else by instants.</summary>
    public bool IsBy(Moment other) => other.IsDay ? Day <= other.Day : At <= other.At;

    /// <summary><c>yyyy-MM-dd</c>, or the instant.</summary>
    public override string ToString() => IsDay ? Instants.Text(Day) : Instants.Text(At);
}
