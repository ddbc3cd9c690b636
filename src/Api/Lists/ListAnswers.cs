using System.Globalization;
using System.Text;
using Api.Hosting;
using Ledger.Kernel;
using MiniExcelLibs;
using Projections;

namespace Api.Lists;

/// <summary>A page of a list (contract.md §3).</summary>
/// <param name="Next">Cursor of the next page, null on the last.</param>
/// <param name="AsOf">How far the view has come, where the list is read from one.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next, AsOf? AsOf = null);

/// <summary>Place in the store that a view has seen, of the newest.</summary>
public sealed record AsOf(long Sequence, long Newest);

/// <summary>Rows of a saved list, where they are others than the page's.</summary>
public interface ISavedRows
{
    /// <summary>Answers with the file.</summary>
    Task WriteAsync(HttpContext http, string name);
}

/// <inheritdoc cref="ISavedRows"/>
public sealed record SavedRows<T>(IReadOnlyList<T> Rows) : ISavedRows
{
    public Task WriteAsync(HttpContext http, string name) => ListAnswers.WriteAllAsync(http, Rows, name);
}

/// <summary>A column of a saved list: its heading and its cell.</summary>
public sealed record Column<T>(string Name, Func<T, object?> Cell);

/// <summary>Lists as JSON, CSV or XLSX, as the caller accepts.</summary>
static class ListAnswers
{
    public const string Csv = "text/csv",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows of a saved list at most; a longer one is narrowed by its filters.</summary>
    public const int LongestFile = 100_000;

    /// <summary>Null where a media type that the caller accepts can be given.</summary>
    public static Refusal? Accepted(HttpContext http) =>
        Format(http) is null ? Refusal.Of("not-acceptable", ("available", $"application/json, {Csv}, {Xlsx}")) : null;

    public static bool WantsFile(HttpContext http) => Format(http) is Csv or Xlsx;

    /// <summary>A list that is no page: all there is, in one answer.</summary>
    public static Task WriteAllAsync<T>(HttpContext http, IReadOnlyList<T> items, string name) =>
        WriteAsync(http, new Page<T>(items, null), null, name);

    public static async Task WriteAsync<T>(
        HttpContext http,
        Page<T> page,
        IReadOnlyList<Column<T>>? columns,
        string name,
        Freshness? freshness = null
    )
    {
        if (Accepted(http) is { } unacceptable)
        {
            await Problems.WriteAsync(http, unacceptable);
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
        switch (Format(http))
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
