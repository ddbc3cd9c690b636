using Ledger.Proof;
using Ledger.Store.Auditing;
using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>
/// Reads the stored rows for an audit: as the auditor, who may read only, and page by page, so that no snapshot is held
/// for long.
/// </summary>
sealed class AuditReads(NpgsqlDataSource source) : IAsyncDisposable
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>Leaves of a page: full tiles only, and at 16 KB each no more than 16 MB.</summary>
    public const int PageSize = 4 * Tile.Width;

    /// <summary>Rows of a page of streams, and of one of events.</summary>
    const int Streams = 2000,
        Events = 4000;

    /// <summary>The stored tree, read as the auditor.</summary>
    public TileRows Tree { get; } = new(source);

    /// <summary>Connects as the auditor; where the login may not take that role, as the service.</summary>
    public static async Task<AuditReads> OpenAsync(LedgerConnections connections, CancellationToken stop)
    {
        var auditor = Connect(connections.Auditor);
        try
        {
            await using var _ = await auditor.OpenConnectionAsync(stop);
            return new(auditor);
        }
        catch (PostgresException error)
            when (error.SqlState
                    is PostgresErrorCodes.InsufficientPrivilege
                        or PostgresErrorCodes.InvalidParameterValue
                        or PostgresErrorCodes.InvalidAuthorizationSpecification
                        or PostgresErrorCodes.InvalidPassword
            )
        {
            await auditor.DisposeAsync();
            return new(Connect(connections.App));
        }
    }

    static NpgsqlDataSource Connect(string connection)
    {
        var builder = LedgerConnections.Builder(connection, "ledger-audit");
        var settings = builder.ConnectionStringBuilder;
        (settings.MaxPoolSize, settings.ApplicationName) = (4, "audit");
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on".Trim();
        return builder.Build();
    }

    /// <summary>The log and the house witness that the lane's row names; null where there is no row.</summary>
    public async Task<(string Origin, string Vkey)?> LaneAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand("select origin, guard from proof.lane where id = 0");
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? (rows.GetString(0), rows.GetString(1)) : null;
    }

    /// <summary>The newest head, and the leaves and tiles that stand outside of it, in one snapshot.</summary>
    public async Task<(StoredHead Head, long Outside, ulong? FirstOutside, long TilesOutside)?> NewestAsync(
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            """
            select h.size, h.prev, h.root, h.seq, h.mac, h.at, o.n, o.first, t.n
            from (select * from proof.head order by size desc limit 1) h
            cross join lateral (select count(*) n, min(idx) first from proof.leaf where idx >= h.size or idx < 0) o
            cross join lateral (select count(*) n from proof.tile where n < 0 or level not between 0 and 6
                or n >= h.size >> (8 * (level + 1))) t
            """
        );
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? (
                HeadFrom(rows),
                rows.GetInt64(6),
                rows.IsDBNull(7) ? null : (ulong)Math.Max(0, rows.GetInt64(7)),
                rows.GetInt64(8)
            )
            : null;
    }

    /// <summary>The newest head up to a size.</summary>
    public async Task<StoredHead?> HeadUpToAsync(ulong size, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, prev, root, seq, mac, at from proof.head where size <= $1 order by size desc limit 1"
        );
        command.Parameters.AddWithValue((long)size);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? HeadFrom(rows) : null;
    }

    /// <summary>Leaves [first, end) with their events, full tiles, heads and checkpoints; rows that no write changes,
    /// so four statements need no common snapshot.</summary>
    public async Task<AuditPage> PageAsync(ulong first, ulong end, CancellationToken stop)
    {
        var page = new AuditPage(first, end, [], [], [], []);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var batch = new NpgsqlBatch(connection);
        void Add(string sql) =>
            batch.BatchCommands.Add(Sql.Command(sql, new() { Value = (long)first }, new() { Value = (long)end }));
        Add(
            $"""
            select l.idx, l.event_id, l.stream_id, l.n, l.body, l.hash, p.idx, p.hash, e.seq_id, e.id, e.type,
                e.mt_dotnet_type, e.data::text, e.headers::text, e.correlation_id, e.is_archived, e.timestamp, s.type
            from proof.leaf l
            left join proof.leaf p on p.stream_id = l.stream_id and p.n = l.n - 1
            left join {Schema}.mt_events e on e.stream_id = l.stream_id and e.version = l.n
            left join {Schema}.mt_streams s on s.id = l.stream_id and l.n = 1
            where l.idx >= $1 and l.idx < $2 order by l.idx
            """
        );
        Add("select n, hashes, root from proof.tile where level = 0 and n >= $1 / 256 and n < $2 / 256");
        Add(
            """
            select size, prev, root, seq, mac, at from proof.head
            where size > $1 and size <= (select min(size) from proof.head where size >= $2)
            """
        );
        Add("select size, root, note from proof.checkpoint where size > $1 and size <= $2");
        await using var rows = await batch.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            page.Leaves.TryAdd((ulong)rows.GetInt64(0), LeafFrom(rows));
        await rows.NextAsync(r => page.Tiles.TryAdd((ulong)r.GetInt64(0), TileFrom(r)), stop);
        await rows.NextAsync(r => page.Heads.TryAdd((ulong)r.GetInt64(0), HeadFrom(r)), stop);
        await rows.NextAsync(r => page.Checkpoints.TryAdd((ulong)r.GetInt64(0), CheckpointFrom(r)), stop);
        return page;
    }

    /// <summary>One full tile, or null where it is not stored.</summary>
    public async Task<StoredTile?> TileAsync(TileId id, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select n, hashes, root from proof.tile where level = $1 and n = $2"
        );
        command.Parameters.AddWithValue((short)id.Level);
        command.Parameters.AddWithValue((long)id.Number);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? TileFrom(rows) : null;
    }

    /// <summary>The leaves of all streams of one type up to an index, in the order of the log.</summary>
    public async IAsyncEnumerable<(ulong Index, byte[] Body)> OfTypeAsync(
        string type,
        ulong before,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop
    )
    {
        const int Rows = 1000;
        var last = -1L;
        while (true)
        {
            await using var command = source.CreateCommand(
                $"""
                select l.idx, l.body from {Schema}.mt_streams s join proof.leaf l on l.stream_id = s.id
                where s.type = $1 and l.idx > $2 and l.idx < $3 order by l.idx limit {Rows}
                """
            );
            command.Parameters.AddWithValue(type);
            command.Parameters.AddWithValue(last);
            command.Parameters.AddWithValue((long)before);
            var page = new List<(ulong, byte[])>();
            await using (var rows = await command.ExecuteReaderAsync(stop))
                while (await rows.ReadAsync(stop))
                    page.Add(((ulong)(last = rows.GetInt64(0)), rows.GetFieldValue<byte[]>(1)));
            foreach (var leaf in page)
                yield return leaf;
            if (page.Count < Rows)
                yield break;
        }
    }

    /// <inheritdoc cref="StreamRows.PlaceAsync"/>
    public Task<long> PlaceOfStreamsAsync(CancellationToken stop) => StreamRows.PlaceAsync(source, stop);

    /// <summary>A page of streams behind one, by id.</summary>
    /// <param name="place">How far the versions in the rows have come.</param>
    public async Task<(List<StoredStream> Streams, bool More)> StreamsAfterAsync(
        Guid id,
        long place,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select s.id, s.version, l.n, l.idx, s.version < l.n and exists (select from {Schema}.mt_events e
                where e.stream_id = s.id and e.version = s.version + 1 and e.seq_id > $2)
            from {Schema}.mt_streams s left join lateral
                (select n, idx from proof.leaf where stream_id = s.id order by n desc limit 1) l on true
            where s.id > $1 order by s.id limit {Streams}
            """
        );
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(place);
        var found = await command.ListAsync(
            row => new StoredStream(
                row.GetGuid(0),
                row.GetInt64(1),
                row.IsDBNull(2) ? 0 : row.GetInt64(2),
                row.IsDBNull(3) ? null : (ulong)row.GetInt64(3),
                !row.IsDBNull(4) && row.GetBoolean(4)
            ),
            stop
        );
        return (found, found.Count == Streams);
    }

    /// <summary>A page of events behind a place in the store, those without a leaf marked.</summary>
    public async Task<(List<LeafOfEvent> Events, bool More)> EventsAfterAsync(long place, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select e.seq_id, e.id, e.stream_id, e.version, l.event_id is null
            from {Schema}.mt_events e
            left join proof.leaf l on l.event_id = e.id
            where e.seq_id > $1 order by e.seq_id limit {Events}
            """
        );
        command.Parameters.AddWithValue(place);
        var found = await command.ListAsync(
            row => new LeafOfEvent(
                row.GetInt64(0),
                row.GetGuid(1),
                row.GetGuid(2),
                row.GetInt64(3),
                !row.GetBoolean(4)
            ),
            stop
        );
        return (found, found.Count == Events);
    }

    static StoredLeaf LeafFrom(NpgsqlDataReader row) =>
        new(
            (ulong)row.GetInt64(0),
            row.GetGuid(1),
            row.GetGuid(2),
            row.GetInt64(3),
            row.GetFieldValue<byte[]>(4),
            HashFrom(row, 5),
            row.IsDBNull(6) ? null : ((ulong)row.GetInt64(6), HashFrom(row, 7)),
            row.IsDBNull(8)
                ? null
                : new(
                    row.GetInt64(8),
                    row.GetGuid(9),
                    row.GetString(10),
                    TextFrom(row, 11),
                    row.GetString(12),
                    TextFrom(row, 13),
                    TextFrom(row, 14),
                    row.GetBoolean(15),
                    row.GetFieldValue<DateTimeOffset>(16)
                ),
            TextFrom(row, 17)
        );

    static StoredHead HeadFrom(NpgsqlDataReader row) =>
        new(
            (ulong)row.GetInt64(0),
            row.IsDBNull(1) ? null : (ulong)row.GetInt64(1),
            HashFrom(row, 2),
            row.GetInt64(3),
            row.GetFieldValue<byte[]>(4),
            row.GetFieldValue<DateTimeOffset>(5)
        );

    static StoredTile TileFrom(NpgsqlDataReader row)
    {
        var hashes = row.GetFieldValue<byte[]>(1);
        Array.Resize(ref hashes, Tile.Width * Hash.Size);
        return new(hashes, HashFrom(row, 2));
    }

    static StoredCheckpoint CheckpointFrom(NpgsqlDataReader row) =>
        new((ulong)row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetString(2));

    static string? TextFrom(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Who may drop a constraint may store another length: such a value fits nothing.</summary>
    static Hash HashFrom(NpgsqlDataReader row, int column) =>
        row.GetFieldValue<byte[]>(column) is { Length: Hash.Size } bytes ? Hash.Read(bytes) : default;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
