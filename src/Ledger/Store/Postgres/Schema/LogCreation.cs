using Ledger.Proof;
using Ledger.Store.Lane;
using Npgsql;

namespace Ledger.Store.Postgres.Schema;

/// <summary>A log begins once, in a new database: its lane row and its empty head. Leaf 0 follows through the lane
/// (<see cref="OperatorKeys"/>).</summary>
static class LogCreation
{
    public static async Task EnsureAsync(
        NpgsqlConnection connection,
        LedgerDatabase database,
        IHouseWitness houseWitness,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        await using (var begun = new NpgsqlCommand("select exists (select from proof.head)", connection))
            if (await begun.ExecuteScalarAsync(stop) is true)
                return;
        if (await houseWitness.LastAsync(stop) is { Size: > 0 } seen)
            throw new BrokenLogException(
                $"The database is empty, but the house witness has seen {seen.Size} leaves of {database.Log.Origin}. Restore the database, or start a new log in a new data folder."
            );
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            Sql.Command(
                "insert into proof.lane (id, origin, guard) values (0, $1, $2)",
                new() { Value = database.Log.Origin },
                new() { Value = houseWitness.Vkey }
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

    /// <summary>This node signs for the log that the database holds, under the house witness that it names.</summary>
    public static async Task CheckAsync(
        NpgsqlConnection connection,
        LedgerDatabase database,
        IHouseWitness houseWitness,
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
        if (vkey != houseWitness.Vkey)
            throw new BrokenLogException(
                $"The log's house witness is {vkey}, this node reaches {houseWitness.Vkey}. Give it the same witness (--witness)."
            );
    }
}
