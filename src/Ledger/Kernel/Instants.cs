using System.Globalization;

namespace Ledger.Kernel;

/// <summary>UTC instants cut to whole milliseconds; the only text form is <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
public static class Instants
{
    /// <summary>PostgreSQL keeps six decimals and .NET seven: both agree on three.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    public static string Text(DateTimeOffset instant) => Proof.LeafInstant.Text(instant);

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
