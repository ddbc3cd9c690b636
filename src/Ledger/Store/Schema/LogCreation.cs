using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Proof;
using Ledger.Rules;
using Ledger.Store.Lane;
using Ledger.Store.Vault;
using Npgsql;

namespace Ledger.Store.Schema;

/// <summary>A log begins once, in a new database: its lane row, its empty head, and leaf 0, which registers the key
/// that the operator signs leaves with (proof.md §6).</summary>
static class LogCreation
{
    public static async Task EnsureAsync(
        NpgsqlConnection connection,
        LedgerDatabase database,
        IHouseWitness guard,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        await using (var begun = new NpgsqlCommand("select exists (select from proof.head)", connection))
            if (await begun.ExecuteScalarAsync(stop) is true)
                return;
        if (await guard.LastAsync(stop) is { Size: > 0 } seen)
            throw new BrokenLogException(
                $"The database is empty, but the house witness has seen {seen.Size} leaves of {database.Log.Origin}. Restore the database, or start a new log in a new data folder."
            );
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            Sql.Command(
                "insert into proof.lane (id, origin, guard) values (0, $1, $2)",
                new() { Value = database.Log.Origin },
                new() { Value = guard.Vkey }
            )
        );
        batch.BatchCommands.Add(
            Sql.Command(
                "insert into proof.head (size, prev, root, seq, mac, at) values (0, null, $1, 0, $2, $3)",
                new() { Value = Merkle.EmptyRoot.ToArray() },
                new() { Value = database.Log.Mac(0, Merkle.EmptyRoot, 0) },
                new() { Value = clock.GetUtcNow() }
            )
        );
        await batch.ExecuteNonQueryAsync(stop);
    }

    /// <summary>This node signs for the log that the database holds, under the guard that it names.</summary>
    public static async Task CheckAsync(
        NpgsqlConnection connection,
        LedgerDatabase database,
        IHouseWitness guard,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand("select origin, guard from proof.lane where id = 0", connection);
        await using var rows = await command.ExecuteReaderAsync(stop);
        if (!await rows.ReadAsync(stop))
            throw new BrokenLogException("The log has no lane row.");
        var (origin, vkey) = (rows.GetString(0), rows.GetString(1));
        if (origin != database.Log.Origin)
            throw new BrokenLogException(
                $"The database holds the log {origin}, this data folder signs for {database.Log.Origin}: keys/log is another log's. Put this log's own key back from its second copy."
            );
        if (vkey != guard.Vkey)
            throw new BrokenLogException(
                $"The log's house witness is {vkey}, this node reaches {guard.Vkey}. Give it the same witness (--witness)."
            );
    }

    /// <summary>The stream of the operator's keys.</summary>
    public static Guid OperatorKeys(Handles handles, string origin) => handles.EntityId("keys", "operator", origin);

    /// <summary>Records the operator's key as leaf 0, where the log is empty; a repeat records nothing.</summary>
    public static async Task RegisterOperatorAsync(
        LedgerDatabase database,
        CommitLane lane,
        PersonalVault vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var keys = database.Keys;
        var now = Instants.Cut(clock.GetUtcNow());
        var stream = OperatorKeys(keys.Handles, keys.Log.Origin);
        var jwk = Jwk.OfEd25519(keys.Leaf.PublicKey);
        var thumbprint = jwk.Thumbprint.ToBase64Url();
        var registered = new KeyRegistered(
            thumbprint,
            new("Ed25519", "OKP", System.Buffers.Text.Base64Url.EncodeToString(keys.Leaf.PublicKey)),
            KeyPurpose.Leaf,
            KeyCustody.Service,
            now.ToUnixTimeSeconds()
        );
        var command = new DecidedCommand(
            "operator",
            $"key/{thumbprint}",
            keys.Handles.CommandHash("KEY", thumbprint, [])
        )
        {
            Expects = [new(stream, 0)],
            Appends =
            [
                new(stream, Noun.Keys, registered, new(thumbprint, now, "operator", "ADM", RuleSet.Current.Version)),
            ],
        };
        var sealedCommand = new Sealer(keys).Seal(command, new(), await vault.OpenAsync([], stop), now);
        var outcome = (await lane.WriteAsync([sealedCommand], patient: true, stop))[0];
        if (outcome is WriteOutcome.Unknown or WriteOutcome.Refused { Refusal.Code: "unavailable" })
            throw new TimeoutException("The operator's key could not be registered: the database is away.");
        if (outcome is not (WriteOutcome.Recorded or WriteOutcome.Known))
            throw new BrokenLogException($"The operator's key could not be registered: {outcome}.");
    }
}
