using Ledger.Kernel;
using Ledger.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Reads stored leaves: one for each event, by its place in the log.</summary>
public sealed class LeafRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    /// <summary>Rows of (event_id, stream_id, n, cmd, idx).</summary>
    internal const string Known = "select event_id, stream_id, n, cmd, idx from proof.leaf where event_id = any($1)";

    internal static KnownCommand KnownFrom(NpgsqlDataReader row) =>
        new(
            row.GetGuid(1),
            row.GetInt64(2),
            row.IsDBNull(3) ? null : CommandHash.Read(row.GetFieldValue<byte[]>(3)),
            (ulong)row.GetInt64(4)
        );

    /// <summary>Which of these events are on record.</summary>
    internal static async Task<Dictionary<Guid, KnownCommand>> KnownAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<Guid> ids,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(Known, connection);
        command.Parameters.Add(Sql.Array(ids, NpgsqlDbType.Uuid));
        return (await command.ListAsync(row => (Id: row.GetGuid(0), Known: KnownFrom(row)), stop)).ToDictionary(
            k => k.Id,
            k => k.Known
        );
    }

    /// <summary>Which of these events are on record now.</summary>
    public async Task<Dictionary<Guid, KnownCommand>> KnownAsync(IReadOnlyCollection<Guid> ids, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        return await KnownAsync(connection, ids, stop);
    }

    /// <summary>The index of an event's leaf; null where it is not on record.</summary>
    public async Task<ulong?> IndexOfAsync(Guid eventId, CancellationToken stop)
    {
        await using var command = source.CreateCommand("select idx from proof.leaf where event_id = $1");
        command.Parameters.AddWithValue(eventId);
        return await command.ExecuteScalarAsync(stop) is long index ? (ulong)index : null;
    }

    /// <summary>The leaves of some events, in their order.</summary>
    /// <param name="full">With their bytes.</param>
    internal async Task<List<(Guid EventId, ulong Index, Hash Hash, byte[]? Body)>> OfAsync(
        IReadOnlyList<Guid> eventIds,
        bool full,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            $"select event_id, idx, hash{(full ? ", body" : "")} from proof.leaf where event_id = any($1) order by idx"
        );
        command.Parameters.Add(Sql.Array(eventIds, NpgsqlDbType.Uuid));
        return await command.ListAsync(
            row =>
                (
                    row.GetGuid(0),
                    (ulong)row.GetInt64(1),
                    Hash.Read(row.GetFieldValue<byte[]>(2)),
                    full ? row.GetFieldValue<byte[]>(3) : null
                ),
            stop
        );
    }

    /// <summary>The bytes of the leaves [first, end), as far as they are there.</summary>
    internal async Task<List<(ulong Index, byte[] Body)>> BodiesAsync(ulong first, ulong end, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select idx, body from proof.leaf where idx >= $1 and idx < $2 order by idx"
        );
        command.Parameters.AddWithValue((long)first);
        command.Parameters.AddWithValue((long)end);
        return await command.ListAsync(row => ((ulong)row.GetInt64(0), row.GetFieldValue<byte[]>(1)), stop);
    }

    /// <summary>The newest leaf of a kind of event in a stream.</summary>
    /// <param name="type">Its wire name.</param>
    internal async Task<(ulong Index, byte[] Body)?> NewestAsync(Guid stream, string type, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select l.idx, l.body from {LedgerDatabase.Schema}.mt_events e join proof.leaf l on l.event_id = e.id
            where e.stream_id = $1 and e.type = $2 order by e.version desc limit 1
            """
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(type);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? ((ulong)rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>How many events of a kind stand in a stream behind a leaf; no more than so many are counted.</summary>
    internal async Task<long> CountBehindAsync(Guid stream, string type, ulong index, int most, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select count(*) from (select from {LedgerDatabase.Schema}.mt_events e
                join proof.leaf l on l.event_id = e.id
                where e.stream_id = $1 and e.type = $2 and l.idx > $3 limit {most}) later
            """
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(type);
        command.Parameters.AddWithValue((long)index);
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Whether a leaf of another stream stands in [first, end).</summary>
    internal async Task<bool> HasOthersAsync(Guid stream, ulong first, ulong end, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select exists (select from proof.leaf where idx >= $1 and idx < $2 and stream_id <> $3)"
        );
        command.Parameters.AddWithValue((long)first);
        command.Parameters.AddWithValue((long)end);
        command.Parameters.AddWithValue(stream);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    /// <summary>Streams of a kind with a leaf in [from, to), by id.</summary>
    public async Task<List<Guid>> MovedAsync(StreamKind kind, long from, long to, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select distinct l.stream_id from proof.leaf l
            join {LedgerDatabase.Schema}.mt_streams s on s.id = l.stream_id
            where l.idx >= $1 and l.idx < $2 and s.type = $3 order by 1
            """
        );
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(kind.Name);
        return await command.ListAsync(row => row.GetGuid(0), stop);
    }

    /// <summary>The stream of a leaf, and the place of its event in the store; null where there is no such leaf
    /// yet.</summary>
    public async Task<(Guid Stream, long Sequence)?> PlaceAsync(long index, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select l.stream_id, e.seq_id from proof.leaf l join {LedgerDatabase.Schema}.mt_events e
            on e.stream_id = l.stream_id and e.version = l.n where l.idx = $1
            """
        );
        command.Parameters.AddWithValue(index);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? (rows.GetGuid(0), rows.GetInt64(1)) : null;
    }
}
