using Ledger.Kernel;
using Ledger.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Lane;

/// <summary>A row of <c>proof.head</c>.</summary>
/// <param name="Seq"><c>seq_id</c> of the last event it covers.</param>
public sealed record Head(ulong Size, Hash Root, long Seq, byte[] Mac)
{
    /// <summary>A row of (size, root, seq, mac, …).</summary>
    internal static Head From(NpgsqlDataReader row) =>
        new(
            (ulong)row.GetInt64(0),
            Hash.Read(row.GetFieldValue<byte[]>(1)),
            row.GetInt64(2),
            row.GetFieldValue<byte[]>(3)
        );
}

/// <summary>A command on record: where its event stands and what the command said.</summary>
/// <param name="Hash">On the first event of a command; null on the others.</param>
public sealed record KnownCommand(Guid Stream, long Version, string? Hash, ulong Index);

/// <summary>All that a batch is judged on, as read under the lane's lock.</summary>
sealed record LaneReads(
    Head Head,
    long LastSeq,
    Dictionary<Guid, KnownCommand> Known,
    Dictionary<Guid, (long N, Hash Hash)> Streams,
    Dictionary<GuardKey, string> Guards,
    Dictionary<(string Kind, Hash Mac), Guid> Blind,
    Dictionary<Guid, bool> Subjects
)
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>
    /// Locks the lane and reads, in one round trip. The lock is a statement of its own and comes first: a statement
    /// that both locks and reads would read a snapshot older than its lock.
    /// </summary>
    public static async Task<LaneReads> TakeAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SealedCommand> batch,
        Handles handles,
        CancellationToken stop
    )
    {
        var guards = batch.SelectMany(c => c.Decided.Guards).Select(g => g.Key).Distinct().ToList();
        await using var reads = new NpgsqlBatch(connection) { Timeout = 60 };
        Add(reads, "begin isolation level read committed");
        Add(reads, "select id from proof.lane where id = 0 for update");
        Add(reads, "select size, root, seq, mac from proof.head order by size desc limit 1");
        Add(
            reads,
            $"select case when is_called then last_value else last_value - 1 end from {Schema}.mt_events_sequence"
        );
        Add(
            reads,
            "select event_id, stream_id, n, encode(cmd, 'hex'), idx from proof.leaf where event_id = any($1)",
            Sql.Array(batch.SelectMany(c => c.Events).Select(e => e.Id), NpgsqlDbType.Uuid)
        );
        Add(
            reads,
            """
            select s.id, l.n, l.hash from unnest($1) s(id) cross join lateral
                (select n, hash from proof.leaf where stream_id = s.id order by n desc limit 1) l
            """,
            Sql.Array(batch.SelectMany(c => c.Decided.Expects).Select(e => e.Stream).Distinct(), NpgsqlDbType.Uuid)
        );
        Add(
            reads,
            $"""
            select k.i, g.value from unnest($1, $2) with ordinality as k(kind, key, i)
            join {Schema}.guard g on g.kind = k.kind and g.key = k.key
            """,
            Sql.Array(guards.Select(g => g.Kind), NpgsqlDbType.Text),
            Sql.Array(guards.Select(handles.Of), NpgsqlDbType.Bytea)
        );
        var blind = batch
            .SelectMany(c => c.Subjects)
            .SelectMany(s => s.Blind)
            .Where(b => b.Kind == Vault.PersonalVault.Party);
        Add(
            reads,
            "select kind, mac, subject_id from vault.blind_index where kind = 'party' and mac = any($1)",
            Sql.Array(blind.Select(b => b.Mac), NpgsqlDbType.Bytea)
        );
        Add(
            reads,
            "select subject_id, wrapped is not null from vault.subject_key where subject_id = any($1)",
            Sql.Array(batch.SelectMany(c => c.Named).Distinct(), NpgsqlDbType.Uuid)
        );
        await using var rows = await reads.ExecuteReaderAsync(stop);
        return await ReadAsync(rows, guards, stop);
    }

    static async Task<LaneReads> ReadAsync(NpgsqlDataReader rows, List<GuardKey> keys, CancellationToken stop)
    {
        await rows.ReadAsync(stop);
        await rows.NextResultAsync(stop);
        if (!await rows.ReadAsync(stop))
            throw new InvalidOperationException("The log has no head; it was not created here.");
        var head = Head.From(rows);
        await rows.NextResultAsync(stop);
        await rows.ReadAsync(stop);
        var seq = rows.GetInt64(0);
        var known = new Dictionary<Guid, KnownCommand>();
        await rows.NextAsync(r => known[r.GetGuid(0)] = KnownFrom(r), stop);
        var streams = new Dictionary<Guid, (long, Hash)>();
        await rows.NextAsync(r => streams[r.GetGuid(0)] = (r.GetInt64(1), Hash.Read(r.GetFieldValue<byte[]>(2))), stop);
        var guards = new Dictionary<GuardKey, string>();
        await rows.NextAsync(r => guards[keys[(int)r.GetInt64(0) - 1]] = r.GetString(1), stop);
        var blind = new Dictionary<(string, Hash), Guid>();
        await rows.NextAsync(r => blind[(r.GetString(0), Hash.Read(r.GetFieldValue<byte[]>(1)))] = r.GetGuid(2), stop);
        var subjects = new Dictionary<Guid, bool>();
        await rows.NextAsync(r => subjects[r.GetGuid(0)] = r.GetBoolean(1), stop);
        return new(head, seq, known, streams, guards, blind, subjects);
    }

    /// <summary>A row of (event_id, stream_id, n, cmd as hex, idx).</summary>
    internal static KnownCommand KnownFrom(NpgsqlDataReader rows) =>
        new(rows.GetGuid(1), rows.GetInt64(2), rows.IsDBNull(3) ? null : rows.GetString(3), (ulong)rows.GetInt64(4));

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        batch.BatchCommands.Add(Sql.Command(sql, parameters));
}

/// <summary>Typed array parameters: a bad value fails before anything is written.</summary>
static class Sql
{
    public static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { Value = values as T[] ?? [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>Takes each row of the next result.</summary>
    public static async Task NextAsync(
        this NpgsqlDataReader rows,
        Action<NpgsqlDataReader> take,
        CancellationToken stop
    )
    {
        await rows.NextResultAsync(stop);
        while (await rows.ReadAsync(stop))
            take(rows);
    }

    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
