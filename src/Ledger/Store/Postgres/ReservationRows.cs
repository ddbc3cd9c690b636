using System.Data;
using Ledger.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>A reservation as it is stored.</summary>
/// <param name="At">Which of those that were asked for.</param>
/// <param name="Value">Null: it has no row.</param>
/// <param name="Against">Null: nothing on record speaks against it. Else the leaf that bound an identifier whose row is
/// gone; -1 where the row leads to an item that does not bear the identifier.</param>
readonly record struct ReservationRow(int At, string? Value, long? Against);

/// <summary>Reads reservations for callers, outside of the lane.</summary>
sealed class ReservationRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    const string Schema = LedgerDatabase.Schema;

    /// <summary>The statement sees row, event and map as of one moment, and no map covers what is not committed: what
    /// it finds contradicts itself, and is no race.</summary>
    static readonly string Checked = $$"""
        select k.i, g.value, case
            when k.handle is null then null
            when g.value is null then (select m.idx from proof.map m where m.key = k.key limit 1)
            when exists (select from {{Schema}}.mt_events e
                where e.stream_id = case when g.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                    then g.value::uuid end
                and ({{string.Join(
            "\n                or ",
            Modules.Identifiers.Values.Where(l => l.Bound is not null).Select(Bears)
        )}}))
            then null else -1 end
        from unnest($1, $2, $3) with ordinality as k(kind, key, handle, i)
        left join {{Schema}}.guard g on g.kind = k.kind and g.key = k.key
        """;

    /// <summary>Where none of the keys is an identifier's: there is nothing to check, nor to plan.</summary>
    const string Plain = $"""
        select k.i, g.value, null::bigint from unnest($1, $2) with ordinality as k(kind, key, i)
        join {Schema}.guard g on g.kind = k.kind and g.key = k.key
        """;

    static string Bears(IdentifierLine line) =>
        $"e.type = '{EventCatalog.OfType(line.Event)!.WireName}' and "
        + (
            line.Bound!.IsList
                ? $"e.data -> '{line.Bound.Name}' @> jsonb_build_array(jsonb_build_object('handle', k.handle))"
                : $"e.data -> '{line.Bound.Name}' ->> 'handle' = k.handle"
        );

    /// <param name="handles">Of the identifiers among the keys, as events write them; null where a key is no
    /// identifier's. Theirs are held against the item's events and the head maps.</param>
    public async Task<List<ReservationRow>> OfAsync(
        IReadOnlyList<string> kinds,
        IReadOnlyList<byte[]> keys,
        IReadOnlyList<string?> handles,
        CancellationToken stop
    )
    {
        var identifiers = handles.Any(h => h is not null);
        await using var command = source.CreateCommand(identifiers ? Checked : Plain);
        command.Parameters.Add(Sql.Array(kinds, NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(keys, NpgsqlDbType.Bytea));
        if (identifiers)
            command.Parameters.Add(Sql.Array(handles, NpgsqlDbType.Text));
        return await command.ListAsync(
            row => new ReservationRow(
                (int)row.GetInt64(0) - 1,
                row.IsDBNull(1) ? null : row.GetString(1),
                row.IsDBNull(2) ? null : row.GetInt64(2)
            ),
            stop
        );
    }
}

/// <summary>All reservations and the end of the log as of one moment, so that the service may go on writing.</summary>
/// <param name="connection">In a transaction that sees one moment, or that holds the lane's lock.</param>
sealed class ReservationMoment(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    const string Schema = LedgerDatabase.Schema;

    public static async Task<ReservationMoment> OpenAsync(LedgerDatabase database, CancellationToken stop)
    {
        var connection = await database.Source.OpenConnectionAsync(stop);
        try
        {
            return new(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="HeadRows.SequenceAsync"/>
    public Task<long> SequenceAsync(CancellationToken stop) => HeadRows.SequenceAsync(connection, stop);

    /// <summary>Every row, in one go.</summary>
    /// <param name="take">Takes kind, key and value.</param>
    public async Task ReadAsync(Action<string, byte[], string> take, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand($"select kind, key, value from {Schema}.guard", connection)
        {
            CommandTimeout = 0,
        };
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            take(rows.GetString(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2));
    }

    /// <summary>Values of some rows; null where there is none.</summary>
    public async Task<string?[]> ValuesAsync((string Kind, byte[] Key)[] keys, CancellationToken stop)
    {
        var found = new string?[keys.Length];
        await using var command = new NpgsqlCommand(
            $"""
            select k.i, g.value from unnest($1, $2) with ordinality as k(kind, key, i)
            join {Schema}.guard g on g.kind = k.kind and g.key = k.key
            """,
            connection
        );
        command.Parameters.Add(Sql.Array(keys.Select(k => k.Kind), NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(keys.Select(k => k.Key), NpgsqlDbType.Bytea));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[rows.GetInt64(0) - 1] = rows.GetString(1);
        return found;
    }

    /// <summary>Lets the moment go: what takes long afterwards holds no snapshot.</summary>
    public Task EndAsync(CancellationToken stop) => transaction.CommitAsync(stop);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
