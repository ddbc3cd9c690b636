using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Vault;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>
/// Writes a batch in one round trip and commits it: Marten's rows, leaves, full tiles, reservations, vault, head. Each
/// table gets one statement over arrays; no row is rewritten but a reservation (operations.md §3). The versions of
/// streams that were there before follow in <see cref="StreamRows"/>.
/// </summary>
static class BatchWrites
{
    const string Schema = LedgerDatabase.Schema;

    /// <param name="firstSeq"><c>seq_id</c> of its first event: drawn under the lock, so order is commit order.</param>
    public static async Task CommitAsync(
        NpgsqlConnection connection,
        LogBatch batch,
        long firstSeq,
        LogIdentity log,
        Handles handles
    )
    {
        var seq = firstSeq + batch.Entries.Count - 1;
        // No time-out and no token: a cancelled COMMIT says nothing about its outcome (operations.md §2).
        await using var writes = new NpgsqlBatch(connection) { Timeout = 0 };
        void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
            writes.BatchCommands.Add(Sql.Command(sql, parameters));
        AddStreams(Add, batch);
        AddEvents(Add, batch, firstSeq, seq);
        AddLeaves(Add, batch);
        if (batch.Tiles.Count > 0)
            Add(
                "insert into proof.tile (level, n, hashes, root) select * from unnest($1, $2, $3, $4)",
                Sql.Array(batch.Tiles.Select(t => (short)t.Id.Level), NpgsqlDbType.Smallint),
                Sql.Array(batch.Tiles.Select(t => (long)t.Id.Number), NpgsqlDbType.Bigint),
                Sql.Array(batch.Tiles.Select(t => t.Tile.Bytes(Tile.Width)), NpgsqlDbType.Bytea),
                Sql.Array(batch.Tiles.Select(t => t.Tile.Root.ToArray()), NpgsqlDbType.Bytea)
            );
        AddReservations(Add, batch, handles);
        AddSubjects(Add, batch.Subjects, batch.At);
        AddDisclosures(Add, batch);
        Add(
            "insert into proof.head (size, prev, root, seq, mac, at) values ($1, $2, $3, $4, $5, $6)",
            Value((long)batch.Size),
            Value((long)batch.Expected.Size),
            Value(batch.Root.ToArray()),
            Value(seq),
            Value(log.Mac(batch.Size, batch.Root, seq)),
            Value(batch.At)
        );
        Add("commit");
        await writes.ExecuteNonQueryAsync(CancellationToken.None);
    }

    internal delegate void Adder(string sql, params ReadOnlySpan<NpgsqlParameter> parameters);

    /// <summary>New ones only.</summary>
    static void AddStreams(Adder add, LogBatch batch)
    {
        var fresh = batch.Streams;
        if (fresh.Count > 0)
            add(
                $"""
                insert into {Schema}.mt_streams (id, type, version, timestamp, created, tenant_id)
                select id, type, version, $4, $4, '*DEFAULT*' from unnest($1, $2, $3) s(id, type, version)
                """,
                Sql.Array(fresh.Select(s => s.Id), NpgsqlDbType.Uuid),
                Sql.Array(fresh.Select(s => s.Kind.Name), NpgsqlDbType.Text),
                Sql.Array(fresh.Select(s => s.Version), NpgsqlDbType.Bigint),
                Value(batch.At)
            );
    }

    static void AddEvents(Adder add, LogBatch batch, long firstSeq, long lastSeq)
    {
        var events = batch.Entries;
        add(
            $"""
            insert into {Schema}.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, timestamp,
                mt_dotnet_type, is_archived, correlation_id, headers)
            select $1 + o - 1, id, stream_id, version, data, type, '*DEFAULT*', $2, dotnet_type, false,
                correlation, headers
            from unnest($3, $4, $5, $6, $7, $8, $9, $10) with ordinality
                e(id, stream_id, version, data, type, dotnet_type, correlation, headers, o)
            """,
            Value(firstSeq),
            Value(batch.At),
            Sql.Array(events.Select(e => e.Event.Id), NpgsqlDbType.Uuid),
            Sql.Array(events.Select(e => e.Event.Append.Stream), NpgsqlDbType.Uuid),
            Sql.Array(events.Select(e => e.Event.N), NpgsqlDbType.Bigint),
            Sql.Array(events.Select(e => e.Event.Data), NpgsqlDbType.Jsonb),
            Sql.Array(events.Select(e => EventCatalog.Of(e.Event.Append.Event).WireName), NpgsqlDbType.Text),
            Sql.Array(events.Select(e => EventCatalog.Of(e.Event.Append.Event).StoredType), NpgsqlDbType.Text),
            Sql.Array(events.Select(e => e.Event.Append.Envelope.Correlation), NpgsqlDbType.Text),
            Sql.Array(events.Select(e => e.Event.Headers), NpgsqlDbType.Jsonb)
        );
        add($"select setval('{Schema}.mt_events_sequence', $1)", Value(lastSeq));
    }

    static void AddLeaves(Adder add, LogBatch batch)
    {
        var events = batch.Entries;
        add(
            """
            insert into proof.leaf (idx, event_id, stream_id, n, cmd, body, hash)
            select $1 + o - 1, event_id, stream_id, n, cmd, body, hash
            from unnest($2, $3, $4, $5, $6, $7) with ordinality l(event_id, stream_id, n, cmd, body, hash, o)
            """,
            Value((long)batch.Expected.Size),
            Sql.Array(events.Select(e => e.Event.Id), NpgsqlDbType.Uuid),
            Sql.Array(events.Select(e => e.Event.Append.Stream), NpgsqlDbType.Uuid),
            Sql.Array(events.Select(e => e.Event.N), NpgsqlDbType.Bigint),
            Sql.Array(events.Select(e => e.Command?.ToArray()), NpgsqlDbType.Bytea),
            Sql.Array(events.Select(e => e.Event.Leaf), NpgsqlDbType.Bytea),
            Sql.Array(events.Select(e => e.Event.LeafHash.ToArray()), NpgsqlDbType.Bytea)
        );
    }

    static void AddReservations(Adder add, LogBatch batch, Handles handles)
    {
        var taken = batch.Reservations.Where(g => g.Value is not null).ToList();
        var freed = batch.Reservations.Where(g => g.Value is null).Select(g => g.Key).ToList();
        if (taken.Count > 0)
            add(
                $"""
                insert into {Schema}.guard (kind, key, value) select * from unnest($1, $2, $3)
                on conflict (kind, key) do update set value = excluded.value
                """,
                Sql.Array(taken.Select(g => g.Key.Kind), NpgsqlDbType.Text),
                Sql.Array(taken.Select(g => handles.Of(g.Key)), NpgsqlDbType.Bytea),
                Sql.Array(taken.Select(g => g.Value!), NpgsqlDbType.Text)
            );
        if (freed.Count > 0)
            add(
                $"delete from {Schema}.guard g using unnest($1, $2) k(kind, key) where g.kind = k.kind and g.key = k.key",
                Sql.Array(freed.Select(k => k.Kind), NpgsqlDbType.Text),
                Sql.Array(freed.Select(handles.Of), NpgsqlDbType.Bytea)
            );
    }

    /// <summary>Keys, labels and blind index rows of subjects that are new.</summary>
    internal static void AddSubjects(Adder add, IReadOnlyCollection<SubjectRow> subjects, DateTimeOffset at)
    {
        if (subjects.Count > 0)
        {
            add(
                """
                insert into vault.subject_key (subject_id, purpose, wrapped, label, kek_generation, created)
                select id, purpose, wrapped, label, generation, $6
                from unnest($1, $2, $3, $4, $5) s(id, purpose, wrapped, label, generation)
                """,
                Sql.Array(subjects.Select(s => s.Subject), NpgsqlDbType.Uuid),
                Sql.Array(subjects.Select(s => s.Purpose), NpgsqlDbType.Text),
                Sql.Array(subjects.Select(s => s.Wrapped), NpgsqlDbType.Bytea),
                Sql.Array(subjects.Select(s => s.Label), NpgsqlDbType.Bytea),
                Sql.Array(subjects.Select(s => s.Generation), NpgsqlDbType.Integer),
                Value(at)
            );
            var blind = subjects.SelectMany(s => s.Blind.Select(b => (b.Kind, b.Mac, s.Subject))).ToList();
            if (blind.Count > 0)
                add(
                    "insert into vault.blind_index (kind, mac, subject_id) select * from unnest($1, $2, $3)",
                    Sql.Array(blind.Select(b => b.Kind), NpgsqlDbType.Text),
                    Sql.Array(blind.Select(b => b.Mac), NpgsqlDbType.Bytea),
                    Sql.Array(blind.Select(b => b.Subject), NpgsqlDbType.Uuid)
                );
        }
    }

    static void AddDisclosures(Adder add, LogBatch batch)
    {
        var told = batch.Entries.SelectMany(e => e.Event.Disclosures.Select(d => (e.Event.Id, Told: d))).ToList();
        if (told.Count > 0)
            add(
                """
                insert into vault.disclosure (digest, event_id, subject_id, ct) select * from unnest($1, $2, $3, $4)
                """,
                Sql.Array(told.Select(d => d.Told.Digest), NpgsqlDbType.Bytea),
                Sql.Array(told.Select(d => d.Id), NpgsqlDbType.Uuid),
                Sql.Array(told.Select(d => d.Told.Subject), NpgsqlDbType.Uuid),
                Sql.Array(told.Select(d => d.Told.Ciphertext), NpgsqlDbType.Bytea)
            );
    }

    static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
