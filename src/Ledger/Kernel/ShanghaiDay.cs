using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Calendar days of Asia/Shanghai: +08:00, and +09:00 in the summers of 1986 to 1991, which stand here as
/// data. So arithmetic is enough and the machine's time-zone database has no say (rules.md §13.1).</summary>
public static class ShanghaiDay
{
    static readonly TimeSpan Standard = TimeSpan.FromHours(8),
        Summer = TimeSpan.FromHours(9);

    /// <summary>Summer time of the six years that had it: from 02:00 of its first day to 02:00 (of summer time) of its
    /// last.</summary>
    static readonly ImmutableArray<(long From, long To)> Summers =
    [
        .. new (DateOnly First, DateOnly Last)[]
        {
            (new(1986, 5, 4), new(1986, 9, 14)),
            (new(1987, 4, 12), new(1987, 9, 13)),
            (new(1988, 4, 17), new(1988, 9, 11)),
            (new(1989, 4, 16), new(1989, 9, 17)),
            (new(1990, 4, 15), new(1990, 9, 16)),
            (new(1991, 4, 14), new(1991, 9, 15)),
        }.Select(s =>
            (s.First.ToDateTime(new(2, 0)).Ticks - Standard.Ticks, s.Last.ToDateTime(new(2, 0)).Ticks - Summer.Ticks)
        ),
    ];

    public static DateOnly Of(DateTimeOffset instant) =>
        instant.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - Standard.Ticks
            ? DateOnly.MaxValue
            : DateOnly.FromDateTime(Clock(instant).DateTime);

    /// <summary>What a clock in Shanghai shows at an instant.</summary>
    public static DateTimeOffset Clock(DateTimeOffset instant) =>
        instant.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - Standard.Ticks
            ? instant
            : instant.ToOffset(OffsetAt(instant.UtcTicks));

    static TimeSpan OffsetAt(long utc) => Summers.Any(s => utc >= s.From && utc < s.To) ? Summer : Standard;

    /// <summary>The matching day so many years on (29 February: 28); the last day there is where the calendar
    /// ends.</summary>
    public static DateOnly YearsOn(DateOnly day, int years) =>
        day.Year + years > DateOnly.MaxValue.Year ? DateOnly.MaxValue : day.AddYears(years);

    /// <summary>So many days on; the last day there is where the calendar ends.</summary>
    public static DateOnly DaysOn(DateOnly day, int days) =>
        day.DayNumber + (long)days > DateOnly.MaxValue.DayNumber ? DateOnly.MaxValue : day.AddDays(days);

    /// <summary>The matching day so many months on, or that month's last; the last day there is where the calendar
    /// ends.</summary>
    public static DateOnly MonthsOn(DateOnly day, int months) =>
        day.Year * 12L + day.Month + months > DateOnly.MaxValue.Year * 12L + 12
            ? DateOnly.MaxValue
            : day.AddMonths(months);

    /// <summary>00:00 of the day, as an instant.</summary>
    public static DateTimeOffset Start(DateOnly day)
    {
        if (day.DayNumber == 0)
            return DateTimeOffset.MinValue;
        var midnight = day.ToDateTime(TimeOnly.MinValue).Ticks;
        // Both changes are at two o'clock: midnight of the first day is standard time, of the last one summer time.
        return new(midnight - OffsetAt(midnight - Summer.Ticks).Ticks, TimeSpan.Zero);
    }

    /// <summary>The last millisecond of the day.</summary>
    public static DateTimeOffset End(DateOnly day) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Start(day.AddDays(1)).AddMilliseconds(-1);
}
