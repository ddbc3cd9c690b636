using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Lane;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Reads under the lane's lock all that a batch is judged on.</summary>
static class BatchReads
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>
    /// Locks the lane and reads, in one round trip. The lock is a statement of its own and comes first: a statement
    /// that both locks and reads would read a snapshot older than its lock.
    /// </summary>
    /// <returns>What stands, and the last number that the sequence of Marten's events gave away.</returns>
    public static async Task<(StateAtHead State, long LastSeq)> TakeAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SealedCommand> batch,
        Handles handles,
        CancellationToken stop
    )
    {
        StateAtHead? state = null;
        var lastSeq = 0L;
        var takes = new List<Action<StateAtHead, NpgsqlDataReader>>();
        await using var reads = new NpgsqlBatch(connection) { Timeout = 60 };
        void Add(
            string sql,
            Action<StateAtHead, NpgsqlDataReader> take,
            params ReadOnlySpan<NpgsqlParameter> parameters
        )
        {
            reads.BatchCommands.Add(Sql.Command(sql, parameters));
            takes.Add(take);
        }
        reads.BatchCommands.Add(Sql.Command("begin isolation level read committed"));
        reads.BatchCommands.Add(Sql.Command(LaneLock.Take));
        reads.BatchCommands.Add(
            Sql.Command(
                $"""
                select h.size, h.root, h.seq, h.mac, case when s.is_called then s.last_value else s.last_value - 1 end
                from ({HeadRows.Newest}) h
                cross join {Schema}.mt_events_sequence s
                """
            )
        );
        AddCommands(Add, batch);
        AddReservations(Add, batch, handles);
        AddSubjects(Add, batch);
        await using var rows = await reads.ExecuteReaderAsync(stop);
        await rows.NextAsync(row => (state, lastSeq) = (new(HeadRows.HeadFrom(row)), row.GetInt64(4)), stop);
        if (state is null)
            throw new InvalidOperationException("The log has no head; it was not created here.");
        foreach (var take in takes)
            await rows.NextAsync(row => take(state, row), stop);
        return (state, lastSeq);
    }

    delegate void Adder(
        string sql,
        Action<StateAtHead, NpgsqlDataReader> take,
        params ReadOnlySpan<NpgsqlParameter> parameters
    );

    /// <summary>Repeats are known by their event ids; streams by what the commands expect of them.</summary>
    static void AddCommands(Adder add, IReadOnlyList<SealedCommand> batch)
    {
        if (batch.Count == 0)
            return;
        add(
            LeafRows.Known,
            (state, row) => state.Known[row.GetGuid(0)] = LeafRows.KnownFrom(row),
            Sql.Array(batch.SelectMany(c => c.Events).Select(e => e.Id), NpgsqlDbType.Uuid)
        );
        add(
            """
            select s.id, l.n, l.hash from unnest($1) s(id) cross join lateral
                (select n, hash from proof.leaf where stream_id = s.id order by n desc limit 1) l
            """,
            (state, row) => state.Streams[row.GetGuid(0)] = (row.GetInt64(1), Hash.Read(row.GetFieldValue<byte[]>(2))),
            Sql.Array(batch.SelectMany(c => c.Decided.Expects).Select(e => e.Stream).Distinct(), NpgsqlDbType.Uuid)
        );
    }

    static void AddReservations(Adder add, IReadOnlyList<SealedCommand> batch, Handles handles)
    {
        var keys = batch.SelectMany(c => c.Decided.Reservations).Select(g => g.Key).Distinct().ToList();
        if (keys.Count > 0)
            add(
                $"""
                select k.i, g.value from unnest($1, $2) with ordinality as k(kind, key, i)
                join {Schema}.guard g on g.kind = k.kind and g.key = k.key
                """,
                (state, row) => state.Reservations[keys[(int)row.GetInt64(0) - 1]] = row.GetString(1),
                Sql.Array(keys.Select(g => g.Kind), NpgsqlDbType.Text),
                Sql.Array(keys.Select(handles.Of), NpgsqlDbType.Bytea)
            );
    }

    static void AddSubjects(Adder add, IReadOnlyList<SealedCommand> batch)
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
                (state, row) => state.Subjects[row.GetGuid(0)] = row.GetBoolean(1),
                Sql.Array(named, NpgsqlDbType.Uuid)
            );
        if (parties.Length > 0)
            add(
                "select kind, mac, subject_id from vault.blind_index where kind = 'party' and mac = any($1)",
                (state, row) =>
                    state.Blind[(row.GetString(0), Hash.Read(row.GetFieldValue<byte[]>(1)))] = row.GetGuid(2),
                Sql.Array(parties, NpgsqlDbType.Bytea)
            );
    }
}
