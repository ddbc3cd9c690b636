using System.Globalization;
using System.Text.Json;

namespace Api.Import;

/// <summary>A map is wrong: exit 2, with the key at fault.</summary>
public sealed class MapException(string message) : Exception(message);

/// <summary>Lets any register be read as it is (contract.md §4): canonical column → where it comes from.</summary>
public sealed record ImportMap
{
    public string? Kind { get; init; }
    public string? Encoding { get; init; }
    public char? Delimiter { get; init; }
    public string? Sheet { get; init; }
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    public string? Jurisdiction { get; init; }
    public required IReadOnlyDictionary<string, MapSource> Columns { get; init; }
    public IReadOnlyDictionary<string, MapSource> Facts { get; init; } = new Dictionary<string, MapSource>();
    public IReadOnlyList<MapSkip> Skip { get; init; } = [];

    public const string Format = "ledger-map/1";
    const long Largest = 1 << 20;

    /// <exception cref="MapException">The map has an unknown key, lacks one, or a value is wrong.</exception>
    public static ImportMap Read(string path)
    {
        try
        {
            InputFile.Check(path);
            if (new FileInfo(path).Length > Largest)
                throw new MapException($"{path} has more than {Largest >> 20} MB; no map has.");
            using var document = JsonDocument.Parse(
                File.ReadAllText(path),
                new()
                {
                    MaxDepth = 16,
                    AllowDuplicateProperties = false,
                    CommentHandling = JsonCommentHandling.Disallow,
                }
            );
            return Read(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw new MapException($"{path} is not JSON: {error.Message}");
        }
        catch (NoFileException error)
        {
            throw new MapException(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MapException($"{path} cannot be read: {error.Message}");
        }
        // Half a surrogate pair can be written in JSON, but it is no text.
        catch (InvalidOperationException error)
        {
            throw new MapException($"{path} has a text that is none: {error.Message}");
        }
    }

    static ImportMap Read(JsonElement root, string path)
    {
        var at = new At(path, "");
        Known(
            root,
            at,
            "format",
            "kind",
            "encoding",
            "delimiter",
            "sheet",
            "zone",
            "jurisdiction",
            "columns",
            "facts",
            "skip",
            "note"
        );
        if (Text(root, "format", at) != Format)
            throw at.Wrong("format", $"must be “{Format}”");
        var kind = Text(root, "kind", at);
        if (kind is not (null or "sales" or "history"))
            throw at.Wrong("kind", "is sales or history");
        var delimiter = Text(root, "delimiter", at);
        if (delimiter is { Length: not 1 })
            throw at.Wrong("delimiter", "is one character");
        if (delimiter is ['"' or '\r' or '\n' or '\0'])
            throw at.Wrong("delimiter", "is neither a quote nor the end of a line");
        if (Text(root, "encoding", at) is { } encoding && !SourceFile.Knows(encoding))
            throw at.Wrong("encoding", $"“{encoding}” is no encoding");
        var zone = Text(root, "zone", at) ?? "Asia/Shanghai";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            throw at.Wrong("zone", $"“{zone}” is no IANA time zone");
        if (!root.TryGetProperty("columns", out var columns))
            throw at.Wrong("columns", "is missing");
        return new()
        {
            Kind = kind,
            Encoding = Text(root, "encoding", at),
            Delimiter = delimiter?[0],
            Sheet = Text(root, "sheet", at),
            Zone = found,
            Jurisdiction = Text(root, "jurisdiction", at),
            Columns = Sources(columns, at.Under("columns")),
            Facts = root.TryGetProperty("facts", out var facts)
                ? Sources(facts, at.Under("facts"))
                : new Dictionary<string, MapSource>(),
            Skip = root.TryGetProperty("skip", out var skip) ? Skips(skip, at.Under("skip")) : [],
        };
    }

    static Dictionary<string, MapSource> Sources(JsonElement element, At at)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            throw at.Wrong("", "is an object");
        return element
            .EnumerateObject()
            .ToDictionary(m => m.Name, m => Source(m.Value, at.Under(m.Name)), StringComparer.Ordinal);
    }

    static MapSource Source(JsonElement e, At at)
    {
        Known(e, at, "const", "column", "template", "values", "else", "formats", "midnight", "unit");
        var source = new MapSource
        {
            Const = Text(e, "const", at),
            Column = Text(e, "column", at),
            Template = Text(e, "template", at),
            Else = Text(e, "else", at),
            Values = Words(e, "values", at),
            Formats = Texts(e, "formats", at) ?? [],
            MidnightIsDay = Text(e, "midnight", at) switch
            {
                null => false,
                "day" => true,
                _ => throw at.Wrong("midnight", "is “day”"),
            },
            Unit = Text(e, "unit", at),
        };
        if (new[] { source.Const, source.Column, source.Template }.Count(s => s is not null) != 1)
            throw at.Wrong("", "names exactly one of const, column, template");
        if (source.Template is { } template && template.Count(c => c == '{') != template.Count(c => c == '}'))
            throw at.Wrong("template", "opens a { that it does not close");
        if (source.Unit is not (null or "km" or "mi" or "yuan" or "fen"))
            throw at.Wrong("unit", "is km, mi, yuan or fen");
        return source;
    }

    static List<MapSkip> Skips(JsonElement element, At at)
    {
        if (element.ValueKind is not JsonValueKind.Array)
            throw at.Wrong("", "is a list");
        var skips = new List<MapSkip>();
        foreach (var e in element.EnumerateArray())
        {
            Known(e, at, "column", "in", "reason");
            skips.Add(
                new(
                    Text(e, "column", at) ?? throw at.Wrong("column", "is missing"),
                    Texts(e, "in", at) ?? throw at.Wrong("in", "is missing"),
                    Text(e, "reason", at) ?? throw at.Wrong("reason", "is missing")
                )
            );
        }
        return skips;
    }

    static Dictionary<string, string>? Words(JsonElement e, string key, At at) =>
        !e.TryGetProperty(key, out var words) ? null
        : words.ValueKind is JsonValueKind.Object
        && words.EnumerateObject().All(w => w.Value.ValueKind is JsonValueKind.String)
            ? words.EnumerateObject().ToDictionary(w => w.Name, w => w.Value.GetString()!, StringComparer.Ordinal)
        : throw at.Wrong(key, "is an object of texts");

    static List<string>? Texts(JsonElement e, string key, At at) =>
        !e.TryGetProperty(key, out var list) ? null
        : list.ValueKind is JsonValueKind.Array && list.EnumerateArray().All(t => t.ValueKind is JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(t => t.GetString()!)]
        : throw at.Wrong(key, "is a list of texts");

    static void Known(JsonElement e, At at, params ReadOnlySpan<string> keys)
    {
        if (e.ValueKind is not JsonValueKind.Object)
            throw at.Wrong("", "is an object");
        foreach (var member in e.EnumerateObject())
            if (!keys.Contains(member.Name))
                throw at.Wrong(
                    member.Name,
                    $"is not a key of a map; known here are {string.Join(", ", keys.ToArray())}"
                );
    }

    static string? Text(JsonElement e, string key, At at) =>
        !e.TryGetProperty(key, out var value) ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : throw at.Wrong(key, "is a text");

    sealed record At(string Path, string Place)
    {
        public At Under(string key) => this with { Place = Place.Length == 0 ? key : $"{Place}.{key}" };

        public MapException Wrong(string key, string what) =>
            new($"{Path}: {string.Join('.', new[] { Place, key }.Where(p => p.Length > 0))} {what}.");
    }
}

/// <summary>Where a canonical column or a fact comes from.</summary>
public sealed record MapSource
{
    public string? Const { get; init; }
    public string? Column { get; init; }
    public string? Template { get; init; }
    public IReadOnlyDictionary<string, string>? Values { get; init; }
    public string? Else { get; init; }
    public IReadOnlyList<string> Formats { get; init; } = [];
    public bool MidnightIsDay { get; init; }
    public string? Unit { get; init; }

    /// <summary>Source columns it reads.</summary>
    public IEnumerable<string> Reads =>
        Column is not null ? [Column]
        : Template is null ? []
        : Template.Split('{').Skip(1).Select(p => p.Split('}')[0]);

    /// <summary>The value from a row: picked, translated, converted; empty means absent.</summary>
    public (string Value, Ledger.Kernel.Refusal? Refusal) Of(Func<string, string> cell, string name)
    {
        var raw = Const ?? (Column is not null ? cell(Column) : Filled(cell));
        if (Values is not null)
        {
            if (Values.TryGetValue(raw, out var ours))
                raw = ours;
            else if (Else is not null)
                raw = Else;
            else
                return ("", Ledger.Kernel.Refusal.Of("value-not-mapped", ("name", name), ("value", raw)).At(name));
        }
        return Unit is null || raw.Length == 0 ? (raw, null) : Converted(raw, name);
    }

    string Filled(Func<string, string> cell)
    {
        var parts = Template!.Split('{');
        return string.Concat(
            parts
                .Skip(1)
                .Select(p => cell(p.Split('}')[0]) + p[(p.IndexOf('}', StringComparison.Ordinal) + 1)..])
                .Prepend(parts[0])
        );
    }

    /// <summary>Exact: yuan to fen must leave no rest; miles become whole kilometres, half away from zero.</summary>
    (string, Ledger.Kernel.Refusal?) Converted(string raw, string name)
    {
        if (
            !decimal.TryParse(
                raw,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var n
            )
            || Math.Abs(n) > 1_000_000_000_000_000m
        )
            return (
                "",
                Ledger
                    .Kernel.Refusal.Of(
                        "value-malformed",
                        ("name", name),
                        ("value", raw),
                        ("expected", $"a number of {Unit}")
                    )
                    .At(name)
            );
        var converted = Unit switch
        {
            "yuan" => n * 100,
            "mi" => Math.Round(n * 1.609344m, MidpointRounding.AwayFromZero),
            _ => n,
        };
        return converted == Math.Truncate(converted)
            ? (converted.ToString("0", CultureInfo.InvariantCulture), null)
            : (
                "",
                Ledger
                    .Kernel.Refusal.Of(
                        "value-malformed",
                        ("name", name),
                        ("value", raw),
                        ("expected", $"a whole number of the smallest unit of {Unit}")
                    )
                    .At(name)
            );
    }
}

/// <summary>Rows that are no event of ours, counted by their reason.</summary>
public sealed record MapSkip(string Column, IReadOnlyList<string> In, string Reason);
