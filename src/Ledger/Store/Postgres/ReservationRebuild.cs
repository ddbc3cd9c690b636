using Ledger.Store.Reservations;
using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>
/// Makes reservations anew from the events, as the owner of the tables: nobody else may. It holds the lane's lock from
/// the first read to the commit, so that no command rests on rows that are about to change; whoever calls it has held
/// the events against the log before.
/// </summary>
public sealed class ReservationRebuild(LedgerDatabase database)
{
    const string Table = $"{LedgerDatabase.Schema}.guard";
    const int Held = 1 << 17;

    /// <param name="tell">Takes a clause about each row that is changed.</param>
    /// <returns>How many were.</returns>
    /// <exception cref="InvalidOperationException">Some events cannot be read; nothing was changed.</exception>
    /// <exception cref="PostgresException">The login does not own the tables.</exception>
    public async Task<long> RunAsync(Action<string> tell, Action<string> progress, CancellationToken stop)
    {
        await using var owner = database.Connections.OwnerSource();
        await using var connection = await owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ExecuteAsync(
            connection,
            $"""
            set local idle_in_transaction_session_timeout = 0;
            {LaneLock.Take};
            alter table {Table} disable trigger keeps
            """,
            stop
        );
        var comparison = new ReservationComparison(
            database,
            (what, stream) =>
            {
                // A row that is nobody's goes; a stream that cannot be read leaves everything as it is.
                if (stream is { } unreadable)
                    throw new InvalidOperationException($"The reservations of {unreadable} {what}.");
            }
        );
        var changed = 0L;
        var moment = new ReservationMoment(connection, transaction);
        using (var sort = await comparison.SortedAsync(moment, Held, () => Task.CompletedTask, progress, stop))
            foreach (var row in sort.Differences())
            {
                await PutAsync(connection, row, stop);
                tell(ReservationAudit.Say(row));
                changed++;
            }
        changed += await DropStrangersAsync(connection, tell, stop);
        await ExecuteAsync(connection, $"alter table {Table} enable always trigger keeps", stop);
        await transaction.CommitAsync(stop);
        return changed;
    }

    static async Task PutAsync(NpgsqlConnection connection, ReservationDifference row, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            row.Made is null
                ? $"delete from {Table} where kind = $1 and key = $2"
                : $"""
                insert into {Table} (kind, key, value) values ($1, $2, $3)
                on conflict (kind, key) do update set value = excluded.value
                """,
            connection
        );
        command.Parameters.AddWithValue(row.Kind);
        command.Parameters.AddWithValue(row.Key.ToArray());
        if (row.Made is not null)
            command.Parameters.AddWithValue(row.Made);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Rows of kinds that there are not.</summary>
    static async Task<int> DropStrangersAsync(NpgsqlConnection connection, Action<string> tell, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"delete from {Table} where kind <> all($1) or octet_length(key) <> 32",
            connection
        );
        command.Parameters.AddWithValue(ReservationKinds.All.Select(k => k.Name).ToArray());
        var gone = await command.ExecuteNonQueryAsync(stop);
        if (gone > 0)
            tell($"{gone} rows of kinds that the ledger does not have are gone");
        return gone;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync(stop);
    }
}
