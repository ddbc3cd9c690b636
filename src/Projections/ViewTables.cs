using Ledger.Store.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Projections;

/// <summary>
/// Tables of the views. Each has generations: readers see the one in force through a database view; a rebuild fills the
/// next one beside it, while the feed writes both, and then switches (contract.md §2).
/// </summary>
public sealed class ViewTables(LedgerDatabase database)
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>Part of the schema step; safe to run again.</summary>
    public const string Ddl = $$"""
        create table if not exists {{Schema}}.view (name text primary key, version int not null,
            current int not null, building int);
        {{HeldStreams.Ddl}}
        {{UnknownKinds.Ddl}}
        create or replace function {{Schema}}.write_view(view_name text, streams uuid[], rows jsonb)
        returns void language plpgsql as $fn$
        declare state record; generation int; target text;
        begin
            -- The lock orders the feed's writes and a rebuild's pages: whoever commits later has read later. It is the
            -- first that anybody takes.
            select * into strict state from {{Schema}}.view where name = view_name for update;
            delete from {{Schema}}.view_held where view = view_name and stream = any(streams);
            foreach generation in array array_remove(array[state.current, state.building], null) loop
                target := view_name || '_g' || generation;
                execute format('delete from {{Schema}}.%I where stream = any($1)', target) using streams;
                execute format('insert into {{Schema}}.%I
                    select * from jsonb_populate_recordset(null::{{Schema}}.%I, $1)',
                    target, target) using rows;
            end loop;
        end $fn$;
        """;

    /// <summary>Creates the tables of new views; names the views whose shape has changed and that want a
    /// rebuild.</summary>
    public async Task<IReadOnlyList<View>> PrepareAsync(CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var versions = await VersionsAsync(connection, stop);
        if (!Registry.Views.All(view => versions.ContainsKey(view.Name)))
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            // Another node may be doing the same. What it made while this one waited is read again.
            await ExecuteAsync(connection, $"lock table {Schema}.view in exclusive mode", stop);
            versions = await VersionsAsync(connection, stop);
            foreach (var view in Registry.Views.Where(view => !versions.ContainsKey(view.Name)))
                await ExecuteAsync(
                    connection,
                    $"""
                    {view.CreateTable(1)}
                    create view {view.Source} as select * from {Schema}.{view.Table(1)};
                    insert into {Schema}.view values ('{view.Name}', {view.Version}, 1, null);
                    """,
                    stop
                );
            await transaction.CommitAsync(stop);
        }
        return [.. Registry.Views.Where(v => versions.TryGetValue(v.Name, out var version) && version != v.Version)];
    }

    static async Task<Dictionary<string, int>> VersionsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var read = new NpgsqlCommand($"select name, version from {Schema}.view", connection);
        await using var rows = await read.ExecuteReaderAsync(stop);
        var versions = new Dictionary<string, int>();
        while (await rows.ReadAsync(stop))
            versions.Add(rows.GetString(0), rows.GetInt32(1));
        return versions;
    }

    /// <summary>Fills the next generation from the events and switches. Readers keep the old one until then.</summary>
    /// <returns>Rows written, or null where another rebuild of this view is under way.</returns>
    public async Task<long?> RebuildAsync(View view, Action<long>? progress, CancellationToken stop)
    {
        await using var alone = await database.Turns.OpenConnectionAsync(stop);
        await using (var tryLock = new NpgsqlCommand("select pg_try_advisory_lock(hashtext($1))", alone))
        {
            tryLock.Parameters.AddWithValue($"rebuild:{view.Name}");
            if (await tryLock.ExecuteScalarAsync(stop) is not true)
                return null;
        }
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var next = await StartAsync(view, connection, stop);
        var reader = new EventReader(database);
        long written = 0;
        await foreach (var page in reader.PagesAsync(view.Kinds, 1000, stop))
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await LockAsync(connection, view, stop);
            var fed = await SequenceAsync(connection, view, stop);
            var made = await ViewRows.OfAsync(view, reader, page, fed, stop);
            if (made.Failed.Count > 0)
                await connection.RunAsync(HeldStreams.Hold(view, fed, made.Failed), stop);
            await using (
                var clear = new NpgsqlCommand(
                    $"delete from {Schema}.{view.Table(next)} where stream = any($1)",
                    connection
                )
            )
            {
                clear.Parameters.Add(Sql.Array(page.Select(s => s.Id), NpgsqlDbType.Uuid));
                await clear.ExecuteNonQueryAsync(stop);
            }
            await using (
                var put = new NpgsqlCommand(
                    $"insert into {Schema}.{view.Table(next)} select * from jsonb_populate_recordset(null::{Schema}.{view.Table(next)}, $1)",
                    connection
                )
            )
            {
                put.Parameters.Add(new() { Value = ViewJson.Write(made.Rows), NpgsqlDbType = NpgsqlDbType.Jsonb });
                await put.ExecuteNonQueryAsync(stop);
            }
            await transaction.CommitAsync(stop);
            written += made.Rows.Count;
            progress?.Invoke(written);
        }
        await SwitchAsync(view, connection, next, stop);
        return written;
    }

    static async Task<int> StartAsync(View view, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var read = new NpgsqlCommand(
            $"select current, building from {Schema}.view where name = $1 for update",
            connection
        );
        read.Parameters.AddWithValue(view.Name);
        int current;
        int? abandoned;
        await using (var row = await read.ExecuteReaderAsync(stop))
        {
            await row.ReadAsync(stop);
            (current, abandoned) = (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt32(1));
        }
        // A rebuild that was killed left its half table: it is dropped, never shown.
        if (abandoned is { } half)
            await ExecuteAsync(connection, $"drop table if exists {Schema}.{view.Table(half)}", stop);
        var next = Math.Max(current, abandoned ?? 0) + 1;
        await ExecuteAsync(
            connection,
            $"{view.CreateTable(next)} update {Schema}.view set building = {next} where name = '{view.Name}'",
            stop
        );
        await transaction.CommitAsync(stop);
        return next;
    }

    static async Task SwitchAsync(View view, NpgsqlConnection connection, int next, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var read = new NpgsqlCommand(
            $"select current from {Schema}.view where name = $1 for update",
            connection
        );
        read.Parameters.AddWithValue(view.Name);
        var old = (int)(await read.ExecuteScalarAsync(stop))!;
        await ExecuteAsync(
            connection,
            $"""
            drop view if exists {view.Source};
            create view {view.Source} as select * from {Schema}.{view.Table(next)};
            update {Schema}.view set current = {next}, building = null, version = {view.Version}
                where name = '{view.Name}';
            drop table {Schema}.{view.Table(old)};
            """,
            stop
        );
        await transaction.CommitAsync(stop);
    }

    /// <summary>Whoever writes a view's rows holds this.</summary>
    internal static async Task LockAsync(NpgsqlConnection connection, View view, CancellationToken stop)
    {
        await using var take = new NpgsqlCommand($"select 1 from {Schema}.view where name = $1 for update", connection);
        take.Parameters.AddWithValue(view.Name);
        await take.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Puts these rows in the place of all rows of their streams.</summary>
    internal static NpgsqlBatchCommand Write(View view, MadeRows made) =>
        Sql.Command(
            $"select {Schema}.write_view($1, $2, $3)",
            new NpgsqlParameter { Value = view.Name },
            Sql.Array(made.Streams, NpgsqlDbType.Uuid),
            new NpgsqlParameter { Value = ViewJson.Write(made.Rows), NpgsqlDbType = NpgsqlDbType.Jsonb }
        );

    /// <summary>How far the view has been fed.</summary>
    internal static async Task<long> SequenceAsync(NpgsqlConnection connection, View view, CancellationToken stop)
    {
        await using var read = new NpgsqlCommand(Freshness.Sql, connection);
        read.Parameters.AddWithValue(Registry.Place(view));
        return await read.ExecuteScalarAsync(stop) as long? ?? 0;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
