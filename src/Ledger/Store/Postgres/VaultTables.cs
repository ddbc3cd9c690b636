using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>A subject's key as it is stored.</summary>
/// <param name="Mac">The blind index row it was found by; null: by its id.</param>
/// <param name="Wrapped">Null: it was erased.</param>
/// <param name="Label">Its party's word, encrypted; null: it has none.</param>
readonly record struct SubjectKeyRow(byte[]? Mac, Guid Subject, byte[]? Wrapped, byte[]? Label, int Generation);

/// <summary>A disclosure as it is stored, with the key of its subject.</summary>
/// <param name="Wrapped">Null: its subject was erased or is unknown.</param>
readonly record struct DisclosureKeyRow(
    byte[] Digest,
    Guid EventId,
    byte[] Ciphertext,
    Guid Subject,
    byte[]? Wrapped,
    int Generation
);

/// <summary>Reads the vault's tables; nothing here is opened.</summary>
sealed class VaultTables(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    /// <summary>Rows of a page of an audit.</summary>
    public const int PageSize = 1000;

    /// <summary>Subjects by rows of the blind index of two kinds, and by their ids.</summary>
    public async Task<List<SubjectKeyRow>> SubjectsAsync(
        (string Kind, IEnumerable<byte[]> Macs) one,
        (string Kind, IEnumerable<byte[]> Macs) other,
        Guid[] ids,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            """
            select b.mac, k.subject_id, k.wrapped, k.label, k.kek_generation
            from vault.blind_index b join vault.subject_key k using (subject_id) where b.kind = $1 and b.mac = any($2)
            union all
            select b.mac, k.subject_id, k.wrapped, k.label, k.kek_generation
            from vault.blind_index b join vault.subject_key k using (subject_id) where b.kind = $3 and b.mac = any($4)
            union all
            select null, subject_id, wrapped, label, kek_generation from vault.subject_key where subject_id = any($5)
            """
        );
        foreach (var (kind, macs) in ((string, IEnumerable<byte[]>)[])[one, other])
        {
            command.Parameters.AddWithValue(kind);
            command.Parameters.Add(Sql.Array(macs, NpgsqlDbType.Bytea));
        }
        command.Parameters.Add(Sql.Array(ids, NpgsqlDbType.Uuid));
        return await command.ListAsync(
            row => new SubjectKeyRow(Bytes(row, 0), row.GetGuid(1), Bytes(row, 2), Bytes(row, 3), row.GetInt32(4)),
            stop
        );
    }

    /// <summary>The blind index rows of one kind that each of these subjects has.</summary>
    public async Task<Dictionary<Guid, byte[][]>> MacsAsync(
        string kind,
        IEnumerable<Guid> subjects,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            """
            select subject_id, array_agg(mac) from vault.blind_index where kind = $1 and subject_id = any($2)
            group by subject_id
            """
        );
        command.Parameters.AddWithValue(kind);
        command.Parameters.Add(Sql.Array(subjects, NpgsqlDbType.Uuid));
        var found = new Dictionary<Guid, byte[][]>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[rows.GetGuid(0)] = rows.GetFieldValue<byte[][]>(1);
        return found;
    }

    /// <summary>Subjects with one of two blind index rows.</summary>
    public async Task<List<Guid>> FindAsync(
        (string Kind, byte[] Mac) one,
        (string Kind, byte[] Mac) other,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            "select subject_id from vault.blind_index where (kind, mac) in (($1, $2), ($3, $4))"
        );
        foreach (var (kind, mac) in ((string, byte[])[])[one, other])
        {
            command.Parameters.AddWithValue(kind);
            command.Parameters.AddWithValue(mac);
        }
        return await command.ListAsync(row => row.GetGuid(0), stop);
    }

    /// <summary>Disclosures that can still be opened.</summary>
    /// <param name="where">The column that holds the ids: <c>event_id</c> or <c>subject_id</c>.</param>
    public async Task<List<DisclosureKeyRow>> DisclosuresAsync(
        string where,
        IEnumerable<Guid> ids,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select d.digest, d.event_id, d.ct, k.subject_id, k.wrapped, k.kek_generation
            from vault.disclosure d join vault.subject_key k using (subject_id)
            where d.{where} = any($1) and k.wrapped is not null
            """
        );
        command.Parameters.Add(Sql.Array(ids, NpgsqlDbType.Uuid));
        return await command.ListAsync(DisclosureFrom, stop);
    }

    /// <summary>A page of all disclosures behind a digest, each with the leaf of its event.</summary>
    /// <returns>Leaf null: the event has none.</returns>
    public async Task<
        List<(DisclosureKeyRow Row, (ulong Index, Guid Stream, byte[] Body)? Leaf)>
    > DisclosuresAfterAsync(byte[] digest, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select d.digest, d.event_id, d.ct, d.subject_id, k.wrapped, coalesce(k.kek_generation, 0),
                l.idx, l.stream_id, l.body
            from vault.disclosure d left join vault.subject_key k using (subject_id)
            left join proof.leaf l on l.event_id = d.event_id
            where d.digest > $1 order by d.digest limit {PageSize}
            """
        );
        command.Parameters.AddWithValue(digest);
        return await command.ListAsync<(DisclosureKeyRow, (ulong, Guid, byte[])?)>(
            row =>
                (
                    DisclosureFrom(row),
                    row.IsDBNull(6) ? null : ((ulong)row.GetInt64(6), row.GetGuid(7), row.GetFieldValue<byte[]>(8))
                ),
            stop
        );
    }

    /// <summary>A page of all subjects behind an id, and whether an erased one is still in the blind index.</summary>
    public async Task<List<(SubjectKeyRow Row, bool IsStillFound)>> SubjectsAfterAsync(Guid id, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select null::bytea, k.subject_id, k.wrapped, k.label, k.kek_generation,
                k.wrapped is null and exists (select from vault.blind_index b where b.subject_id = k.subject_id)
            from vault.subject_key k where k.subject_id > $1 order by k.subject_id limit {PageSize}
            """
        );
        command.Parameters.AddWithValue(id);
        return await command.ListAsync(
            row =>
                (
                    new SubjectKeyRow(null, row.GetGuid(1), Bytes(row, 2), Bytes(row, 3), row.GetInt32(4)),
                    row.GetBoolean(5)
                ),
            stop
        );
    }

    static DisclosureKeyRow DisclosureFrom(NpgsqlDataReader row) =>
        new(
            row.GetFieldValue<byte[]>(0),
            row.GetGuid(1),
            row.GetFieldValue<byte[]>(2),
            row.GetGuid(3),
            Bytes(row, 4),
            row.GetInt32(5)
        );

    static byte[]? Bytes(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
