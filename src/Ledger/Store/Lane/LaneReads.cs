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
public sealed record KnownCommand(Guid Stream, long Version, CommandHash? Hash, ulong Index);

/// <summary>All that a batch is judged on, as read under the lane's lock.</summary>
sealed record LaneReads(
    Dictionary<Guid, KnownCommand> Known,
    Dictionary<Guid, (long N, Hash Hash)> Streams,
    Dictionary<GuardKey, string> Guards,
    Dictionary<(string Kind, Hash Mac), Guid> Blind,
    Dictionary<Guid, bool> Subjects
)
{
    const string Schema = LedgerDatabase.Schema;

    Head? head;

    /// <summary>The newest; a log has one from its creation.</summary>
    public Head Head => head ?? throw new InvalidOperationException("The log has no head; it was not created here.");

    /// <summary>The last number that the sequence of Marten's events gave away.</summary>
    public long LastSeq { get; private set; }

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
        var read = new LaneReads([], [], [], [], []);
        var takes = new List<Action<NpgsqlDataReader>>();
        await using var reads = new NpgsqlBatch(connection) { Timeout = 60 };
        void Add(string sql, Action<NpgsqlDataReader> take, params ReadOnlySpan<NpgsqlParameter> parameters)
        {
            reads.BatchCommands.Add(Sql.Command(sql, parameters));
            takes.Add(take);
        }
        reads.BatchCommands.Add(Sql.Command("begin isolation level read committed", []));
        Add("select id from proof.lane where id = 0 for update", _ => { });
        Add(
            $"""
            select h.size, h.root, h.seq, h.mac, case when s.is_called then s.last_value else s.last_value - 1 end
            from (select size, root, seq, mac from proof.head order by size desc limit 1) h
            cross join {Schema}.mt_events_sequence s
            """,
            row => (read.head, read.LastSeq) = (Head.From(row), row.GetInt64(4))
        );
        read.AddCommands(Add, batch);
        read.AddGuards(Add, batch, handles);
        read.AddSubjects(Add, batch);
        await using var rows = await reads.ExecuteReaderAsync(stop);
        foreach (var take in takes)
        {
            while (await rows.ReadAsync(stop))
                take(rows);
            await rows.NextResultAsync(stop);
        }
        return read;
    }

    delegate void Adder(string sql, Action<NpgsqlDataReader> take, params ReadOnlySpan<NpgsqlParameter> parameters);

    /// <summary>Repeats are known by their event ids; streams by what the commands expect of them.</summary>
    void AddCommands(Adder add, IReadOnlyList<SealedCommand> batch)
    {
        if (batch.Count == 0)
            return;
        add(
            "select event_id, stream_id, n, cmd, idx from proof.leaf where event_id = any($1)",
            row => Known[row.GetGuid(0)] = KnownFrom(row),
            Sql.Array(batch.SelectMany(c => c.Events).Select(e => e.Id), NpgsqlDbType.Uuid)
        );
        add(
            """
            select s.id, l.n, l.hash from unnest($1) s(id) cross join lateral
                (select n, hash from proof.leaf where stream_id = s.id order by n desc limit 1) l
            """,
            row => Streams[row.GetGuid(0)] = (row.GetInt64(1), Hash.Read(row.GetFieldValue<byte[]>(2))),
            Sql.Array(batch.SelectMany(c => c.Decided.Expects).Select(e => e.Stream).Distinct(), NpgsqlDbType.Uuid)
        );
    }

    void AddGuards(Adder add, IReadOnlyList<SealedCommand> batch, Handles handles)
    {
        var keys = batch.SelectMany(c => c.Decided.Guards).Select(g => g.Key).Distinct().ToList();
        if (keys.Count > 0)
            add(
                $"""
                select k.i, g.value from unnest($1, $2) with ordinality as k(kind, key, i)
                join {Schema}.guard g on g.kind = k.kind and g.key = k.key
                """,
                row => Guards[keys[(int)row.GetInt64(0) - 1]] = row.GetString(1),
                Sql.Array(keys.Select(g => g.Kind), NpgsqlDbType.Text),
                Sql.Array(keys.Select(handles.Of), NpgsqlDbType.Bytea)
            );
    }

    void AddSubjects(Adder add, IReadOnlyList<SealedCommand> batch)
    {
        Guid[] named = [.. batch.SelectMany(c => c.Named).Distinct()];
        byte[][] parties =
        [
            .. batch
                .SelectMany(c => c.Subjects)
                .SelectMany(s => s.Blind)
                .Where(b => b.Kind == Vault.PersonalVault.Party)
                .Select(b => b.Mac),
        ];
        if (named.Length > 0)
            add(
                "select subject_id, wrapped is not null from vault.subject_key where subject_id = any($1)",
                row => Subjects[row.GetGuid(0)] = row.GetBoolean(1),
                Sql.Array(named, NpgsqlDbType.Uuid)
            );
        if (parties.Length > 0)
            add(
                "select kind, mac, subject_id from vault.blind_index where kind = 'party' and mac = any($1)",
                row => Blind[(row.GetString(0), Hash.Read(row.GetFieldValue<byte[]>(1)))] = row.GetGuid(2),
                Sql.Array(parties, NpgsqlDbType.Bytea)
            );
    }

    /// <summary>A row of (event_id, stream_id, n, cmd, idx).</summary>
    internal static KnownCommand KnownFrom(NpgsqlDataReader rows) =>
        new(
            rows.GetGuid(1),
            rows.GetInt64(2),
            rows.IsDBNull(3) ? null : CommandHash.Read(rows.GetFieldValue<byte[]>(3)),
            (ulong)rows.GetInt64(4)
        );
}
