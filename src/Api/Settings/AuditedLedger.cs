using Api.Cluster;
using Ledger.Proof;
using Ledger.Store.Auditing;
using Ledger.Store.Postgres;
using Ledger.Store.Postgres.Schema;
using Ledger.Store.Witness;
using Npgsql;

namespace Api.Settings;

/// <summary>A ledger opened to be read by an audit alone: no schema step, no comparison that would refuse it, no lane.
/// So it opens where a log that was rolled back or forked keeps every other verb out.</summary>
sealed class AuditedLedger : IAsyncDisposable
{
    readonly PrivateCluster? cluster;
    readonly WitnessHost witness;

    AuditedLedger(PrivateCluster? cluster, WitnessHost witness, LedgerDatabase database) =>
        (this.cluster, this.witness, Database) = (cluster, witness, database);

    public LedgerDatabase Database { get; }

    /// <summary>What the house witness has seen of this log.</summary>
    public async Task<HouseWitnessWord> WitnessAsync(CancellationToken stop) =>
        new(witness.Vkey, await witness.NewestAsync(Database.Log.Origin, stop));

    /// <exception cref="NeededException">There is no ledger here, or none that these keys and this version
    /// read.</exception>
    public static async Task<AuditedLedger> OpenAsync(LedgerSettings settings, CancellationToken stop)
    {
        if (!DataFolder.Exists(settings.Data) || (settings.Postgres is null && !PrivateCluster.IsIn(settings.Data)))
            throw new NeededException($"There is no ledger in {settings.Data}. Name its data folder with --data.");
        DataFolder.Prepare(settings);
        LedgerFiles.CheckForAudit(settings);
        var keys = KeyFiles.Read(settings.Data);
        var cluster = await LedgerRuntime.OpenClusterAsync(settings, stop);
        WitnessHost? witness = null;
        try
        {
            witness = KeyFiles.Witness(settings.Witness, keys.Log, TimeProvider.System);
            var database = new LedgerDatabase(LedgerRuntime.Connections(settings, cluster), keys);
            await CheckAsync(database, await witness.NewestAsync(keys.Log.Origin, stop), stop);
            return new(cluster, witness, database);
        }
        catch
        {
            witness?.Dispose();
            if (cluster is not null)
                await cluster.DisposeAsync();
            throw;
        }
    }

    static async Task CheckAsync(LedgerDatabase database, CosignedHead? cosigned, CancellationToken stop)
    {
        try
        {
            if (!await SchemaStep.HoldsAsync(database, cosigned, stop))
                throw new NeededException("The database holds no ledger.");
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
        await Database.DisposeAsync();
        witness.Dispose();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }
}
