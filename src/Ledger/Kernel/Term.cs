namespace Ledger.Kernel;

/// <summary>From a first day to a last one, both of it; null: that end is open.</summary>
public readonly record struct Term(DateOnly? From, DateOnly? To)
{
    public bool Holds(DateOnly day) => (From is not { } first || day >= first) && (To is not { } last || day <= last);

    /// <summary>Whether some day is in both.</summary>
    public bool Meets(Term other) => !Before(other) && !other.Before(this);

    bool Before(Term other) => To is { } last && other.From is { } first && last < first;

    /// <summary>The same, ended before its last day.</summary>
    /// <param name="ended">First day that is no longer in it; null: it was not ended.</param>
    public Term Until(DateOnly? ended) =>
        ended is { } day && (To is not { } last || day <= last) ? this with { To = day.AddDays(-1) } : this;

    /// <summary>As reservations hold it: <c>from..to</c>, an open end empty.</summary>
    public override string ToString() => $"{Text(From)}..{Text(To)}";

    public static Term? Read(string text) => text.Split("..") is [var from, var to] ? new(Day(from), Day(to)) : null;

    static string Text(DateOnly? day) => day is { } d ? Instants.Text(d) : "";

    static DateOnly? Day(string text) => Instants.TryParseDay(text, out var day) ? day : null;

    /// <returns><c>value-out-of-range</c> at <c>validTo</c> where it ends before it begins; else null.</returns>
    public Refusal? Backwards =>
        To < From
            ? Refusal
                .Of(
                    "value-out-of-range",
                    ("name", "validTo"),
                    ("value", To),
                    ("least", From),
                    ("most", DateOnly.MaxValue)
                )
                .At("validTo")
            : null;
}
