using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>
/// Brings the versions in <c>mt_streams</c> up to what <c>mt_events</c> says, a few times a minute. In the lane's own
/// transaction a hot stream would leave a dead row behind with every batch, and while somebody's snapshot stands open
/// nothing clears them away: each new event's foreign key walks them all (seen: 8 380/s fell to 1 250/s in five
/// minutes; written every ten seconds it still fell to 5 300/s). So no row is written a second time before its last
/// dead one can go. Nothing of ours reads these versions; Marten's tools do, and the audit knows how far they are.
/// </summary>
public sealed class StreamRows : IAsyncDisposable
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>How often a stream's row is written at most.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Numbers of events in one transaction.</summary>
    const int Page = 10_000;

    readonly LedgerDatabase database;
    readonly CancellationTokenSource stopping = new();
    readonly PostgresWriteLog log;
    readonly Task worker;

    /// <param name="log">The node's own, which writes what the rows follow.</param>
    public StreamRows(LedgerDatabase database, PostgresWriteLog log)
    {
        (this.database, this.log) = (database, log);
        worker = Task.Run(RunAsync);
    }

    async Task RunAsync()
    {
        using var tick = new PeriodicTimer(Every);
        try
        {
            while (await tick.WaitForNextTickAsync(stopping.Token))
                await TryAsync(TurnAsync, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // DisposeAsync does what is left.
        }
    }

    static async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken stop)
    {
        try
        {
            await step(stop);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // The database is away; where we were stands in it, and the next turn goes on from there.
        }
    }

    /// <summary>Catches up, unless the rows it wrote last are still kept twice for somebody's snapshot.</summary>
    public async Task TurnAsync(CancellationToken stop)
    {
        if (await ClearsAsync(stop))
            await CatchUpAsync(stop);
    }

    /// <summary>Whether no snapshot is older than the rows that the last turn wrote. A snapshot is as old as the oldest
    /// transaction that ran when it was taken, in whichever database of the server.</summary>
    async Task<bool> ClearsAsync(CancellationToken stop)
    {
        await using var command = database.Lane.CreateCommand(
            $"""
            select not exists (select from pg_stat_activity a
                where a.datname = current_database() and age(a.backend_xmin) >= age(p.xmin))
            from {Schema}.stream_place p where p.id = 0
            """
        );
        return await command.ExecuteScalarAsync(stop) is true;
    }

    /// <summary>Until every row says what the log said when this was called. Nodes take turns, each goes on where the
    /// last one came to.</summary>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        await using var connection = await database.Lane.OpenConnectionAsync(stop);
        while (await StepAsync(connection, stop)) { }
    }

    static async Task<bool> StepAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var place = new NpgsqlCommand(
            $"select seq from {Schema}.stream_place where id = 0 for update",
            connection
        );
        var seq = (long)(await place.ExecuteScalarAsync(stop))!;
        // Read after the lock: sequence numbers are given under the lane's, so all up to a head's are there.
        await using var head = new NpgsqlCommand("select seq from proof.head order by size desc limit 1", connection);
        if (await head.ExecuteScalarAsync(stop) is not long newest || newest <= seq)
            return false;
        var until = Math.Min(newest, seq + Page);
        await using var grow = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command(
                    $"""
                    update {Schema}.mt_streams s set version = g.version, timestamp = g.at
                    from (select stream_id, max(version) as version, max(timestamp) as at from {Schema}.mt_events
                        where seq_id > $1 and seq_id <= $2 group by stream_id) g
                    where s.id = g.stream_id and s.version < g.version
                    """,
                    new() { Value = seq },
                    new() { Value = until }
                ),
                Sql.Command(
                    $"update {Schema}.stream_place set seq = $1 where id = 0",
                    new NpgsqlParameter { Value = until }
                ),
            },
        };
        await grow.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return until < newest;
    }

    /// <summary>Where the rows had come to; every event up to this number is in the version of its stream.</summary>
    internal static async Task<long> PlaceAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand($"select seq from {Schema}.stream_place where id = 0");
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Leaves the rows as Marten would, unless this node never began to write: a verb that reads opens no
    /// connection for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await worker;
        stopping.Dispose();
        if (log.HasBegun)
            await TryAsync(CatchUpAsync, CancellationToken.None);
    }
}
