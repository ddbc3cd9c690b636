using System.Globalization;
using System.Text;
using Api.Export;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using MiniExcelLibs;
using Projections;

namespace Api.Http;

/// <summary>A page of a list (contract.md §3).</summary>
/// <param name="Next">Cursor of the next page, null on the last.</param>
/// <param name="AsOf">How far the view has come, where the list is read from one.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next, AsOf? AsOf = null);

/// <summary>Place in the store that a view has seen, of the newest.</summary>
public sealed record AsOf(long Sequence, long Newest);

/// <summary>A column of a saved list: its heading and its cell.</summary>
sealed record Column<T>(string Name, Func<T, object?> Cell);

/// <summary>Lists as JSON, CSV or XLSX, as the caller accepts.</summary>
static class ListAnswers
{
    public const string Csv = "text/csv",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows of a saved list at most; a longer one is narrowed by its filters.</summary>
    public const int LongestFile = 100_000;

    public static bool WantsFile(HttpContext http) => Format(http) is Csv or Xlsx;

    /// <summary>Rows to read: a saved list has them all, a page its limit.</summary>
    public static int Most(HttpContext http, int limit) => WantsFile(http) ? LongestFile : limit;

    /// <summary>A list of one view: its fault, its wait for a leaf, its page with how fresh it is.</summary>
    /// <param name="name">Of a saved file; the view's where it has no other.</param>
    public static async Task OfViewAsync<T>(
        HttpContext http,
        LedgerDatabase database,
        string view,
        Refusal? fault,
        Func<CancellationToken, Task<Page<T>>> read,
        string? name = null
    )
    {
        if ((fault ?? await ReadYourWrites.WaitAsync(http, database, view)) is { } wrong)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        using var span = Ledger.Telemetry.Source.StartActivity("ledger.query");
        var page = await read(http.RequestAborted);
        var freshness = await Freshness.OfAsync(database, Registry.Find(view)!, http.RequestAborted);
        await WriteAsync(http, page, null, name ?? view, freshness);
    }

    /// <summary>A list that is no page: all there is, in one answer.</summary>
    public static Task WriteAllAsync<T>(HttpContext http, IReadOnlyList<T> items, string name) =>
        WriteAsync(http, new Page<T>(items, null), null, name);

    /// <summary>A page of a list that is read from no view, in the columns of its rows.</summary>
    /// <param name="read">Reads so many rows behind a cursor.</param>
    public static async Task WritePageAsync<T>(
        HttpContext http,
        PageAsked asked,
        Func<int, string?, CancellationToken, Task<Page<T>>> read,
        string name
    )
    {
        if (asked.Fault is not null)
            await Problems.WriteAsync(http, asked.Fault);
        else
            await WriteAsync(http, await read(Most(http, asked.Limit), asked.Cursor, http.RequestAborted), null, name);
    }

    public static async Task WriteAsync<T>(
        HttpContext http,
        Page<T> page,
        IReadOnlyList<Column<T>>? columns,
        string name,
        Freshness? freshness = null
    )
    {
        if (Format(http) is not { } format)
        {
            await Problems.WriteAsync(
                http,
                Refusal.Of("not-acceptable", ("available", $"application/json, {Csv}, {Xlsx}"))
            );
            return;
        }
        columns ??=
        [
            .. typeof(T)
                .GetProperties()
                .Select(p => new Column<T>(char.ToLowerInvariant(p.Name[0]) + p.Name[1..], r => p.GetValue(r))),
        ];
        if (page.Next is { } next)
            http.Response.Headers.Link = $"<{NextPage(http, next)}>; rel=\"next\"";
        switch (format)
        {
            case Csv:
                await CsvAsync(http, page, columns, name);
                break;
            case Xlsx:
                await XlsxAsync(http, page, columns, name);
                break;
            default:
                await http.Response.WriteAsJsonAsync(
                    new ListAnswer<T>(
                        page.Items,
                        page.Next,
                        freshness is null ? null : new(freshness.Sequence, freshness.Newest)
                    ),
                    NullsKept,
                    http.RequestAborted
                );
                break;
        }
    }

    /// <summary><c>next</c> is there on the last page too, as null.</summary>
    static readonly System.Text.Json.JsonSerializerOptions NullsKept = new(WireJson.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
    };

    static string? Format(HttpContext http)
    {
        switch (http.Request.Query["format"].ToString())
        {
            case "csv":
                return Csv;
            case "xlsx":
                return Xlsx;
            case "json":
                return "application/json";
        }
        var accepted = http.Request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return "application/json";
        foreach (var type in accepted.OrderByDescending(a => a.Quality ?? 1))
        foreach (var offered in (string[])["application/json", Csv, Xlsx])
            if (type.MatchesMediaType(offered))
                return offered;
        return null;
    }

    static string NextPage(HttpContext http, string cursor)
    {
        var query = http
            .Request.Query.Where(q => q.Key != "cursor")
            .SelectMany(q => q.Value.Select(v => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}"));
        return $"{http.Request.Path}?{string.Join('&', query.Append($"cursor={cursor}"))}";
    }

    static async Task CsvAsync<T>(HttpContext http, Page<T> page, IReadOnlyList<Column<T>> columns, string name)
    {
        http.Response.ContentType = $"{Csv}; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        var text = new StringBuilder().AppendJoin(',', columns.Select(c => c.Name)).Append("\r\n");
        foreach (var row in page.Items)
        {
            text.AppendJoin(
                    ',',
                    columns.Select(c =>
                        Cell(c.Cell(row)) is string s
                            ? CsvText.Escaped(s)
                            : Convert.ToString(Cell(c.Cell(row)), CultureInfo.InvariantCulture)
                    )
                )
                .Append("\r\n");
            if (text.Length < 1 << 16)
                continue;
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
            text.Clear();
        }
        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    static async Task XlsxAsync<T>(HttpContext http, Page<T> page, IReadOnlyList<Column<T>> columns, string name)
    {
        http.Response.ContentType = Xlsx;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.xlsx\"";
        // Without rows there would be no header: an empty first row keeps it.
        IEnumerable<Dictionary<string, object?>> rows = page.Items.Select(row =>
            columns.ToDictionary(c => c.Name, c => Cell(c.Cell(row)))
        );
        if (page.Items.Count == 0)
            rows = [columns.ToDictionary(c => c.Name, _ => (object?)null)];
        using var file = new MemoryStream();
        await file.SaveAsAsync(rows, cancellationToken: http.RequestAborted);
        file.Position = 0;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    /// <summary>Text, or a number; times and lists become text.</summary>
    static object? Cell(object? value) =>
        value switch
        {
            null => null,
            long or int or double => value,
            bool b => b ? "true" : "false",
            DateTimeOffset t => Instants.Text(t),
            DateOnly d => Instants.Text(d),
            Guid g => g.ToString(),
            IEnumerable<string> several => string.Join("; ", several),
            System.Text.Json.Nodes.JsonNode node => node.ToJsonString(WireJson.Options),
            System.Collections.IEnumerable and not string => System.Text.Json.JsonSerializer.Serialize(
                value,
                WireJson.Options
            ),
            _ => value.ToString(),
        };
}

/// <summary>A history as a saved list.</summary>
static class HistoryTable
{
    public static IReadOnlyList<Column<HistoryEvent>> Columns { get; } =
    [
        new("type", e => e.Type),
        new("occurredAt", e => e.When),
        new("precision", e => e.Precision),
        new("recordedAt", e => e.RecordedAt),
        new("eventId", e => e.EventId),
        new("source", e => e.Source),
        new("actor", e => e.Actor),
        new("role", e => e.Role),
        new("site", e => e.Site),
        new("version", e => e.Version),
        new("facts", e => e.Facts),
        new("verdicts", e => e.Verdicts.Select(v => $"{v.RuleId}={WireWords.Of(v.Result)}")),
    ];
}
