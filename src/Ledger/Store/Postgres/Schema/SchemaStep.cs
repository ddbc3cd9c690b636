using System.Security.Cryptography;
using System.Text;
using JasperFx;
using Ledger.Proof;
using Ledger.Store.Lane;
using Marten;
using Npgsql;

namespace Ledger.Store.Postgres.Schema;

/// <summary>
/// Brings a database to this build's schema, as its owner; the running service holds no such right. Safe to run again,
/// and by two nodes at once.
/// </summary>
public static class SchemaStep
{
    const string Schema = LedgerDatabase.Schema;
    const long SchemaLock = 0x6c65646765720001;

    /// <summary>
    /// SHA-256 over columns, types, constraints and indexes of Marten's event tables and its append function, as
    /// version 9.58.0 makes them: the lane writes these tables itself, and only these (operations.md §3.2).
    /// </summary>
    public const string MartenFingerprint = "aeb123e769b403e5fb87e4aa506998c8";

    /// <summary>Kinds that are asked for all together, and have few streams among millions.</summary>
    static string Few =>
        string.Join(" and ", Modules.StreamKinds.Values.Where(k => k.IsMany).Select(k => $"type <> '{k.Name}'"));

    /// <summary>
    /// Without an index of their own each question for all streams of a kind would read every stream. Kinds with
    /// millions are in none, so the lane pays nothing.
    /// </summary>
    static readonly string OwnTables = $"""
        create table if not exists {Schema}.about (id smallint primary key check (id = 0),
            format int not null, fingerprint text not null, key_check text not null);
        create table if not exists {Schema}.guard (kind text not null,
            key bytea not null check (octet_length(key) = 32),
            value text not null, primary key (kind, key));
        create table if not exists {Schema}.stream_place (id smallint primary key check (id = 0), seq bigint not null);
        insert into {Schema}.stream_place values (0, 0) on conflict do nothing;
        {RefusalRows.Create}
        {PublicLinkRows.Create}
        create index if not exists own_stream_by_id on {Schema}.mt_streams (type, id) where {Few};
        create index if not exists own_stream_by_time on {Schema}.mt_streams (type, created desc, id desc)
            where {Few};
        """;

    /// <summary>Functions and triggers, in the order they lean on each other.</summary>
    static readonly string[] Protecting =
    [
        ProofSchema.Triggers,
        MapRights.Functions,
        MapRights.Triggers,
        ReservationRights.Triggers,
    ];

    /// <summary>Applies the schema where this build's fingerprint has not been applied yet, and creates the log in a
    /// new database.</summary>
    /// <param name="more">Further statements of the same step, safe to run again.</param>
    /// <exception cref="OtherFormatException">The database holds another form of data.</exception>
    /// <exception cref="OtherKeyException">It was written with other keys.</exception>
    /// <exception cref="OtherSchemaException">Marten's tables are not those the lane writes.</exception>
    public static async Task ApplyAsync(
        LedgerDatabase database,
        IHouseWitness houseWitness,
        TimeProvider clock,
        string more,
        CancellationToken stop
    )
    {
        var fingerprint = Fingerprint(more);
        await using var owner = database.Connections.OwnerSource();
        await using var connection = await owner.OpenConnectionAsync(stop);
        var mine = KeyCheck(database);
        var applied = await FitsAsync(connection, database, stop);
        if (applied is not null)
            await KeyFit.CheckAsync(connection, database, await houseWitness.NewestAsync(stop), stop);
        if (applied != fingerprint)
        {
            await ExecuteAsync(connection, $"select pg_advisory_lock({SchemaLock})", stop);
            try
            {
                await ApplyAsync(database.Connections, connection, more, stop);
                await using var about = new NpgsqlCommand(
                    $"""
                    insert into {Schema}.about values (0, {LedgerDatabase.Format}, $1, $2)
                    on conflict (id) do update set fingerprint = excluded.fingerprint
                    """,
                    connection
                );
                about.Parameters.AddWithValue(fingerprint);
                about.Parameters.AddWithValue(mine);
                await about.ExecuteNonQueryAsync(stop);
                await LogCreation.EnsureAsync(connection, database, houseWitness, clock, stop);
            }
            finally
            {
                // A session that broke has lost its lock already, and what broke it is the error to tell.
                if (connection.State is System.Data.ConnectionState.Open)
                    await ExecuteAsync(connection, $"select pg_advisory_unlock({SchemaLock})", CancellationToken.None);
            }
        }
        if (await MartenFingerprintAsync(connection, stop) is var found && found != MartenFingerprint)
            throw new OtherSchemaException(found);
        await LogCreation.CheckAsync(connection, database, houseWitness, stop);
    }

    /// <summary>Whether the database holds a ledger that this build and these keys can read; changes nothing.</summary>
    /// <param name="cosigned">What the house witness holds of the log.</param>
    /// <exception cref="OtherFormatException">The database holds another form of data.</exception>
    /// <exception cref="OtherKeyException">It was written with other keys.</exception>
    public static async Task<bool> HoldsAsync(LedgerDatabase database, CosignedHead? cosigned, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        if (await FitsAsync(connection, database, stop) is null)
            return false;
        await KeyFit.CheckAsync(connection, database, cosigned, stop);
        return true;
    }

    /// <summary>Whether a database holds a ledger, whatever keys it was written with: then no key may be made
    /// anew.</summary>
    public static async Task<bool> HoldsAnyAsync(LedgerConnections connections, CancellationToken stop)
    {
        await using var owner = connections.OwnerSource();
        await using var connection = await owner.OpenConnectionAsync(stop);
        foreach (var table in (string[])[$"{Schema}.about", "proof.head", $"{Schema}.mt_events"])
        {
            await using var command = new NpgsqlCommand($"select to_regclass('{table}') is not null", connection);
            if (await command.ExecuteScalarAsync(stop) is not true)
                continue;
            command.CommandText = $"select exists (select from {table})";
            if (await command.ExecuteScalarAsync(stop) is true)
                return true;
        }
        return false;
    }

    static string KeyCheck(LedgerDatabase database) => database.Handles.EntityId("check", "", "").ToString();

    /// <returns>The fingerprint that was applied; null in a new database.</returns>
    static async Task<string?> FitsAsync(NpgsqlConnection connection, LedgerDatabase database, CancellationToken stop)
    {
        var (format, applied, check) = await AboutAsync(connection, stop);
        if (format is not null && format != LedgerDatabase.Format)
            throw new OtherFormatException(format.Value);
        return check is null || check == KeyCheck(database)
            ? applied
            : throw new OtherKeyException("keys/kh is not the key that this ledger was written with");
    }

    static async Task ApplyAsync(
        LedgerConnections connections,
        NpgsqlConnection connection,
        string more,
        CancellationToken stop
    )
    {
        await ExecuteAsync(connection, $"create schema if not exists {Schema}", stop);
        await using (var owner = connections.OwnerSource(readsTypes: true))
        await using (
            var store = DocumentStore.For(o =>
            {
                LedgerDatabase.Configure(o, owner, AutoCreate.CreateOrUpdate);
                o.DisableNpgsqlLogging = true;
            })
        )
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await ExecuteAsync(connection, ProofSchema.Roles, stop);
        await ExecuteAsync(connection, OwnTables + ProofSchema.Tables + more, stop);
        foreach (var part in Protecting)
            await ExecuteAsync(connection, part, stop);
        await ExecuteAsync(connection, ProofSchema.Grants, stop);
        await ExecuteAsync(
            connection,
            """
            do $$ begin
                execute format('alter database %I set client_connection_check_interval = ''1s''', current_database());
                execute format('alter database %I set idle_in_transaction_session_timeout = ''60s''',
                    current_database());
            exception when insufficient_privilege then null; end $$;
            """,
            stop
        );
    }

    static string Fingerprint(string more) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        typeof(DocumentStore).Assembly.GetName().Version,
                        OwnTables,
                        ProofSchema.Tables,
                        string.Join('\n', Protecting),
                        ProofSchema.Grants,
                        more
                    )
                )
            )
        )[..16];

    /// <summary>The default of <c>timestamp</c> is left out: Marten writes the time of creation into it; so are the
    /// indexes of our own. Asked of the catalogues themselves: to plan the views of <c>information_schema</c> took the
    /// server 20 ms at each start.</summary>
    static async Task<string> MartenFingerprintAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"""
            with t as (select oid, relname from pg_class
                where relnamespace = '{Schema}'::regnamespace and relname in ('mt_events', 'mt_streams'))
            select string_agg(line, E'\n' order by line) from (
                select format('%s.%s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull, attnum)
                    from t join pg_attribute on attrelid = t.oid where attnum > 0 and not attisdropped
                union all select pg_get_indexdef(indexrelid) from t join pg_index on indrelid = t.oid
                    join pg_class i on i.oid = indexrelid where i.relname not like 'own\_%'
                union all select pg_get_constraintdef(c.oid) from t join pg_constraint c on conrelid = t.oid
                union all select prosrc from pg_proc
                    where proname = 'mt_quick_append_events' and pronamespace = '{Schema}'::regnamespace) l(line)
            """,
            connection
        );
        var text = (string)(await command.ExecuteScalarAsync(stop))!;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))))[..32];
    }

    static async Task<(int? Format, string? Fingerprint, string? KeyCheck)> AboutAsync(
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand($"select to_regclass('{Schema}.about') is not null", connection);
        if (await command.ExecuteScalarAsync(stop) is not true)
            return (null, null, null);
        await using var read = new NpgsqlCommand(
            $"select format, fingerprint, key_check from {Schema}.about",
            connection
        );
        await using var rows = await read.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? (rows.GetInt32(0), rows.GetString(1), rows.GetString(2))
            : (null, null, null);
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}

/// <summary>Marten's tables are not those that the lane was tested with.</summary>
public sealed class OtherSchemaException(string found)
    : Exception(
        $"Marten's event tables have the fingerprint {found}, this version writes {SchemaStep.MartenFingerprint}. Use the Marten version it is pinned to, or the ledger version that knows this schema."
    );
