using System.Globalization;
using System.Text.Json;
using Ledger.Kernel;

namespace Api.Import;

/// <summary>A row in canonical columns, with the facts a map added.</summary>
/// <param name="Row">As it came.</param>
public sealed record CanonicalRow(
    SourceRow Row,
    IReadOnlyDictionary<string, string> Columns,
    IReadOnlyList<KeyValuePair<string, string>> Facts
)
{
    public string this[string column] => Columns.GetValueOrDefault(column, "");

    /// <summary>The canonical content, for telling a repeated row from a changed one.</summary>
    public byte[] Canonical() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new object[]
            {
                Columns
                    .Where(c => c.Value.Length > 0)
                    .OrderBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => new[] { c.Key, c.Value }),
                Facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new[] { f.Key, f.Value }),
            }
        );
}

/// <summary>What became of a source row on its way to canonical columns.</summary>
public readonly record struct ReadRow(CanonicalRow? Row, Refusal? Refusal, string? Skipped);

/// <summary>From source columns to canonical ones, by header name or by a map.</summary>
public sealed class RowReader
{
    public static IReadOnlyList<string> SalesColumns { get; } =
    [
        "row_key",
        "market",
        "category",
        "identifiers",
        "brand",
        "model",
        "manufactured_on",
        "first_registered_on",
        "odometer_km",
        "grade",
        "seller",
        "seller_kind",
        "buyer",
        "buyer_kind",
        "price_fen",
        "currency",
        "agreed_at",
        "transferred_at",
        "invoice_no",
        "wipe_ref",
    ];

    public static IReadOnlyList<string> HistoryColumns { get; } =
    [
        "row_key",
        "source",
        "category",
        "identifiers",
        "brand",
        "model",
        "event",
        "occurred_at",
        "place",
        "party",
        "facts",
    ];

    static readonly string[] SalesNeeds =
    [
        "row_key",
        "market",
        "category",
        "identifiers",
        "seller",
        "buyer",
        "price_fen",
        "agreed_at",
    ];
    static readonly string[] HistoryNeeds = ["row_key", "source", "category", "identifiers", "event", "occurred_at"];

    /// <summary>Columns that a file may lack.</summary>
    public static IEnumerable<string> Optional =>
        SalesColumns.Union(HistoryColumns).Except(SalesNeeds).Except(HistoryNeeds);

    /// <summary>Columns that hold an instant or a day.</summary>
    static readonly HashSet<string> Times = ["agreed_at", "transferred_at", "occurred_at"];

    readonly ImportMap? map;
    readonly Dictionary<string, int> header;

    public RowReader(IRowSource source, bool sales, ImportMap? map, string? market, string path)
    {
        this.map = map;
        header = new(StringComparer.Ordinal);
        for (var i = 0; i < source.Header.Length; i++)
            if (source.Header[i].Length > 0 && !header.TryAdd(source.Header[i], i))
                throw new NotWhatItClaimsException($"{path} names the column “{source.Header[i]}” twice.");
        var columns = sales ? SalesColumns : HistoryColumns;
        if (map is not null)
        {
            if (map.Columns.Keys.FirstOrDefault(c => !columns.Contains(c)) is { } foreign)
                throw new MapException(
                    $"The map of {path} fills “{foreign}”, which is no column of kind {(sales ? "sales" : "history")}."
                );
            if (
                map
                    .Columns.Values.Concat(map.Facts.Values)
                    .SelectMany(s => s.Reads)
                    .Concat(map.Skip.Select(s => s.Column))
                    .FirstOrDefault(c => !header.ContainsKey(c)) is
                { } absent
            )
                throw new NotWhatItClaimsException(
                    $"{path} has no column “{absent}”, which the map reads. It has: {string.Join(", ", source.Header)}."
                );
        }
        bool Has(string column) => map is not null ? map.Columns.ContainsKey(column) : header.ContainsKey(column);
        var missing = (sales ? SalesNeeds : HistoryNeeds)
            .Where(c => !Has(c) && !(c == "market" && market is not null))
            .ToList();
        if (missing.Count > 0)
            throw new NotWhatItClaimsException(
                $"{path} has no column {string.Join(", ", missing)}. A {(sales ? "sales" : "history")} file needs them by name in its first row, or a map (--map)."
            );
        Ignored = map is null ? [.. header.Keys.Where(c => !columns.Contains(c) && !Optional.Contains(c))] : [];
    }

    /// <summary>Columns nobody reads, for a word to whoever imports.</summary>
    public IReadOnlyList<string> Ignored { get; }

    public ReadRow Read(SourceRow row)
    {
        if (row.Fault is not null)
            return new(null, row.Fault, null);
        string Cell(string column) => header.TryGetValue(column, out var i) ? row.Cells[i].Trim() : "";
        if (map is null)
            return new(new(row, header.Keys.ToDictionary(c => c, Cell, StringComparer.Ordinal), []), null, null);
        foreach (var skip in map.Skip)
            if (skip.In.Contains(Cell(skip.Column)))
                return new(null, null, skip.Reason);
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, source) in map.Columns)
        {
            var (value, refusal) = source.Of(Cell, name);
            if (refusal is null && value.Length > 0 && (Times.Contains(name) || source.Formats.Count > 0))
                (value, refusal) = Time(value, source, name);
            if (refusal is not null)
                return new(null, refusal, null);
            columns[name] = value;
        }
        var facts = new List<KeyValuePair<string, string>>();
        foreach (var (name, source) in map.Facts)
        {
            var (value, refusal) = source.Of(Cell, name);
            if (refusal is null && value.Length > 0 && source.Formats.Count > 0)
                (value, refusal) = Time(value, source, name);
            if (refusal is not null)
                return new(null, refusal, null);
            if (value.Length > 0)
                facts.Add(new(name, value));
        }
        return new(new(row, columns, facts), null, null);
    }

    /// <summary>A time in a .NET pattern: as UTC where the cell names its offset; null where it has not that form, or
    /// is of a time that no register of ours reaches.</summary>
    static DateTime? Formatted(string value, string format)
    {
        try
        {
            return
                DateTime.TryParseExact(
                    value,
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AdjustToUniversal,
                    out var read
                ) && read.Year is >= 1000 and < 9999
                ? read
                : null;
        }
        // A pattern that is none.
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>A time in any of the map's forms, as RFC 3339 or as a day.</summary>
    (string, Refusal?) Time(string value, MapSource source, string name)
    {
        foreach (var format in source.Formats.Count == 0 ? ["rfc3339"] : source.Formats)
        {
            if (format == "rfc3339")
            {
                if (Instants.TryParseDay(value, out _))
                    return (value, null);
                if (!Instants.TryParse(value, out var instant))
                    continue;
                var local = TimeZoneInfo.ConvertTime(instant, map!.Zone);
                return source.MidnightIsDay && local.TimeOfDay == TimeSpan.Zero
                    ? (Instants.Text(DateOnly.FromDateTime(local.DateTime)), null)
                    : (Instants.Text(instant), null);
            }
            if (Formatted(value, format) is not { } read)
                continue;
            // An offset that the cell itself names is honoured; the machine's own zone never counts.
            DateTimeOffset? named = read.Kind is DateTimeKind.Utc ? new(read, TimeSpan.Zero) : null;
            var at = named is { } utc ? TimeZoneInfo.ConvertTime(utc, map!.Zone).DateTime : read;
            var hasTime =
                format.Contains('H', StringComparison.Ordinal) || format.Contains('h', StringComparison.Ordinal);
            return !hasTime || (source.MidnightIsDay && at.TimeOfDay == TimeSpan.Zero)
                ? (Instants.Text(DateOnly.FromDateTime(at)), null)
                : (Instants.Text(named ?? new DateTimeOffset(at, map!.Zone.GetUtcOffset(at))), null);
        }
        return (
            "",
            Refusal
                .Of(
                    "value-malformed",
                    ("name", name),
                    ("value", value),
                    ("expected", source.Formats.Count == 0 ? "RFC 3339" : string.Join(" / ", source.Formats))
                )
                .At(name)
        );
    }
}
