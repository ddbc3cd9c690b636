using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Kernel;
using Npgsql;

namespace Projections;

/// <summary>Conditions of a query, each with its parameter; nothing a reader types becomes SQL.</summary>
sealed class Filter
{
    readonly List<string> conditions = [];
    readonly List<object> values = [];

    /// <param name="condition">With <c>?</c> where the value stands.</param>
    public Filter Where(string condition, object? value)
    {
        if (value is null)
            return this;
        values.Add(value);
        conditions.Add(
            condition.Replace("?", $"${values.Count.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal)
        );
        return this;
    }

    /// <summary>A condition of several values, each at its <c>?</c>, for where it is asked for.</summary>
    public string Over(string condition, params ReadOnlySpan<object> several)
    {
        var parts = condition.Split('?');
        var sql = new StringBuilder(parts[0]);
        for (var i = 0; i < several.Length; i++)
        {
            values.Add(several[i]);
            sql.Append(CultureInfo.InvariantCulture, $"${values.Count}").Append(parts[i + 1]);
        }
        return sql.ToString();
    }

    public Filter And(string condition)
    {
        conditions.Add(condition);
        return this;
    }

    /// <summary>A place and all places inside it.</summary>
    public Filter Inside(string column, string? division) =>
        Divisions.Find(division) is { } place ? Where($"{column} like ?", Divisions.Stem(place) + "%")
        : division is null ? this
        : Where($"{column} = ?", division);

    public string Sql => conditions.Count == 0 ? "true" : string.Join(" and ", conditions);

    public NpgsqlCommand On(NpgsqlDataSource source, string sql)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return command;
    }
}

/// <summary>A page of a list and where the next one starts.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>An opaque place in a list: base64url of the sort key of the last row shown.</summary>
public static class Cursor
{
    public static string Of(params object[] key) =>
        System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <summary>An instant and an item, the key that lists are sorted by; null for a text that is none of
    /// ours.</summary>
    public static (DateTimeOffset At, Guid Stream, int N)? Read(string text)
    {
        try
        {
            if (text.Length > 400)
                return null;
            var key = JsonSerializer.Deserialize<JsonElement[]>(System.Buffers.Text.Base64Url.DecodeFromChars(text));
            return
                key is [var at, var stream, var n]
                && Instants.TryParse(at.GetString(), out var instant)
                && stream.TryGetGuid(out var id)
                && n.TryGetInt32(out var number)
                ? (instant, id, number)
                : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>Identifiers of items in clear, from the table beside the events.</summary>
public sealed class IdentifierTexts(Ledger.Store.LedgerDatabase database)
{
    /// <summary>Handle (base64url) → <c>kind:value</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string> handles, CancellationToken stop)
    {
        var wanted = handles.Distinct().Select(h => System.Buffers.Text.Base64Url.DecodeFromChars(h)).ToArray();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (wanted.Length == 0)
            return found;
        await using var command = database.Source.CreateCommand(
            $"select handle, kind, value from {Ledger.Store.LedgerDatabase.Schema}.identifier_text where handle = any($1)"
        );
        command.Parameters.AddWithValue(wanted);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[System.Buffers.Text.Base64Url.EncodeToString(rows.GetFieldValue<byte[]>(0))] =
                $"{rows.GetString(1)}:{rows.GetString(2)}";
        return found;
    }

    /// <summary>Item → its identifiers in clear, as its events bind them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string[]>> OfItemsAsync(IEnumerable<Guid> items, CancellationToken stop)
    {
        var found = new Dictionary<Guid, string[]>();
        var reader = new Ledger.Store.EventReader(database);
        var handles = (await reader.StreamsAsync([.. items], null, stop)).ToDictionary(
            p => p.Key,
            p => Ledger.Goods.ItemFold.Fold(p.Value)?.Identifiers.Select(i => i.Handle).ToArray() ?? []
        );
        var texts = await OfAsync(handles.Values.SelectMany(h => h), stop);
        foreach (var (item, own) in handles)
            found[item] = [.. own.Where(texts.ContainsKey).Select(h => texts[h])];
        return found;
    }
}

static class Cells
{
    public static string? Text(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static T? Maybe<T>(this NpgsqlDataReader row, int i)
        where T : struct => row.IsDBNull(i) ? null : row.GetFieldValue<T>(i);
}
