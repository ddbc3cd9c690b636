using Api.Cluster;
using Ledger.Store.Postgres;
using Ledger.Store.Postgres.Schema;
using Ledger.Store.Witness;
using Npgsql;

namespace Api.Settings;

/// <summary>
/// The files that a ledger has besides its database: keys, the house witness with what it has seen, the policy. They
/// are made together at the first start, before the first row; later a missing one is lost, and nothing is made in its
/// place.
/// </summary>
static class LedgerFiles
{
    /// <summary>Files of a ledger that are not there, and where each would come from.</summary>
    public static List<(string Path, string Source)> Missing(LedgerSettings settings)
    {
        const string copy = "put it back from the second copy of the folder keys, with mode 600";
        const string volume =
            "put it back from where the house witness is kept (LEDGER_WITNESS names its folder); never an older copy of what it has seen";
        List<(string, string)> files =
        [
            .. KeyFiles.Needed(settings.Data).Select(path => (path, copy)),
            (KeyFiles.WitnessKey(settings.Witness), volume),
        ];
        if (Seen(settings) is { } seen)
            files.Add(
                (seen, $"{volume}. If it is lost for good and the database is in its newest state: touch {seen}")
            );
        files.Add(
            (
                settings.Policy,
                "put it back from its second copy, or write it anew: the log's key, the witnesses you trust, a quorum"
            )
        );
        return [.. files.Where(f => !File.Exists(f.Item1))];
    }

    /// <summary>What the house witness keeps of this log; null where the log's name is not known.</summary>
    static string? Seen(LedgerSettings settings) =>
        KeyFiles.LogName(settings.Data) is { } origin ? WitnessHost.PathOf(settings.Witness, origin) : null;

    /// <summary>Refuses to begin with a new cluster where the witness remembers another one.</summary>
    /// <exception cref="NeededException">The cluster of the data folder is gone.</exception>
    public static async Task CheckClusterAsync(LedgerSettings settings, CancellationToken stop)
    {
        if (
            settings.Postgres is not null
            || PrivateCluster.IsIn(settings.Data)
            || Missing(settings).Exists(m => m.Path != settings.Policy)
        )
            return;
        var keys = KeyFiles.Read(settings.Data);
        using var witness = KeyFiles.Witness(settings.Witness, keys.Log, TimeProvider.System);
        if (await witness.NewestAsync(keys.Log.Origin, stop) is { Size: > 0 and var size })
            throw new NeededException(
                $"The house witness has seen {size} leaves of {keys.Log.Origin}, but the data folder {settings.Data} has no database any more (folder pg). Restore it, or begin anew in another data folder (--data)."
            );
    }

    /// <summary>Makes what is missing of a new ledger, or refuses where the database holds one already.</summary>
    /// <exception cref="NeededException">Files of an existing ledger are missing; the message names each.</exception>
    public static async Task CompleteAsync(
        LedgerSettings settings,
        LedgerConnections connections,
        CancellationToken stop
    )
    {
        var missing = Missing(settings);
        if (missing.Count == 0)
            return;
        if (await HoldsAsync(connections, stop))
        {
            // Another process may have made them since, and the first rows after them.
            missing = Missing(settings);
            if (missing.Count == 0)
                return;
            throw Lost(missing);
        }
        KeyFiles.Make(settings.Data);
        KeyFiles.MakeWitness(settings.Witness);
        var keys = KeyFiles.Read(settings.Data);
        using var witness = KeyFiles.Witness(settings.Witness, keys.Log, TimeProvider.System);
        if (!File.Exists(settings.Policy))
            await File.WriteAllTextAsync(
                settings.Policy,
                KeyFiles.Policy(keys.Log, new HouseWitness(witness, keys.Log.Origin)),
                stop
            );
    }

    /// <summary>What an audit needs of them; the policy is for readers.</summary>
    public static void CheckForAudit(LedgerSettings settings)
    {
        if (
            Missing(settings) is var missing
            && missing.RemoveAll(m => m.Path == settings.Policy) >= 0
            && missing.Count > 0
        )
            throw Lost(missing);
    }

    static NeededException Lost(List<(string Path, string Source)> missing) =>
        new(
            $"There is a ledger, and files that belong to it are missing. Nothing was made in their place.\n{string.Join('\n', missing.Select(m => $"  {m.Path}: {m.Source}."))}"
        );

    static async Task<bool> HoldsAsync(LedgerConnections connections, CancellationToken stop)
    {
        try
        {
            return await SchemaStep.HoldsAnyAsync(connections, stop);
        }
        catch (NpgsqlException error)
        {
            throw new NeededException($"The database cannot be used: {error.Message}");
        }
    }
}
