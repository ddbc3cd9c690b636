using JasperFx;
using JasperFx.Events;
using Ledger.Kernel;
using Ledger.Store.Lane;
using Ledger.Store.Postgres.Schema;
using Marten;
using Marten.Events;
using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>How to reach the database: as its owner, for the schema step alone, and as the service, which can only
/// add.</summary>
/// <param name="Owner">Connection string of the schema's owner.</param>
/// <param name="App">Connection string of the running service.</param>
public sealed record LedgerConnections(string Owner, string App)
{
    /// <summary>Connection string of an audit, which only reads.</summary>
    public string Auditor { get; init; } = App;

    /// <summary>The roles that log in beside the owner.</summary>
    public static IReadOnlyList<string> Roles { get; } = [ProofSchema.App, ProofSchema.Auditor];

    /// <summary>From one connection string: the service takes the role <c>ledger_app</c> on it.</summary>
    /// <param name="ownLogin">Log in as that role (the private cluster's socket lets us), instead of taking it.</param>
    public static LedgerConnections From(string connectionString, bool ownLogin = false)
    {
        return new(Clean().ConnectionString, As(ProofSchema.App)) { Auditor = As(ProofSchema.Auditor) };

        // A password is never told again, whatever the string asks for.
        NpgsqlConnectionStringBuilder Clean() => new(connectionString) { PersistSecurityInfo = false };

        string As(string role)
        {
            var builder = Clean();
            if (ownLogin)
                builder.Username = role;
            else
                builder.Options = $"{builder.Options} -c role={role}".Trim();
            return builder.ConnectionString;
        }
    }

    /// <summary>The owner's connections.</summary>
    /// <inheritdoc cref="Builder" path="/param[@name='readsTypes']"/>
    internal NpgsqlDataSource OwnerSource(bool readsTypes = false) =>
        Builder(Owner, "ledger-owner", readsTypes).Build();

    /// <summary>A source of connections with a name of its own: without one metrics and traces name it by its
    /// connection string.</summary>
    /// <param name="readsTypes">Reads the server's catalogue of types, which is the dearest statement of a process that
    /// records one thing (26 ms a source, seen). The ledger's tables have the basic types alone; Marten's comparison of
    /// schemas asks for types of the catalogues.</param>
    public static NpgsqlDataSourceBuilder Builder(string connectionString, string name, bool readsTypes = false)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = name };
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(readsTypes));
        return builder;
    }
}

/// <summary>One PostgreSQL database as the ledger uses it: connections, keys, Marten's mapping.</summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    public const string Schema = "ledger";

    /// <summary>Raised whenever stored data changes its form; a database of another form is refused (exit 3).</summary>
    public const int Format = 2;

    /// <summary>What the lane's session needs: plans that look rows up one by one, whatever the statistics of a young
    /// table say (operations.md §3.1). A plan with what is switched off costs 10¹⁰ on paper, which would have
    /// PostgreSQL compile it anew for every batch (seen: 8 ms each): no compiler.</summary>
    const string LaneOptions =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off -c synchronous_commit=on";

    public LedgerDatabase(LedgerConnections connections, LedgerKeys keys)
    {
        (Connections, Keys) = (connections, keys);
        Source = Connect(connections.App, "ledger");
        Lane = Connect(
            connections.App,
            "ledger-lane",
            settings =>
            {
                settings.Options = $"{settings.Options} {LaneOptions}".Trim();
                settings.MaxPoolSize = 4;
            }
        );
        Turns = Connect(connections.App, "ledger-turns", settings => settings.Pooling = false);
    }

    public LedgerConnections Connections { get; }
    public LedgerKeys Keys { get; }

    /// <summary>The service's connections (operations.md §3.1). Nothing may stay behind in a session of theirs: it is
    /// not reset before its next user.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The lane's connections.</summary>
    public NpgsqlDataSource Lane { get; }

    /// <summary>Connections that hold a lock of their session, such as a node's turn to publish. They have no pool: the
    /// driver resets a pooled session only when it is used again, and a lock would outlive its holder until
    /// then.</summary>
    public NpgsqlDataSource Turns { get; }
    public Handles Handles => Keys.Handles;
    public LogIdentity Log => Keys.Log;

    /// <summary>A pool whose sessions keep their prepared statements, and are not reset between two users: a reset is a
    /// round trip of its own (half of all statements of a command, seen).</summary>
    /// <remarks>Few connections, for more of them than the processors can serve only wait for each other (64 callers:
    /// 370 commands/s with 50 connections, 460 with 16).</remarks>
    /// <param name="name">Stands in its metrics, in place of the connection string.</param>
    static NpgsqlDataSource Connect(
        string connectionString,
        string name,
        Action<NpgsqlConnectionStringBuilder>? adjust = null
    )
    {
        var builder = LedgerConnections.Builder(connectionString, name);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "ledger";
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            settings.MaxPoolSize = Math.Max(16, 4 * Environment.ProcessorCount);
        settings.IncludeErrorDetail = false;
        settings.NoResetOnClose = true;
        settings.MaxAutoPrepare = 100;
        settings.AutoPrepareMinUsages = 2;
        adjust?.Invoke(settings);
        return builder.Build();
    }

    /// <summary>Marten's settings, in one screen (operations.md §3.2).</summary>
    public static void Configure(StoreOptions options, NpgsqlDataSource source, AutoCreate autoCreate)
    {
        options.Connection(source);
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = autoCreate;
        options.UseSystemTextJsonForSerialization(configure: WireJson.Shape);
        options.Events.StreamIdentity = StreamIdentity.AsGuid;
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        options.Events.UseMandatoryStreamTypeDeclaration = true;
        // proof.leaf.event_id is unique: a second index on every event would say the same.
        options.Events.EnableUniqueIndexOnEventId = false;
        options.Events.UseListenNotifyForEventAppends = true;
        options.Events.UseAdvisoryLockTransaction = true;
        options.Events.MetadataConfig.CorrelationIdEnabled = options.Events.MetadataConfig.CausationIdEnabled = true;
        options.Events.MetadataConfig.UserNameEnabled = options.Events.MetadataConfig.HeadersEnabled = true;
        foreach (var line in EventCatalog.All)
        {
            options.Events.MapEventType(line.Type, line.WireName);
            ((EventGraph)options.Events).EventMappingFor(line.Type).DotNetTypeName = line.StoredType;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Lane.DisposeAsync();
        await Turns.DisposeAsync();
        await Source.DisposeAsync();
    }
}

/// <summary>The database was written by a version with another form of data.</summary>
public sealed class OtherFormatException(int found)
    : Exception(
        $"The database holds data of form {found}; this version reads form {LedgerDatabase.Format}. Start with a new data folder, or use the version that wrote it."
    );

/// <summary>A key at hand is not the one that the database was written with, or one is missing: nothing in it could be
/// found, read or continued.</summary>
public sealed class OtherKeyException(string what)
    : Exception(
        $"{what}. Put the ledger's own key back from its second copy (keys/ of the data folder); nothing was changed or made in its place."
    );
