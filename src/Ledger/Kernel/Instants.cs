using System.Globalization;

namespace Ledger.Kernel;

/// <summary>UTC instants cut to whole milliseconds; the only text form is <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
public static class Instants
{
    const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>PostgreSQL keeps six decimals and .NET seven: both agree on three.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    static readonly string[] Rfc3339 =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd' 'HH:mm:ssK",
        "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>An RFC 3339 instant with its offset; a text without offset is not one.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < 20 or > 40)
            return false;
        var last = text[^1];
        if (last is not ('Z' or 'z') && text[^6] is not ('+' or '-'))
            return false;
        if (
            !DateTimeOffset.TryParseExact(
                text.Replace('t', 'T').Replace('z', 'Z'),
                Rfc3339,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var read
            )
        )
            return false;
        instant = Cut(read);
        return true;
    }

    public static bool TryParseDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Calendar days of Asia/Shanghai: one offset, +08:00, since late 1991, so arithmetic is enough (house.md
/// §5).</summary>
public static class ShanghaiDay
{
    static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly Of(DateTimeOffset instant) =>
        instant.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - Offset.Ticks
            ? DateOnly.MaxValue
            : DateOnly.FromDateTime(new DateTime(instant.UtcTicks + Offset.Ticks, DateTimeKind.Unspecified));

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
    public static DateTimeOffset Start(DateOnly day) =>
        day.DayNumber == 0
            ? DateTimeOffset.MinValue
            : new(day.ToDateTime(TimeOnly.MinValue).Ticks - Offset.Ticks, TimeSpan.Zero);
}
