using JasperFx;
using JasperFx.Events;
using Ledger.Credit;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Schema;
using Ledger.Supervision;
using Marten;
using Npgsql;

namespace Ledger.Store;

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
        return new(connectionString, As(ProofSchema.App)) { Auditor = As(ProofSchema.Auditor) };

        string As(string role)
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (ownLogin)
                builder.Username = role;
            else
                builder.Options = $"{builder.Options} -c role={role}".Trim();
            return builder.ConnectionString;
        }
    }
}

/// <summary>One PostgreSQL database as the ledger uses it: connections, keys, Marten's mapping.</summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    public const string Schema = "ledger";

    /// <summary>Raised whenever stored data changes its form; a database of another form is refused (exit 3).</summary>
    public const int Format = 2;

    /// <summary>What the lane's session needs: plans that look rows up one by one, whatever the statistics of a young
    /// table say (performance.md §3.1). A plan with what is switched off costs 10¹⁰ on paper, which would have
    /// PostgreSQL compile it anew for every batch (seen: 8 ms each): no compiler.</summary>
    const string LaneOptions =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off -c synchronous_commit=on";

    public LedgerDatabase(LedgerConnections connections, LedgerKeys keys)
    {
        (Connections, Keys) = (connections, keys);
        Source = Connect(connections.App, null);
        Lane = Connect(connections.App, LaneOptions);
    }

    public LedgerConnections Connections { get; }
    public LedgerKeys Keys { get; }

    /// <summary>The service's connections, as packages.md §5 has them.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The lane's connections.</summary>
    public NpgsqlDataSource Lane { get; }
    public Handles Handles => Keys.Handles;
    public LogIdentity Log => Keys.Log;

    static NpgsqlDataSource Connect(string connectionString, string? options)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.ApplicationName ??= "ledger";
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            builder.ConnectionStringBuilder.MaxPoolSize = 50;
        builder.ConnectionStringBuilder.IncludeErrorDetail = false;
        if (options is not null)
        {
            builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} {options}".Trim();
            builder.ConnectionStringBuilder.MaxAutoPrepare = 40;
            builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
            builder.ConnectionStringBuilder.MaxPoolSize = 4;
            // No statement of the lane leaves anything behind in its session: nothing to reset for every batch.
            builder.ConnectionStringBuilder.NoResetOnClose = true;
        }
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
        // proof.leaf.event_id is unique: a second index on every event would say the same.
        options.Events.EnableUniqueIndexOnEventId = false;
        options.Events.UseListenNotifyForEventAppends = true;
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
            Noun.Station => typeof(Station),
            Noun.Incident => typeof(Incident),
            Noun.Exporter => typeof(Exporter),
            Noun.Batch => typeof(Batch),
            Noun.Party => typeof(Party),
            Noun.Indicator => typeof(Indicator),
            Noun.Reading => typeof(Reading),
            Noun.Issuer => typeof(Issuer),
            Noun.Case => typeof(Case),
            Noun.Keys => typeof(Keychain),
            Noun.Log => typeof(Log),
            _ => throw new ArgumentOutOfRangeException(nameof(noun)),
        };

    /// <summary>As Marten writes a stream's type: the short name, in its own case.</summary>
    internal static string StreamAlias(Noun noun) => StreamType(noun).Name.ToLowerInvariant();

    /// <summary>As Marten names an event's type: full name and assembly, without version.</summary>
    internal static string DotnetTypeName(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    public async ValueTask DisposeAsync()
    {
        await Lane.DisposeAsync();
        await Source.DisposeAsync();
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
