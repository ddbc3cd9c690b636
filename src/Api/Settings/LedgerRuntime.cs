using Api.Cluster;
using JasperFx;
using Ledger.Store;
using Marten;
using Npgsql;
using Projections;

namespace Api.Settings;

/// <summary>An open ledger for a verb of the command line: cluster, database, store, desk.</summary>
public sealed class LedgerRuntime : IAsyncDisposable
{
    readonly PrivateCluster? cluster;
    readonly DocumentStore store;

    LedgerRuntime(PrivateCluster? cluster, LedgerDatabase database, DocumentStore store)
    {
        (this.cluster, Database, this.store) = (cluster, database, store);
        Reader = new(database);
        Door = new(database, store);
        Desk = new(database, Reader, Door, TimeProvider.System);
        Tables = new(database);
    }

    public LedgerDatabase Database { get; }
    public EventReader Reader { get; }
    public WriteDoor Door { get; }
    public CommandDesk Desk { get; }
    public ViewTables Tables { get; }

    /// <exception cref="NeededException">No database, or one of another form.</exception>
    public static async Task<LedgerRuntime> OpenAsync(LedgerSettings settings, CancellationToken stop)
    {
        var handles = DataFolder.Open(settings.Data);
        var cluster = await OpenClusterAsync(settings, stop);
        try
        {
            var database = new LedgerDatabase(Connect(settings, cluster), handles);
            var store = DocumentStore.For(o =>
            {
                LedgerDatabase.Configure(o, database.Source, AutoCreate.None);
                o.DisableNpgsqlLogging = true;
            });
            await PrepareAsync(database, store, stop);
            return new(cluster, database, store);
        }
        catch
        {
            if (cluster is not null)
                await cluster.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="NeededException">The connection string is none.</exception>
    public static NpgsqlDataSource Connect(LedgerSettings settings, PrivateCluster? cluster)
    {
        try
        {
            return LedgerDatabase.Connect(settings.Postgres ?? cluster!.ConnectionString);
        }
        catch (ArgumentException error)
        {
            throw new NeededException($"The connection string of --postgres cannot be read: {error.Message}");
        }
    }

    public static async Task<PrivateCluster?> OpenClusterAsync(LedgerSettings settings, CancellationToken stop)
    {
        if (settings.Postgres is not null)
            return null;
        try
        {
            return await PrivateCluster.OpenAsync(settings.Data, stop);
        }
        catch (ClusterException error)
        {
            throw new NeededException(error.Message);
        }
    }

    /// <summary>Schema and tables; names the views that want a rebuild.</summary>
    public static async Task<IReadOnlyList<View>> PrepareAsync(
        LedgerDatabase database,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        try
        {
            await database.PrepareAsync(store, ViewTables.Ddl, stop);
            return await new ViewTables(database).PrepareAsync(stop);
        }
        catch (Exception error) when (error is OtherFormatException or OtherKeyException)
        {
            throw new NeededException(error.Message);
        }
        catch (NpgsqlException error)
        {
            throw new NeededException($"The database cannot be used: {error.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await Database.Source.DisposeAsync();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }
}
