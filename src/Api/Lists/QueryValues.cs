using System.Globalization;
using Ledger;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Projections;

namespace Api.Lists;

/// <summary>
/// Query parameters, read with a clear refusal for each that is wrong. Reading declares: what was read, with its words
/// and values, is what the API document and the form of the page show.
/// </summary>
/// <param name="given">The text of a parameter; empty: it was not given.</param>
/// <param name="now">When it is asked.</param>
public sealed class QueryValues(Func<string, string> given, DateTimeOffset now)
{
    static readonly IReadOnlyList<QueryOption> PlacesWithCounties =
        [.. Divisions.All.Select(d => (QueryOption)(d.Code, (d.Level == "county" ? "　" : "") + d.Name, d.Name))],
        Places = [.. Divisions.All.Where(d => d.Level != "county").Select(d => (QueryOption)(d.Code, d.Name, d.Name))],
        Categories = [.. GoodsCategory.All.Select(c => (QueryOption)(c.Code, c.Zh, c.En))],
        Events =
        [.. EventCatalog.All.Where(e => e.Kind == GoodsStreams.Item).Select(e => (QueryOption)(e.Name, e.Zh, e.En))];

    readonly List<QueryParameter> read = [];

    public QueryValues(HttpContext http, DateTimeOffset now)
        : this(name => http.Request.Query[name].ToString(), now) { }

    public DateTimeOffset Now => now;

    /// <summary>The Shanghai day on which it is asked.</summary>
    public DateOnly Today => ShanghaiDay.Of(now);

    /// <summary>The first thing that is wrong.</summary>
    public Refusal? Fault { get; private set; }

    /// <summary>All that was read, in that order.</summary>
    public IReadOnlyList<QueryParameter> Parameters => read;

    /// <summary>What a reading asks for, whatever is given.</summary>
    public static IReadOnlyList<QueryParameter> AskedBy(Action<QueryValues> reading)
    {
        var values = new QueryValues(_ => "", DateTimeOffset.UnixEpoch);
        reading(values);
        return values.Parameters;
    }

    /// <summary>A parameter that is read elsewhere.</summary>
    public string Given(string name) => given(name);

    public string? Text(
        string name,
        Words label,
        int longest = 300,
        string? example = null,
        string? otherwise = null,
        bool isNeeded = false
    ) =>
        Take(
            new(name, label, null)
            {
                Longest = longest,
                Example = example,
                Otherwise = otherwise,
                IsNeeded = isNeeded,
            }
        );

    public string? Market(string name = "market")
    {
        var code = Take(new(name, ("市场", "Market"), null) { Longest = 14, Example = "MK-510100-0001" });
        return code is null || MarketCode.IsWellFormed(code)
            ? code
            : Fail<string>(name, code, "MK-<division>-<4 digits>");
    }

    /// <param name="counties">Its form offers counties too.</param>
    /// <param name="otherwise">What holds where none is given.</param>
    public string? Division(string name = "division", bool counties = false, string? otherwise = null)
    {
        var code = Take(
            new(name, ("地区", "Place"), null)
            {
                Longest = 6,
                Otherwise = otherwise,
                Options = counties ? PlacesWithCounties : Places,
                IsOpen = true,
            }
        );
        return code is null || Divisions.Find(code) is not null
            ? code
            : Fail<string>(name, code, "six digits of GB/T 2260");
    }

    public string? Category(string name = "category") =>
        Take(new(name, ("品类", "Category"), null) { Options = Categories });

    /// <summary>A wire name of the event catalogue, with or without version; given without.</summary>
    public string? Event(string name = "event")
    {
        var word = Take(new(name, ("事件", "Event"), null) { Options = Events, IsOpen = true });
        if (word is null)
            return null;
        return (EventCatalog.OfName(word) ?? EventCatalog.OfWireName(word))?.Name
            ?? Fail<string>(name, word, "a wire name of the event catalogue");
    }

    public Identifier? Identifier(string name = "identifier")
    {
        if (Take(new(name, ("标识", "Identifier"), null) { Example = "vin:LSVAM4187C2184847" }) is not { } text)
            return null;
        var (identifier, malformed) = Ledger.Kernel.Identifiers.Identifier.Parse(text);
        Fault ??= malformed?.At(name);
        return malformed is null ? identifier : null;
    }

    /// <summary>One of some words, the first where none is given.</summary>
    public string Word(string name, Words label, params IReadOnlyList<QueryOption> options) =>
        Take(new(name, label, null) { Options = options, Otherwise = options[0].Value }) ?? options[0].Value;

    /// <summary>One of some words, which a form does not leave open; null: none is given.</summary>
    public string? WordNeeded(string name, Words label, params IReadOnlyList<QueryOption> options) =>
        Take(new(name, label, null) { Options = options, IsNeeded = true });

    /// <summary>One of some words, or all.</summary>
    /// <returns>Null: all.</returns>
    public string? WordOrAll(string name, Words label, params IEnumerable<QueryOption> options) =>
        Word(name, label, [("all", "全部", "All"), .. options]) is var word && word == "all" ? null : word;

    public DateTimeOffset? Instant(string name, Words label, bool startOfDay = false)
    {
        if (Take(new(name, label, null) { Format = QueryFormat.Instant }) is not { } text)
            return null;
        if (startOfDay && Instants.TryParseDay(text, out var day))
            return ShanghaiDay.Start(day);
        return Hosting.Times.TryRead(text, out DateTimeOffset? instant)
            ? instant
            : Fail<DateTimeOffset?>(name, text, "RFC 3339, or yyyy-MM-dd");
    }

    public Moment? Moment(string name, Words label) =>
        Take(new(name, label, null) { Format = QueryFormat.Instant }) is not { } text ? null
        : Hosting.Times.TryRead(text, out Moment? moment) ? moment
        : Fail<Moment?>(name, text, "RFC 3339, or yyyy-MM-dd");

    public DateOnly? Day(string name, Words label, DateOnly? otherwise = null) =>
        Take(
            new(name, label, null)
            {
                Format = QueryFormat.Day,
                Otherwise = otherwise is { } o ? Instants.Text(o) : null,
            }
        )
            is not { } text
            ? otherwise
        : Instants.TryParseDay(text, out var day) ? day
        : Fail<DateOnly?>(name, text, "yyyy-MM-dd");

    /// <summary>A month <c>yyyy-MM</c>, or a day in it; its first day.</summary>
    public DateOnly? Month(string name, Words label, DateOnly? otherwise = null)
    {
        var parameter = new QueryParameter(name, label, null)
        {
            Format = QueryFormat.Month,
            Longest = 10,
            Example = "2026-01",
            Otherwise = otherwise?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        };
        if (Take(parameter) is not { } text)
            return otherwise;
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

    /// <summary>A leaf that the view must have seen (contract.md §5).</summary>
    public long? AtLeast()
    {
        var text = Take(
            new("atLeast", ("至少看到的记录", "Leaf that must have been seen"), null)
            {
                Format = QueryFormat.Leaf,
                IsTechnical = true,
            }
        );
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var leaf)
            ? leaf
            : Fail<long?>("atLeast", text, "a leaf index");
    }

    /// <summary>Rows of a page.</summary>
    /// <param name="most">A page has no more.</param>
    public int Limit(int most = 500)
    {
        var parameter = new QueryParameter("limit", ("每页行数", "Rows of a page"), null)
        {
            Format = QueryFormat.Limit,
            Otherwise = Math.Min(50, most).ToString(CultureInfo.InvariantCulture),
            Most = most,
            IsTechnical = true,
        };
        if (Take(parameter) is not { } text)
            return Math.Min(50, most);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 500
            ? Math.Min(n, most)
            : Fail<int>("limit", text, "1–500");
    }

    /// <summary>Where the page begins.</summary>
    /// <param name="keys">Texts that the list is sorted by; 0: it is sorted by time.</param>
    public string? PageCursor(int keys = 0)
    {
        var text = Take(
            new("cursor", ("页码", "Where the page begins"), null) { Longest = Cursor.Longest, IsTechnical = true }
        );
        if (text is null || (keys == 0 ? Cursor.Read(text) is not null : Cursor.ReadKeys(text, keys) is not null))
            return text;
        Fault ??= new("cursor-malformed");
        return null;
    }

    /// <summary>What occurred by a time, as known at a time (contract.md §2).</summary>
    public (Moment? AsOf, DateTimeOffset? KnownAt) Times() =>
        (Moment("asOf", ("截至", "As of")), Instant("knownAt", ("当时已知", "As known at")));

    /// <summary>What else may be wrong with a value that was read.</summary>
    public void Refuse(string name, string value, string expected) => Fail<string>(name, value, expected);

    string? Take(QueryParameter parameter)
    {
        var value = given(parameter.Name).Trim();
        read.Add(parameter with { Value = value.Length == 0 ? null : value });
        if (value.Length == 0)
            return null;
        if (PlainText.Check(value, parameter.MostCharacters) is not null)
            return Fail<string>(
                parameter.Name,
                value,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"plain text of at most {parameter.MostCharacters} characters"
                )
            );
        return parameter.IsOpen || parameter.Options.Count == 0 || parameter.Options.Any(o => o.Value == value)
            ? value
            : Fail<string>(parameter.Name, value, string.Join(", ", parameter.Options.Select(o => o.Value)));
    }

    T? Fail<T>(string name, string value, string expected)
    {
        Fault ??= Refusal
            .Of("query-malformed", ("name", name), ("value", Bounds.Short(value)), ("expected", expected))
            .At(name);
        return default;
    }
}
