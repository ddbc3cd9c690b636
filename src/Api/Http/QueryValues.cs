using System.Globalization;
using Ledger;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Projections;

namespace Api.Http;

/// <summary>Which page of a list is asked for, and what is wrong with the question.</summary>
readonly record struct PageAsked(int Limit, string? Cursor, Refusal? Fault);

/// <summary>Query parameters, read with a clear refusal for each that is wrong.</summary>
sealed class QueryValues(HttpContext http)
{
    public Refusal? Fault { get; private set; }

    public string? Text(string name)
    {
        var value = http.Request.Query[name].ToString().Trim();
        if (value.Length == 0)
            return null;
        return PlainText.Check(value, 300) is null
            ? value
            : Fail<string>(name, value, "plain text of at most 300 characters");
    }

    public string? Market(string name = "market") =>
        Text(name) is { } code
            ? MarketCode.IsWellFormed(code)
                ? code
                : Fail<string>(name, code, "MK-<division>-<4 digits>")
            : null;

    public string? Division(string name = "division") =>
        Text(name) is { } code
            ? Divisions.Find(code) is not null
                ? code
                : Fail<string>(name, code, "six digits of GB/T 2260")
            : null;

    public string? Category(string name = "category") =>
        Text(name) is { } code
            ? GoodsCategory.Find(code) is not null
                ? code
                : Fail<string>(name, code, string.Join(", ", GoodsCategory.All.Select(c => c.Code)))
            : null;

    public string? Event(string name = "event") =>
        Text(name) is { } word
            ? EventCatalog.OfName(word) is { } plain
                ? plain.Name
                : EventCatalog.OfWireName(word) is { } wire
                    ? wire.Name
                    : Fail<string>(name, word, "a wire name of the event catalogue")
            : null;

    public string Word(string name, string otherwise, params ReadOnlySpan<string> allowed) =>
        Text(name) is not { } word ? otherwise
        : allowed.Contains(word) ? word
        : Fail<string>(name, word, string.Join(", ", allowed.ToArray())) ?? otherwise;

    public DateTimeOffset? Instant(string name, bool startOfDay = false)
    {
        if (Text(name) is not { } text)
            return null;
        if (startOfDay && Instants.TryParseDay(text, out var day))
            return ShanghaiDay.Start(day);
        return Http.Times.TryRead(text, out DateTimeOffset? instant)
            ? instant
            : Fail<DateTimeOffset?>(name, text, "RFC 3339, or yyyy-MM-dd");
    }

    public Moment? Moment(string name) =>
        Text(name) is not { } text ? null
        : Http.Times.TryRead(text, out Moment? moment) ? moment
        : Fail<Moment?>(name, text, "RFC 3339, or yyyy-MM-dd");

    public DateOnly? Day(string name) =>
        Text(name) is not { } text ? null
        : Instants.TryParseDay(text, out var day) ? day
        : Fail<DateOnly?>(name, text, "yyyy-MM-dd");

    /// <summary>A month <c>yyyy-MM</c>, or a day in it.</summary>
    public DateOnly? Month(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (
            DateOnly.TryParseExact(
                text,
                ["yyyy-MM", "yyyy-MM-dd"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
            && day >= Bounds.OldestDay
        )
            return new(day.Year, day.Month, 1);
        return Fail<DateOnly?>(name, text, "yyyy-MM, from 1900-01");
    }

    public int Limit()
    {
        if (Text("limit") is not { } text)
            return 50;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 500
            ? n
            : Fail<int>("limit", text, "1–500");
    }

    public string? PageCursor()
    {
        if (Text("cursor") is not { } text)
            return null;
        if (Cursor.Read(text) is not null)
            return text;
        Fault ??= new("cursor-malformed");
        return null;
    }

    /// <summary>To be asked last: its fault is that of all that was read.</summary>
    public PageAsked Page()
    {
        var (limit, cursor) = (Limit(), PageCursor());
        return new(limit, cursor, Fault);
    }

    T? Fail<T>(string name, string value, string expected)
    {
        Fault ??= Refusal.Of(
            "query-malformed",
            ("name", name),
            ("value", value.Length > 60 ? value[..60] : value),
            ("expected", expected)
        ) with
        {
            Field = name,
        };
        return default;
    }

    public static bool Times(HttpContext http, out Moment? asOf, out DateTimeOffset? knownAt, out Refusal? wrong)
    {
        var query = new QueryValues(http);
        (asOf, knownAt) = (query.Moment("asOf"), query.Instant("knownAt"));
        wrong = query.Fault;
        return wrong is null;
    }
}
