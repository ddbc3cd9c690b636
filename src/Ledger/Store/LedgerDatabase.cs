using JasperFx;
using JasperFx.Events;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Marten;
using Npgsql;

namespace Ledger.Store;

/// <summary>One PostgreSQL database as the ledger uses it: connections, Marten's mapping, its own tables.</summary>
public sealed class LedgerDatabase(NpgsqlDataSource source, Handles handles)
{
    public const string Schema = "ledger";

    /// <summary>Raised whenever stored data changes its form; a database of another form is refused (exit 3).</summary>
    public const int Format = 1;

    public NpgsqlDataSource Source => source;
    public Handles Handles => handles;

    /// <summary>Connections as packages.md §5 has them.</summary>
    public static NpgsqlDataSource Connect(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.ApplicationName ??= "ledger";
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            builder.ConnectionStringBuilder.MaxPoolSize = 50;
        builder.ConnectionStringBuilder.IncludeErrorDetail = false;
        return builder.Build();
    }

    /// <summary>Marten's settings, in one screen (packages.md §5).</summary>
    public static void Configure(StoreOptions options, NpgsqlDataSource source, AutoCreate autoCreate)
    {
        options.Connection(source);
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = autoCreate;
        options.UseSystemTextJsonForSerialization(configure: WireJson.Shape);
        options.Events.StreamIdentity = StreamIdentity.AsGuid;
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        options.Events.UseMandatoryStreamTypeDeclaration = true;
        options.Events.EnableUniqueIndexOnEventId = true;
        options.Events.UseAdvisoryLockTransaction = true;
        options.Projections.Errors.SkipApplyErrors = options.Projections.RebuildErrors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = options.Projections.RebuildErrors.SkipSerializationErrors =
            false;
        options.Projections.Errors.SkipUnknownEvents = options.Projections.RebuildErrors.SkipUnknownEvents = false;
        options.Projections.StopAndDrainTimeout = TimeSpan.FromSeconds(30);
        options.Events.MetadataConfig.CorrelationIdEnabled = options.Events.MetadataConfig.CausationIdEnabled = true;
        options.Events.MetadataConfig.UserNameEnabled = options.Events.MetadataConfig.HeadersEnabled = true;
        foreach (var line in EventCatalog.All)
            options.Events.MapEventType(line.Type, line.WireName);
    }

    /// <summary>The type a stream is declared with.</summary>
    internal static Type StreamType(Noun noun) =>
        noun switch
        {
            Noun.Item => typeof(Item),
            Noun.Market => typeof(Market),
            _ => throw new ArgumentOutOfRangeException(nameof(noun)),
        };

    /// <summary>The ledger's own tables beside Marten's; safe to run again.</summary>
    const string OwnTables = $"""
        create table if not exists {Schema}.about (id smallint primary key check (id = 0),
            format int not null, fingerprint text not null, key_check text not null);
        create table if not exists {Schema}.guard (kind text not null,
            key bytea not null check (octet_length(key) = 32),
            value text not null, primary key (kind, key));
        create table if not exists {Schema}.identifier_text (handle bytea primary key check (octet_length(handle) = 32),
            kind text not null, value text not null);
        """;

    /// <summary>Applies the schema where this build's fingerprint has not been applied yet.</summary>
    /// <param name="more">Further statements of the same schema step, safe to run again.</param>
    /// <exception cref="OtherFormatException">The database holds another form of data.</exception>
    public async Task PrepareAsync(IDocumentStore store, string more, CancellationToken stop)
    {
        var fingerprint = Fingerprint(more);
        await using var connection = await source.OpenConnectionAsync(stop);
        var (format, applied, check) = await AboutAsync(connection, stop);
        if (format is not null && format != Format)
            throw new OtherFormatException(format.Value);
        var mine = handles.EntityId("check", "", "").ToString();
        if (check is not null && check != mine)
            throw new OtherKeyException();
        if (applied == fingerprint)
            return;
        await using (var command = connection.CreateCommand())
        {
            // Two nodes may start at once on one new database.
            command.CommandText = $"select pg_advisory_lock({SchemaLock}); create schema if not exists {Schema};";
            await command.ExecuteNonQueryAsync(stop);
        }
        try
        {
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
            await using var command = connection.CreateCommand();
            command.CommandText = OwnTables + more;
            await command.ExecuteNonQueryAsync(stop);
            await using var about = new NpgsqlCommand(
                $"insert into {Schema}.about values (0, {Format}, $1, $2) on conflict (id) do update set fingerprint = excluded.fingerprint",
                connection
            );
            about.Parameters.AddWithValue(fingerprint);
            about.Parameters.AddWithValue(mine);
            await about.ExecuteNonQueryAsync(stop);
            await using var settings = new NpgsqlCommand(
                $"""
                do $$ begin
                    execute format('alter database %I set client_connection_check_interval = ''1s''',
                        current_database());
                    execute format('alter database %I set idle_in_transaction_session_timeout = ''60s''',
                        current_database());
                exception when insufficient_privilege then null; end $$;
                """,
                connection
            );
            await settings.ExecuteNonQueryAsync(stop);
        }
        finally
        {
            await using var unlock = new NpgsqlCommand($"select pg_advisory_unlock({SchemaLock})", connection);
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    const long SchemaLock = 0x6c65646765720001;

    static string Fingerprint(string more) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(
                    $"{typeof(DocumentStore).Assembly.GetName().Version}\n{OwnTables}\n{more}"
                )
            )
        )[..16];

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
}

/// <summary>The database was written by a version with another form of data.</summary>
public sealed class OtherFormatException(int found)
    : Exception(
        $"The database holds data of form {found}; this version reads form {LedgerDatabase.Format}. Start with a new data folder, or use the version that wrote it."
    );

/// <summary>The database was written under another key Kh: nothing in it could be found again.</summary>
public sealed class OtherKeyException()
    : Exception(
        "The database was written with another key (keys/kh of its data folder). Restore that key from its second copy, or start with a new database."
    );
