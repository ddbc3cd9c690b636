using Ledger.Kernel;

namespace Ledger.Store.Postgres;

/// <summary>What a page of events touches, of the kinds that were asked for.</summary>
/// <param name="UpTo">Place of its last event.</param>
/// <param name="IsFull">There may be more events after it.</param>
public sealed record MovedStreams(StreamOfKind[] Streams, long UpTo, bool IsFull);

/// <summary>Events in the order of the store, a page at a time.</summary>
public sealed class EventPages(LedgerDatabase database)
{
    /// <summary>A statement that gives the place of the newest event, to stand inside of one about a view: how far the
    /// view is and how far the store is are then told of one moment.</summary>
    public const string Newest = $"select coalesce(max(seq_id), 0) from {LedgerDatabase.Schema}.mt_events";

    /// <summary>A statement that gives how many leaves the log has up to a place in the store, to stand beside one
    /// about a view.</summary>
    /// <param name="upTo">Parameter or statement: a place in the store.</param>
    public static string Leaves(string upTo) =>
        $"""
            select l.idx + 1 from {LedgerDatabase.Schema}.mt_events e
            join proof.leaf l on l.stream_id = e.stream_id and l.n = e.version
            where e.seq_id <= {upTo} order by e.seq_id desc limit 1
            """;

    /// <summary>A statement that gives the streams with events of kinds that are not known, in (stream_id, type, seq,
    /// kind), to stand inside of one that holds them back from the views.</summary>
    /// <param name="after">Parameter: place in the store up to which was looked.</param>
    /// <param name="upTo">Parameter: place to look up to.</param>
    /// <param name="known">Parameter: wire names.</param>
    public static string StreamsOfUnknownKinds(string after, string upTo, string known) =>
        $"""
            select e.stream_id, max(s.type) as type, max(e.seq_id) as seq, max(e.type) as kind
            from {LedgerDatabase.Schema}.mt_events e join {LedgerDatabase.Schema}.mt_streams s on s.id = e.stream_id
            where e.seq_id > {after} and e.seq_id <= {upTo} and e.type <> all({known}) group by 1
            """;

    /// <summary>The streams of some kinds that the next events touch, for views.</summary>
    /// <param name="after">Place in the store up to which all has been seen.</param>
    /// <param name="most">Events of one page, of every kind of stream.</param>
    /// <param name="newest">No event after this one: views that are fed one after another come to the same
    /// place.</param>
    public async Task<MovedStreams> MovedAfterAsync(
        IEnumerable<StreamKind> kinds,
        long after,
        long newest,
        int most,
        CancellationToken stop
    )
    {
        await using var command = database.Source.CreateCommand(
            $"""
            with page as (
                select seq_id, stream_id from {LedgerDatabase.Schema}.mt_events
                where seq_id > $1 and seq_id <= $4 order by seq_id limit $2)
            select p.stream_id, case when s.type = any($3) then s.type end, p.events, p.last
            from (select stream_id, count(*) as events, max(seq_id) as last from page group by 1) p
            join {LedgerDatabase.Schema}.mt_streams s on s.id = p.stream_id
            """
        );
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(most);
        command.Parameters.AddWithValue(kinds.Select(k => k.Name).Distinct().ToArray());
        command.Parameters.AddWithValue(newest);
        var streams = new List<StreamOfKind>();
        var (events, upTo) = (0L, after);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            if (!rows.IsDBNull(1))
                streams.Add(new(rows.GetGuid(0), Modules.StreamKinds[rows.GetString(1)]));
            events += rows.GetInt64(2);
            upTo = Math.Max(upTo, rows.GetInt64(3));
        }
        return new([.. streams], upTo, events == most);
    }
}
