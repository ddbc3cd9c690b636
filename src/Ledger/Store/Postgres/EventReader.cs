using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Lane;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Reads events as they were written, set-based: one query for many streams.</summary>
public sealed class EventReader(LedgerDatabase database)
{
    internal const string Columns =
        "e.id, e.stream_id, e.version, e.timestamp, e.type, e.data::text, e.headers::text, e.seq_id";
    const string Leaves = ", l.idx, l.hash",
        LeafOfEach = "left join lateral (select idx, hash from proof.leaf where event_id = e.id limit 1) l on true";

    /// <summary>The events of one stream, in its order, with their places in the log.</summary>
    public async Task<List<StoredEvent>> StreamAsync(Guid stream, CancellationToken stop) =>
        (await StreamsAsync([stream], new StreamHeads(), stop)).GetValueOrDefault(stream) ?? [];

    /// <summary>A stream folded.</summary>
    public async Task<T> FoldAsync<T>(Guid stream, Func<IEnumerable<StoredEvent>, T> fold, CancellationToken stop) =>
        fold(await StreamAsync(stream, stop));

    /// <summary>The events of many streams, each in its order; streams without events are absent.</summary>
    /// <param name="tips">Learns the newest leaf of each stream; the events know their leaf index.</param>
    public Task<Dictionary<Guid, List<StoredEvent>>> StreamsAsync(
        IReadOnlyCollection<Guid> streams,
        StreamHeads tips,
        CancellationToken stop
    ) => ReadAsync(streams, long.MaxValue, tips, stop);

    /// <summary>The same without the log, and only what stood in the store at a sequence: what views are made
    /// of.</summary>
    public Task<Dictionary<Guid, List<StoredEvent>>> StreamsAsync(
        IReadOnlyCollection<Guid> streams,
        long upTo,
        CancellationToken stop
    ) => ReadAsync(streams, upTo, null, stop);

    async Task<Dictionary<Guid, List<StoredEvent>>> ReadAsync(
        IReadOnlyCollection<Guid> streams,
        long upTo,
        StreamHeads? tips,
        CancellationToken stop
    )
    {
        var found = new Dictionary<Guid, List<StoredEvent>>(streams.Count);
        var one = streams.Count == 1;
        // Plans are kept, those of a ledger that was empty too: written so that each of them goes by the index. A leaf
        // for each event, and not a join of all; one stream, and not a list that is taken to be ten.
        await using var command = database.Source.CreateCommand(
            $"""
            select {Columns}{(tips is null ? "" : Leaves)} from {LedgerDatabase.Schema}.mt_events e
            {(tips is null ? "" : LeafOfEach)}
            where e.stream_id = {(one ? "$1" : "any($1)")} and e.seq_id <= $2 order by e.stream_id, e.version
            """
        );
        command.Parameters.Add(one ? new() { Value = streams.First() } : Sql.Array(streams, NpgsqlDbType.Uuid));
        command.Parameters.Add(new() { Value = upTo, NpgsqlDbType = NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var e = Read(rows);
            if (tips is not null && !rows.IsDBNull(8))
            {
                e = e with { LeafIndex = rows.GetInt64(8) };
                tips[e.StreamId] = (e.Version, Hash.Read(rows.GetFieldValue<byte[]>(9)));
            }
            if (!found.TryGetValue(e.StreamId, out var list))
                found[e.StreamId] = list = [];
            list.Add(e);
        }
        return found;
    }

    /// <summary>Events by their ids, in the order of the log; those that are not there are absent. The log knows an
    /// event by its id, the store by its place in its stream.</summary>
    public async Task<List<StoredEvent>> EventsAsync(IReadOnlyCollection<Guid> ids, CancellationToken stop)
    {
        if (ids.Count == 0)
            return [];
        await using var command = database.Source.CreateCommand(
            $"""
            select {Columns} from proof.leaf l
            join {LedgerDatabase.Schema}.mt_events e on e.stream_id = l.stream_id and e.version = l.n
            where l.event_id = any($1) order by l.idx
            """
        );
        command.Parameters.Add(Sql.Array(ids, NpgsqlDbType.Uuid));
        return await command.ListAsync(Read, stop);
    }

    /// <summary>The newest leaf of a stream, where its events are not asked.</summary>
    public async Task TipAsync(Guid stream, StreamHeads tips, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            "select n, hash from proof.leaf where stream_id = $1 order by n desc limit 1"
        );
        command.Parameters.AddWithValue(stream);
        await using var rows = await command.ExecuteReaderAsync(stop);
        if (await rows.ReadAsync(stop))
            tips[stream] = (rows.GetInt64(0), Hash.Read(rows.GetFieldValue<byte[]>(1)));
    }

    /// <summary>The newest events of one kind in a stream, newest first.</summary>
    public async Task<List<StoredEvent>> NewestAsync<T>(Guid stream, int most, CancellationToken stop)
        where T : LedgerEvent
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select {Columns} from {LedgerDatabase.Schema}.mt_events e
            where e.stream_id = $1 and e.type = $2 order by e.version desc limit $3
            """
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(EventCatalog.OfType(typeof(T))!.WireName);
        command.Parameters.AddWithValue(most);
        return await command.ListAsync(Read, stop);
    }

    /// <summary>Everything of one kind, each folded from its stream.</summary>
    public async Task<List<T>> AllAsync<T>(
        StreamKind kind,
        Func<IEnumerable<StoredEvent>, T?> fold,
        CancellationToken stop
    )
        where T : class
    {
        var all = new List<T>();
        await foreach (var page in PagesAsync(kind, 500, stop))
            all.AddRange((await StreamsAsync(page, long.MaxValue, stop)).Values.Select(fold).OfType<T>());
        return all;
    }

    /// <summary>Streams of one kind, a page at a time by id, for rebuilding.</summary>
    public async IAsyncEnumerable<Guid[]> PagesAsync(
        StreamKind kind,
        int size,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        for (var last = Guid.Empty; await PageAsync(kind, last, size, stop) is { Length: > 0 } page; last = page[^1])
            yield return page;
    }

    /// <summary>Streams of one kind behind another, by id.</summary>
    public Task<Guid[]> PageAsync(StreamKind kind, Guid after, int size, CancellationToken stop) =>
        StreamIdsAsync(kind, "id > $1 order by id", after, size, stop);

    /// <summary>Streams of one kind, newest first, behind another; behind an empty id: from the newest.</summary>
    public Task<Guid[]> NewestFirstAsync(StreamKind kind, Guid after, int size, CancellationToken stop) =>
        StreamIdsAsync(
            kind,
            (
                after == Guid.Empty
                    ? "$1 = $1"
                    : $"(created, id) < (select created, id from {LedgerDatabase.Schema}.mt_streams where id = $1)"
            ) + " order by created desc, id desc",
            after,
            size,
            stop
        );

    /// <summary>The kind stands in the text, not in a parameter, so that every plan may use the index of what is no
    /// item.</summary>
    async Task<Guid[]> StreamIdsAsync(StreamKind kind, string which, Guid after, int size, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select id from {LedgerDatabase.Schema}.mt_streams
            where type = '{kind.Name}' and {which} limit $2
            """
        );
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(size);
        return [.. await command.ListAsync(row => row.GetGuid(0), stop)];
    }

    /// <summary>Streams of one kind that were begun in an interval.</summary>
    /// <param name="to">The first instant that lies behind it.</param>
    public async Task<Guid[]> BegunAsync(
        StreamKind kind,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select coalesce(array_agg(id), array[]::uuid[]) from {LedgerDatabase.Schema}.mt_streams
            where type = '{kind.Name}' and created >= $1 and created < $2
            """
        );
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        return (Guid[])(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>The newest events of several streams together, newest first.</summary>
    /// <param name="before">Only what stands before this place in the store.</param>
    public async Task<List<StoredEvent>> NewestAsync(Guid[] streams, long before, int most, CancellationToken stop)
    {
        // Of each stream no more than is asked of all: what lies deeper is not read.
        await using var command = database.Source.CreateCommand(
            $"""
            select {Columns} from unnest($1) s(id) cross join lateral (
                select * from {LedgerDatabase.Schema}.mt_events m where m.stream_id = s.id and m.seq_id < $2
                order by m.version desc limit $3) e
            order by e.seq_id desc limit $3
            """
        );
        command.Parameters.Add(new() { Value = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(before);
        command.Parameters.AddWithValue(most);
        return await command.ListAsync(Read, stop);
    }

    /// <summary>Those of these streams that are of one of some kinds.</summary>
    public async Task<StreamOfKind[]> OfKindsAsync(
        IEnumerable<StreamKind> kinds,
        IReadOnlyCollection<Guid> streams,
        CancellationToken stop
    )
    {
        await using var command = database.Source.CreateCommand(
            $"select id, type from {LedgerDatabase.Schema}.mt_streams where id = any($1) and type = any($2)"
        );
        command.Parameters.Add(Sql.Array(streams, NpgsqlDbType.Uuid));
        command.Parameters.AddWithValue(kinds.Select(k => k.Name).ToArray());
        return
        [
            .. await command.ListAsync(
                row => new StreamOfKind(row.GetGuid(0), Modules.StreamKinds[row.GetString(1)]),
                stop
            ),
        ];
    }

    /// <summary>Streams of some kinds, a page at a time, kind by kind and by id.</summary>
    public async IAsyncEnumerable<StreamOfKind[]> PagesAsync(
        IReadOnlyList<StreamKind> kinds,
        int size,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        foreach (var kind in kinds)
        await foreach (var page in PagesAsync(kind, size, stop))
            yield return [.. page.Select(id => new StreamOfKind(id, kind))];
    }

    /// <summary>A row that begins with <see cref="Columns"/>.</summary>
    internal static StoredEvent Read(NpgsqlDataReader row)
    {
        var type = row.GetString(4);
        var line =
            EventCatalog.OfWireName(type)
            ?? throw new InvalidOperationException(
                $"Event {row.GetGuid(0)} is of the unknown kind {type}; it was written by a later version."
            );
        var data = (LedgerEvent)JsonSerializer.Deserialize(row.GetString(5), line.Type, WireJson.Options)!;
        return new(
            row.GetGuid(0),
            row.GetGuid(1),
            row.GetInt64(2),
            Instants.Cut(row.GetFieldValue<DateTimeOffset>(3)),
            data,
            Header.Read(row.GetString(6)).Env
        )
        {
            Type = type,
            Sequence = row.GetInt64(7),
        };
    }
}
