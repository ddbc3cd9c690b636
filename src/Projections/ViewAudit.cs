using System.Text.Json;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Auditing;
using Npgsql;
using NpgsqlTypes;

namespace Projections;

/// <summary>Step 10 of an audit: each view holds what the events give, up to where it has been fed.</summary>
public sealed class ViewAudit(LedgerDatabase database) : IAuditStep
{
    const int Items = 500,
        Strays = 5000;
    const string Schema = LedgerDatabase.Schema;

    readonly EventReader reader = new(database);

    public async Task RunAsync(Findings findings, Action<string> progress, CancellationToken stop)
    {
        foreach (var view in Registry.Views)
        {
            if (await VersionAsync(view, stop) is not { } version)
            {
                findings.Skip($"View {view.Name} is not made yet.");
                continue;
            }
            if (version != view.Version)
            {
                findings.Skip($"View {view.Name} is not compared: it wants a rebuild.");
                continue;
            }
            long done = 0;
            await foreach (var page in reader.PagesAsync(Noun.Item, Items, stop))
            {
                await CompareAsync(view, page, findings, stop);
                progress($"view {view.Name}: {done += page.Length} items");
            }
            await FindStraysAsync(view, findings, stop);
        }
    }

    /// <summary>Rows and progress in one short snapshot; events up to that progress never change.</summary>
    async Task CompareAsync(View view, Guid[] items, Findings findings, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        var fed = await ViewTables.SequenceAsync(connection, view, stop);
        var rows = await RowsAsync(view, items, fed, findings, stop);
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
        command.Parameters.Add(new() { Value = items, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = ViewJson.Write(rows), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await using var found = await command.ExecuteReaderAsync(stop);
        while (await found.ReadAsync(stop))
            Tell(
                findings,
                view,
                found.GetGuid(0),
                $"row {found.GetInt32(1)}: {Difference(Text(found, 2), Text(found, 3))}"
            );
    }

    /// <summary>An item whose events cannot be read is named, and its neighbours are compared.</summary>
    async Task<List<ViewRow>> RowsAsync(View view, Guid[] items, long fed, Findings findings, CancellationToken stop)
    {
        try
        {
            return await ViewRows.OfAsync(view, reader, items, fed, stop);
        }
        catch (Exception error) when (error is not (OperationCanceledException or NpgsqlException))
        {
            if (items.Length == 1)
            {
                Tell(findings, view, items[0], $"cannot be made: {error.Message}");
                return [];
            }
            var rows = new List<ViewRow>();
            foreach (var item in items)
                rows.AddRange(await RowsAsync(view, [item], fed, findings, stop));
            return rows;
        }
    }

    /// <summary>Rows of what is no item.</summary>
    async Task FindStraysAsync(View view, Findings findings, CancellationToken stop)
    {
        var last = Guid.Empty;
        for (var more = true; more; )
        {
            more = false;
            await using var command = database.Source.CreateCommand(
                $"""
                select v.stream, s.id is null
                from (select distinct stream from {view.Source} where stream > $1 order by stream limit {Strays}) v
                left join {Schema}.mt_streams s on s.id = v.stream and s.type = $2 order by v.stream
                """
            );
            command.Parameters.AddWithValue(last);
            command.Parameters.AddWithValue(nameof(Noun.Item).ToLowerInvariant());
            await using var rows = await command.ExecuteReaderAsync(stop);
            for (var n = 0; await rows.ReadAsync(stop); more = ++n == Strays)
            {
                last = rows.GetGuid(0);
                if (rows.GetBoolean(1))
                    Tell(findings, view, last, "has rows, but is no item");
            }
        }
    }

    async Task<int?> VersionAsync(View view, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand($"select version from {Schema}.view where name = $1");
        command.Parameters.AddWithValue(view.Name);
        return await command.ExecuteScalarAsync(stop) as int?;
    }

    static void Tell(Findings findings, View view, Guid item, string what) =>
        findings.Add(new(FindingKinds.View, $"View {view.Name}, item {item}: {what}.") { Stream = item });

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
