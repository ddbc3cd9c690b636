using System.Globalization;
using Ledger.Kernel;

namespace Api.Import;

/// <summary>Reads cells into values; the first fault is kept, later reads give nothing.</summary>
sealed class Values(CanonicalRow row, TimeZoneInfo zone)
{
    public Refusal? Fault { get; private set; }

    public string? Text(string column, int longest = 200)
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        if (PlainText.Check(text, longest) is not { } bad)
            return text;
        Fail(bad.At(column));
        return null;
    }

    public string Needed(string column, int longest = 200)
    {
        if (row[column].Length == 0)
            Fail(Refusal.Of("value-missing", ("name", column)).At(column));
        return Text(column, longest) ?? "";
    }

    public long? Number(string column, long least, long most)
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n))
        {
            // More digits than a number holds is still a number, only out of range.
            var digits = text.TrimStart('-', '+');
            Fail(
                digits.Length > 0 && digits.All(char.IsAsciiDigit)
                    ? OutOfRange(column, text, least, most)
                    : Malformed(column, text, "a whole number")
            );
            return null;
        }
        if (n >= least && n <= most)
            return n;
        Fail(OutOfRange(column, text, least, most));
        return null;
    }

    public T? Word<T>(string column)
        where T : struct, Enum
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        if (WireWords.TryRead<T>(text, out var value))
            return value;
        Fail(Malformed(column, text, string.Join(", ", WireWords.All<T>())));
        return null;
    }

    public DateOnly? Day(string column)
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        if (Instants.TryParseDay(text, out var day))
        {
            if (day >= Bounds.OldestDay)
                return day;
            Fail(OutOfRange(column, text, "1900-01-01", "…"));
        }
        else
            Fail(Malformed(column, text, "yyyy-MM-dd"));
        return null;
    }

    /// <summary>An instant, or a day as 00:00 in the map's zone.</summary>
    public Moment? Time(string column)
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        if (Instants.TryParseDay(text, out var day))
        {
            if (day < Bounds.OldestDay)
            {
                Fail(OutOfRange(column, text, "1900-01-01", "…"));
                return null;
            }
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            // Where clocks sprang forward at midnight, the day begins when it does.
            while (zone.IsInvalidTime(midnight))
                midnight = midnight.AddMinutes(15);
            return Moment.Of(day, Instants.Cut(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight))));
        }
        if (Instants.TryParse(text, out var instant))
        {
            if (instant >= ShanghaiDay.Start(Bounds.OldestDay))
                return Moment.Of(instant);
            Fail(OutOfRange(column, text, "1900-01-01", "…"));
        }
        else
            Fail(Malformed(column, text, "yyyy-MM-dd, or RFC 3339 with its offset"));
        return null;
    }

    public PartyRef? Party(string column, string scope)
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        var (party, refusal) = PartyRef.Parse(text, scope, column);
        if (refusal is not null)
            Fail(refusal);
        return party;
    }

    public void Fail(Refusal refusal) => Fault ??= refusal;

    static Refusal Malformed(string column, string text, string expected) =>
        Refusal
            .Of("value-malformed", ("name", column), ("value", Bounds.Short(text)), ("expected", expected))
            .At(column);

    static Refusal OutOfRange(string column, string text, object least, object most) =>
        Refusal
            .Of("value-out-of-range", ("name", column), ("value", Bounds.Short(text)), ("least", least), ("most", most))
            .At(column);
}
