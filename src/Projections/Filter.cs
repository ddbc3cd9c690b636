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
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>The same page, each of its rows told in another way.</summary>
    public Page<TTold> Select<TTold>(Func<T, TTold> told) => new([.. Items.Select(told)], Next);
}

/// <summary>Makes a page of rows that were read with one more than it holds.</summary>
public static class Page
{
    /// <param name="rows">As many as the page holds, and one more where there is a next one.</param>
    /// <param name="cursor">The place of a row in the list's order.</param>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> cursor) =>
        rows.Count <= limit ? new(rows, null) : new([.. rows.Take(limit)], cursor(rows[limit - 1]));
}

/// <summary>An opaque place in a list: base64url of the sort key of the last row shown, an instant, a stream and a
/// number; a list uses of it what it is sorted by.</summary>
public static class Cursor
{
    public static string Of(DateTimeOffset at, Guid stream, long n) =>
        System.Buffers.Text.Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(new object[] { Instants.Text(at), stream, n })
        );

    /// <summary>A place in a list that is sorted by texts.</summary>
    public static string OfKeys(string[] keys, Guid stream, long n) =>
        System.Buffers.Text.Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(new object[] { keys, stream, n })
        );

    /// <returns>Null for no text, and for one that is none of ours.</returns>
    public static (DateTimeOffset At, Guid Stream, long N)? Read(string? text) =>
        Parts(text, key => [key.GetString()!]) is var (keys, stream, n) && Instants.TryParse(keys[0], out var instant)
            ? (instant, stream, n)
            : null;

    /// <returns>Null for no text, and for one that is none of ours with so many keys.</returns>
    public static (string[] Keys, Guid Stream, long N)? ReadKeys(string? text, int count) =>
        Parts(text, key => [.. key.EnumerateArray().Select(k => k.GetString()!)]) is { } found
        && found.Keys.Length == count
            ? found
            : null;

    /// <param name="read">Texts that the list is sorted by; throws where they are none.</param>
    static (string[] Keys, Guid Stream, long N)? Parts(string? text, Func<JsonElement, string[]> read)
    {
        try
        {
            if (text is null or { Length: > Longest })
                return null;
            var parts = JsonSerializer.Deserialize<JsonElement[]>(System.Buffers.Text.Base64Url.DecodeFromChars(text));
            return
                parts is [var key, var stream, var n]
                && stream.TryGetGuid(out var id)
                && n.TryGetInt64(out var number)
                && read(key) is var keys
                // What no text of ours has, no statement takes.
                && keys.All(k => k is not null && (k.Length == 0 || PlainText.Check(k, Longest) is null))
                ? (keys, id, number)
                : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Characters; a code on the register has at most some hundreds.</summary>
    public const int Longest = 2000;
}

static class Cells
{
    public static string? Text(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static T? Maybe<T>(this NpgsqlDataReader row, int i)
        where T : struct => row.IsDBNull(i) ? null : row.GetFieldValue<T>(i);
}
