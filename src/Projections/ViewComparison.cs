using System.Text.Json;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Projections;

/// <summary>Holds the rows of a view against what the events give, stream by stream.</summary>
sealed class ViewComparison(LedgerDatabase database)
{
    const string Schema = LedgerDatabase.Schema;

    readonly EventReader reader = new(database);

    /// <summary>The shape that the view's table has; null where it is not made yet.</summary>
    public async Task<int?> VersionAsync(View view, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand($"select version from {Schema}.view where name = $1");
        command.Parameters.AddWithValue(view.Name);
        return await command.ExecuteScalarAsync(stop) as int?;
    }

    /// <summary>Rows and progress in one short snapshot; events up to that progress never change.</summary>
    public async Task<List<(Guid Stream, string What, bool CanBeMade)>> OfAsync(
        View view,
        StreamOfKind[] streams,
        CancellationToken stop
    )
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        var fed = await ViewTables.SequenceAsync(connection, view, stop);
        var differ = new List<(Guid, string, bool)>();
        var rows = await RowsAsync(view, streams, fed, differ, stop);
        await using var command = new NpgsqlCommand(
            $"""
            with live as (select * from {view.Source} where stream = any($1)),
                made as (select * from jsonb_populate_recordset(null::{view.Source}, $2))
            select coalesce(m.stream, l.stream), coalesce(m.n, l.n), to_jsonb(m)::text, to_jsonb(l)::text
            from made m full join live l on l.stream = m.stream and l.n = m.n
            where to_jsonb(m) is distinct from to_jsonb(l) order by 1, 2
            """,
            connection
        );
        command.Parameters.Add(Sql.Array(streams.Select(s => s.Id), NpgsqlDbType.Uuid));
        command.Parameters.Add(new() { Value = ViewJson.Write(rows), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await using var found = await command.ExecuteReaderAsync(stop);
        while (await found.ReadAsync(stop))
            differ.Add(
                (found.GetGuid(0), $"row {found.GetInt32(1)}: {Difference(Text(found, 2), Text(found, 3))}", true)
            );
        return differ;
    }

    /// <summary>A stream whose events cannot be read is named, and its neighbours are compared.</summary>
    async Task<List<ViewRow>> RowsAsync(
        View view,
        StreamOfKind[] streams,
        long fed,
        List<(Guid, string, bool)> differ,
        CancellationToken stop
    )
    {
        var made = await ViewRows.OfAsync(view, reader, streams, fed, stop);
        differ.AddRange(made.Failed.Select(f => (f.Stream, $"cannot be made: {f.Why}", false)));
        return made.Rows;
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The first column that differs.</summary>
    static string Difference(string? made, string? live)
    {
        if (made is null || live is null)
            return made is null ? "it is there, the events give none" : "it is missing";
        var (expected, found) = (JsonElement.Parse(made), JsonElement.Parse(live));
        foreach (var column in expected.EnumerateObject())
            if (found.TryGetProperty(column.Name, out var other) && !JsonElement.DeepEquals(column.Value, other))
                return $"{column.Name}: expected {column.Value.GetRawText()}, found {other.GetRawText()}";
        return $"expected {made}, found {live}";
    }
}
