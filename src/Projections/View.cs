using System.Reflection;
using System.Text;
using System.Text.Json;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;

namespace Projections;

/// <summary>A row of a view: it belongs to one stream and is replaced with all rows of that stream at once.</summary>
public abstract record ViewRow
{
    /// <summary>The stream.</summary>
    public required Guid Stream { get; init; }

    /// <summary>Its number among the stream's rows.</summary>
    public required int N { get; init; }
}

/// <summary>
/// A question readers ask, answered from a table. Rows are a pure function of one stream's whole history: so a late
/// entry or a correction needs no case of its own, and a rebuild gives the same rows.
/// </summary>
public abstract record View(string Name, int Version, string Question)
{
    /// <summary>Type of its rows; columns follow from its properties.</summary>
    public abstract Type Row { get; }

    /// <summary>Index definitions, as they stand in parentheses after the table's name; <c>using gin (…)</c> is
    /// allowed.</summary>
    public abstract IReadOnlyList<string> Indexes { get; }

    /// <summary>Small, and asked by whoever has just written: its lists wait a moment for the newest event.</summary>
    public virtual bool IsAwaited => false;

    /// <summary>The kinds of streams that its rows are made of.</summary>
    public abstract IReadOnlyList<StreamKind> Kinds { get; }

    /// <summary>The rows of one stream.</summary>
    public abstract IEnumerable<ViewRow> Rows(StreamHistory history);

    /// <summary>What readers select from: it follows the table in force.</summary>
    public string Source => $"{LedgerDatabase.Schema}.v_{Name}";

    public string Table(int generation) => $"{Name}_g{generation}";

    /// <summary>Columns in their order: the stream and its row number first.</summary>
    internal IEnumerable<(string Name, string SqlType)> Columns() =>
        Row.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .OrderBy(p =>
                p.Name switch
                {
                    "Stream" => 0,
                    "N" => 1,
                    _ => 2,
                }
            )
            .Select(p => (ViewJson.Options.PropertyNamingPolicy!.ConvertName(p.Name), SqlType(p.PropertyType)));

    internal string CreateTable(int generation)
    {
        var sql = new StringBuilder($"create table {LedgerDatabase.Schema}.{Table(generation)} (");
        sql.AppendJoin(", ", Columns().Select(c => $"{c.Name} {c.SqlType}")).Append(", primary key (stream, n));");
        foreach (var index in Indexes)
            sql.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $" create index on {LedgerDatabase.Schema}.{Table(generation)} {(index.StartsWith("using", StringComparison.Ordinal) ? index : $"({index})")};"
            );
        return sql.ToString();
    }

    static string SqlType(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(Guid) => "uuid",
            var t when t == typeof(string) => "text",
            var t when t == typeof(long) => "bigint",
            var t when t == typeof(int) => "int",
            var t when t == typeof(bool) => "boolean",
            var t when t == typeof(DateTimeOffset) => "timestamptz",
            var t when t == typeof(DateOnly) => "date",
            var t when t == typeof(string[]) => "text[]",
            var t when t == typeof(Guid[]) => "uuid[]",
            var t => throw new InvalidOperationException($"A view has no column of type {t}."),
        };
}

/// <summary>A view of items.</summary>
public abstract record ItemView(string Name, int Version, string Question) : View(Name, Version, Question)
{
    public sealed override IReadOnlyList<StreamKind> Kinds { get; } = [GoodsStreams.Item];

    public sealed override IEnumerable<ViewRow> Rows(StreamHistory history) => Rows(history.Item);

    /// <summary>The rows of one item.</summary>
    public abstract IEnumerable<ViewRow> Rows(ItemHistory history);
}

/// <summary>Rows as JSON on their way into the table: snake_case columns.</summary>
static class ViewJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Ledger.Kernel.WireJson.Shape(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        return options;
    }

    public static string Write(IEnumerable<ViewRow> rows) => JsonSerializer.Serialize(rows.Cast<object>(), Options);
}
