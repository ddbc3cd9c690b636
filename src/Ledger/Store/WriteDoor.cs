using System.Collections.Immutable;
using System.Data;
using System.Diagnostics;
using Ledger.Kernel;
using Marten;
using Marten.Services;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store;

/// <summary>
/// The one door through which anything is written: a batch of decided commands in one transaction, judged in their
/// order
/// under the lane's lock. A command that does not fit leaves the batch; its neighbours are not disturbed.
/// </summary>
/// <remarks>
/// Everything that can fail is found by reads before the first insert. A Marten append that fails and is rolled back
/// commits a tombstone event of its own (packages.md §4), and a sequence number drawn and rolled back stops every view
/// for seconds: so nothing is handed to the session that has not been checked under the lock.
/// </remarks>
public sealed class WriteDoor(LedgerDatabase database, IDocumentStore store)
{
    /// <summary>Serialises all nodes on one database; released with the transaction.</summary>
    const long LaneLock = 0x6c65646765720000;
    const string Schema = LedgerDatabase.Schema;

    /// <summary>Writes what fits; answers one outcome per command, in their order.</summary>
    public async Task<ImmutableArray<WriteOutcome>> WriteAsync(
        IReadOnlyList<DecidedCommand> batch,
        CancellationToken stop
    )
    {
        using var span = Telemetry.Source.StartActivity("ledger.lane.commit");
        span?.SetTag("ledger.batch_size", batch.Count);
        var started = Stopwatch.GetTimestamp();
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop);
        var under = await LockAndReadAsync(connection, batch, stop);
        var outcomes = under.Judge(batch, database.Handles);
        if (under.Appended.Count == 0)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            return outcomes;
        }
        await using (var session = store.LightweightSession(SessionOptions.ForTransaction(transaction)))
        {
            Append(session, under);
            await session.SaveChangesAsync(stop);
        }
        await WriteOwnRowsAsync(connection, under, stop);
        try
        {
            // No token and no time-out: a cancelled COMMIT says nothing about its outcome (reliability.md §1).
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            Telemetry.OutcomesUnknown.Add(1);
            return await SettleAsync(batch, outcomes);
        }
        Telemetry.BatchSize.Record(batch.Count);
        foreach (var verdict in under.Appended.Values.SelectMany(s => s).SelectMany(e => e.Append.Envelope.Verdicts))
            Telemetry.Verdicts.Add(1, new("rule", verdict.RuleId), new("result", WireWords.Of(verdict.Result)));
        Telemetry.EventsAppended.Add(under.Appended.Sum(s => s.Value.Count));
        Telemetry.LaneStep.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        return outcomes;
    }

    /// <summary>What is on record for these event ids; used before deciding, so that a repeat is answered as it
    /// was.</summary>
    public async Task<Dictionary<Guid, KnownCommand>> KnownAsync(IEnumerable<Guid> firstIds, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        return await KnownAsync(connection, [.. firstIds], stop);
    }

    async Task<LaneState> LockAndReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DecidedCommand> batch,
        CancellationToken stop
    )
    {
        // The lock is a statement of its own and comes first: no statement may both lock and read, or its snapshot is
        // older than the lock.
        await using (
            var command = new NpgsqlCommand($"select pg_advisory_xact_lock({LaneLock})", connection)
            {
                CommandTimeout = 60,
            }
        )
            await command.ExecuteNonQueryAsync(stop);
        var known = await KnownAsync(connection, [.. batch.Select(FirstId)], stop);
        var versions = new Dictionary<Guid, long>();
        DateTimeOffset now;
        await using (var reads = new NpgsqlBatch(connection))
        {
            reads.BatchCommands.Add(new("select now()"));
            var streams = new NpgsqlBatchCommand($"select id, version from {Schema}.mt_streams where id = any($1)");
            streams.Parameters.Add(
                Array([.. batch.SelectMany(c => c.Expects).Select(e => e.Stream).Distinct()], NpgsqlDbType.Uuid)
            );
            reads.BatchCommands.Add(streams);
            await using var rows = await reads.ExecuteReaderAsync(stop);
            await rows.ReadAsync(stop);
            now = rows.GetFieldValue<DateTimeOffset>(0);
            await rows.NextResultAsync(stop);
            while (await rows.ReadAsync(stop))
                versions[rows.GetGuid(0)] = rows.GetInt64(1);
        }
        var guards = await GuardsAsync(connection, batch.SelectMany(c => c.Guards).Select(g => g.Key).Distinct(), stop);
        return new(known, versions, guards, Instants.Cut(now));
    }

    /// <summary>Values of guard rows; a guard without a row is absent.</summary>
    public async Task<ImmutableDictionary<GuardKey, string>> GuardsAsync(
        IEnumerable<GuardKey> keys,
        CancellationToken stop
    )
    {
        var wanted = keys.ToList();
        if (wanted.Count == 0)
            return ImmutableDictionary<GuardKey, string>.Empty;
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        return (await GuardsAsync(connection, wanted, stop)).ToImmutableDictionary();
    }

    async Task<Dictionary<GuardKey, string>> GuardsAsync(
        NpgsqlConnection connection,
        IEnumerable<GuardKey> keys,
        CancellationToken stop
    )
    {
        var wanted = keys.ToList();
        var found = new Dictionary<GuardKey, string>();
        if (wanted.Count == 0)
            return found;
        await using var command = new NpgsqlCommand(
            $"""
            select k.i, g.value from unnest($1::text[], $2::bytea[]) with ordinality as k(kind, key, i)
            join {Schema}.guard g on g.kind = k.kind and g.key = k.key
            """,
            connection
        );
        command.Parameters.Add(Array([.. wanted.Select(k => k.Kind)], NpgsqlDbType.Text));
        command.Parameters.Add(Array([.. wanted.Select(database.Handles.Of)], NpgsqlDbType.Bytea));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[wanted[(int)rows.GetInt64(0) - 1]] = rows.GetString(1);
        return found;
    }

    static async Task<Dictionary<Guid, KnownCommand>> KnownAsync(
        NpgsqlConnection connection,
        Guid[] firstIds,
        CancellationToken stop
    )
    {
        var known = new Dictionary<Guid, KnownCommand>();
        await using var command = new NpgsqlCommand(
            $"select id, stream_id, version, headers->>'{Header.CommandKey}' from {Schema}.mt_events where id = any($1)",
            connection
        );
        command.Parameters.Add(Array(firstIds, NpgsqlDbType.Uuid));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            known[rows.GetGuid(0)] = new(rows.GetGuid(1), rows.GetInt64(2), rows.GetString(3));
        return known;
    }

    static void Append(IDocumentSession session, LaneState under)
    {
        foreach (var (stream, events) in under.Appended)
        {
            var wrapped = events
                .Select(e =>
                {
                    var built = session.Events.BuildEvent(e.Append.Event);
                    built.Id = e.EventId;
                    built.SetHeader(Header.EnvelopeKey, e.Append.Envelope);
                    built.SetHeader(Header.CommandKey, e.Hash);
                    return (object)built;
                })
                .ToArray();
            if (under.IsNew(stream))
                session.Events.StartStream(LedgerDatabase.StreamType(events[0].Append.Noun), stream, wrapped);
            else
                session.Events.Append(stream, wrapped);
        }
    }

    async Task WriteOwnRowsAsync(NpgsqlConnection connection, LaneState under, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(connection);
        var taken = under.ChangedGuards.Where(g => g.Value is not null).ToList();
        if (taken.Count > 0)
        {
            var put = new NpgsqlBatchCommand(
                $"""
                insert into {Schema}.guard (kind, key, value) select * from unnest($1::text[], $2::bytea[], $3::text[])
                on conflict (kind, key) do update set value = excluded.value
                """
            );
            put.Parameters.Add(Array([.. taken.Select(g => g.Key.Kind)], NpgsqlDbType.Text));
            put.Parameters.Add(Array([.. taken.Select(g => database.Handles.Of(g.Key))], NpgsqlDbType.Bytea));
            put.Parameters.Add(Array([.. taken.Select(g => g.Value!)], NpgsqlDbType.Text));
            batch.BatchCommands.Add(put);
        }
        foreach (var (key, _) in under.ChangedGuards.Where(g => g.Value is null))
        {
            var free = new NpgsqlBatchCommand($"delete from {Schema}.guard where kind = $1 and key = $2");
            free.Parameters.AddWithValue(key.Kind);
            free.Parameters.AddWithValue(database.Handles.Of(key));
            batch.BatchCommands.Add(free);
        }
        if (under.Texts.Count > 0)
        {
            var texts = under.Texts.ToList();
            var put = new NpgsqlBatchCommand(
                $"""
                insert into {Schema}.identifier_text (handle, kind, value)
                select * from unnest($1::bytea[], $2::text[], $3::text[])
                on conflict (handle) do nothing
                """
            );
            put.Parameters.Add(Array([.. texts.Select(database.Handles.Of)], NpgsqlDbType.Bytea));
            put.Parameters.Add(Array([.. texts.Select(t => t.Kind)], NpgsqlDbType.Text));
            put.Parameters.Add(Array([.. texts.Select(t => t.Value)], NpgsqlDbType.Text));
            batch.BatchCommands.Add(put);
        }
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(stop);
    }

    /// <summary>
    /// After a COMMIT without answer: on a fresh connection take the lane's lock, which waits until the lost
    /// transaction
    /// has ended, then look the ids up. Not found while holding the lock: not recorded and never will be.
    /// </summary>
    async Task<ImmutableArray<WriteOutcome>> SettleAsync(
        IReadOnlyList<DecidedCommand> batch,
        ImmutableArray<WriteOutcome> hoped
    )
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await using var connection = await database.Source.OpenConnectionAsync(patience.Token);
            await using var transaction = await connection.BeginTransactionAsync(patience.Token);
            var under = await LockAndReadAsync(connection, batch, patience.Token);
            return
            [
                .. hoped.Select(
                    (outcome, i) =>
                        outcome is not WriteOutcome.Recorded ? outcome
                        : under.Knows(FirstId(batch[i])) ? outcome
                        : new WriteOutcome.Refused(new("unavailable"))
                ),
            ];
        }
        catch (Exception error)
            when (error is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
        {
            return
            [
                .. hoped.Select(outcome => outcome is WriteOutcome.Recorded ? new WriteOutcome.Unknown() : outcome),
            ];
        }
    }

    Guid FirstId(DecidedCommand command) => database.Handles.EventId(command.Scope, command.Key, 0);

    static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType type) =>
        new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}

/// <summary>A command on record: where its first event stands and what the command said.</summary>
public sealed record KnownCommand(Guid Stream, long Version, string Hash);
