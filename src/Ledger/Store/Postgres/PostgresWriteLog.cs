using System.Diagnostics;
using Ledger.Store.Lane;
using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>
/// The write log in PostgreSQL: the tables that other stores' logs feed are the log itself. A turn is one transaction
/// under the lock of <c>proof.lane</c>, with two round trips: one that locks and reads, one that writes and commits. So
/// no two turns are judged at one head, and a head never moves between the two.
/// </summary>
public sealed class PostgresWriteLog(LedgerDatabase database) : IWriteLog
{
    readonly EntryRows entries = new(database);

    /// <summary>Whether an append was ever begun, however it ended: one whose answer was lost may have been
    /// written.</summary>
    public bool HasBegun { get; private set; }

    /// <inheritdoc/>
    public async Task<Head> HeadAsync(CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        return (await HeadRows.NewestAsync(connection, 0, stop)).Head;
    }

    /// <inheritdoc/>
    public async Task<IWriteTurn> BeginAsync(IReadOnlyList<SealedCommand> commands, CancellationToken stop)
    {
        var connection = await database.Lane.OpenConnectionAsync(stop);
        HasBegun = true;
        try
        {
            var (state, lastSeq) = await BatchReads.TakeAsync(connection, commands, database.Handles, stop);
            return new Turn(database, connection, state, lastSeq);
        }
        catch
        {
            await ReleaseAsync(connection);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEntry>> ReadAsync(ulong from, int most, CancellationToken stop) =>
        entries.ReadAsync(from, most, stop);

    /// <summary>On a fresh connection it takes the lane's lock, which waits until a lost transaction has ended, then
    /// looks the ids up: not found while holding the lock means not recorded, for ever (operations.md §2).</summary>
    public async Task<Dictionary<Guid, KnownCommand>> OutcomeAsync(
        IReadOnlyCollection<Guid> eventIds,
        CancellationToken stop
    )
    {
        await using var connection = await database.Lane.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await LaneLock.TakeAsync(connection, stop);
        return await LeafRows.KnownAsync(connection, eventIds, stop);
    }

    /// <summary>Rolls back a transaction that is still open: it holds the lane's lock.</summary>
    static async ValueTask ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    /// <param name="lastSeq">The last number that the sequence of Marten's events gave away.</param>
    sealed class Turn(LedgerDatabase database, NpgsqlConnection connection, StateAtHead state, long lastSeq)
        : IWriteTurn
    {
        public StateAtHead State => state;

        public async Task<AppendResult> AppendAsync(LogBatch batch)
        {
            if (!batch.Expected.IsSameTree(state.Head))
                return AppendResult.HeadMoved;
            if (batch.Entries.Count == 0)
                return AppendResult.Appended;
            try
            {
                await BatchWrites.CommitAsync(connection, batch, lastSeq + 1, database.Log, database.Handles);
                return AppendResult.Appended;
            }
            catch (PostgresException error) when (LacksMeans(error))
            {
                // Not committed, and it would be no other with fewer: a full disk, no memory, a lock that does not
                // come.
                Activity.Current?.AddException(error);
                throw new NotWrittenException(error.MessageText, error);
            }
            catch (PostgresException error) when (!EndsSession(error))
            {
                Activity.Current?.AddException(error);
                Telemetry.LaneRollbacks.Add(1, new KeyValuePair<string, object?>("sqlstate", error.SqlState));
                return AppendResult.Rejected;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                Activity.Current?.AddException(error);
                throw new OutcomeUnknownException(error.Message, error);
            }
        }

        /// <summary>The server ended the session, perhaps after the commit: the outcome is as unknown as that of a lost
        /// connection.</summary>
        static bool EndsSession(PostgresException error) =>
            error.InvariantSeverity is "FATAL" or "PANIC" || error.SqlState.StartsWith("57P", StringComparison.Ordinal);

        /// <summary>Classes of SQLSTATE that speak of the server and not of the statement: 40 rolled back, 53 out of
        /// resources, 55 not in the state, 57 intervention, 58 system error.</summary>
        static bool LacksMeans(PostgresException error) =>
            !EndsSession(error) && error.SqlState is ['4', '0', ..] or ['5', '3' or '5' or '7' or '8', ..];

        public ValueTask DisposeAsync() => ReleaseAsync(connection);
    }
}

/// <summary>The lock that serialises writers of all nodes: it is held to the end of the transaction.</summary>
static class LaneLock
{
    /// <summary>A statement of its own: one that both locks and reads would read a snapshot older than its
    /// lock.</summary>
    public const string Take = "select id from proof.lane where id = 0 for update";

    public static async Task TakeAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var take = new NpgsqlCommand(Take, connection);
        await take.ExecuteNonQueryAsync(stop);
    }
}
