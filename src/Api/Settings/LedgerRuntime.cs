using Api.Cluster;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Postgres.Schema;
using Ledger.Store.Witness;
using Npgsql;
using Projections;

namespace Api.Settings;

/// <summary>An open ledger, for the service as for a verb of the command line: cluster, keys, house witness,
/// node.</summary>
public sealed class LedgerRuntime : IAsyncDisposable
{
    readonly PrivateCluster? cluster;
    readonly WitnessHost witness;

    LedgerRuntime(PrivateCluster? cluster, WitnessHost witness, LedgerNode node)
    {
        (this.cluster, this.witness, Node) = (cluster, witness, node);
        Tables = new(node.Database);
    }

    public LedgerNode Node { get; }

    /// <summary>Null where the server was given.</summary>
    public PrivateCluster? Cluster => cluster;
    public LedgerDatabase Database => Node.Database;
    public EventReader Reader => Node.Reader;
    public WriteDoor Door => Node.Door;
    public CommandPipeline Pipeline => Node.Pipeline;
    public ViewTables Tables { get; }

    /// <summary>Views whose shape this version changed: they want a rebuild.</summary>
    public IReadOnlyList<View> Stale { get; private set; } = [];

    /// <exception cref="NeededException">No database, one of another form, or a log that must not be
    /// written.</exception>
    public static async Task<LedgerRuntime> OpenAsync(LedgerSettings settings, CancellationToken stop)
    {
        DataFolder.Prepare(settings);
        await LedgerFiles.CheckClusterAsync(settings, stop);
        var cluster = await OpenClusterAsync(settings, stop);
        WitnessHost? witness = null;
        try
        {
            var connections = Connections(settings, cluster);
            await LedgerFiles.CompleteAsync(settings, connections, stop);
            var keys = KeyFiles.Read(settings.Data);
            witness = KeyFiles.Witness(settings.Witness, keys.Log, TimeProvider.System);
            var houseWitness = new HouseWitness(witness, keys.Log.Origin);
            var node = await OpenNodeAsync(new(connections, keys), houseWitness, stop);
            var runtime = new LedgerRuntime(cluster, witness, node);
            runtime.Stale = await runtime.Tables.PrepareAsync(stop);
            return runtime;
        }
        catch (Exception error)
        {
            witness?.Dispose();
            if (cluster is not null)
                await cluster.DisposeAsync();
            if (error is IOException or UnauthorizedAccessException)
                throw new NeededException($"A file of the ledger cannot be used: {error.Message}");
            throw;
        }
    }

    static async Task<LedgerNode> OpenNodeAsync(
        LedgerDatabase database,
        IHouseWitness houseWitness,
        CancellationToken stop
    )
    {
        try
        {
            return await LedgerNode.OpenAsync(database, houseWitness, TimeProvider.System, ViewTables.Ddl, stop);
        }
        catch (Exception error) when (error is OtherFormatException or OtherKeyException or OtherSchemaException)
        {
            throw new NeededException(error.Message);
        }
        catch (BrokenLogException error)
        {
            throw new NeededException($"The log must not be written or signed: {error.Message}");
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException)
        {
            throw new NeededException($"The database or the house witness cannot be used: {error.Message}");
        }
    }

    internal static LedgerConnections Connections(LedgerSettings settings, PrivateCluster? cluster)
    {
        try
        {
            return LedgerConnections.From(
                settings.Postgres ?? cluster!.ConnectionString,
                ownLogin: cluster is not null
            );
        }
        catch (ArgumentException error)
        {
            throw new NeededException($"The connection string of --postgres cannot be read: {error.Message}");
        }
    }

    internal static async Task<PrivateCluster?> OpenClusterAsync(LedgerSettings settings, CancellationToken stop)
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

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        witness.Dispose();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }
}
