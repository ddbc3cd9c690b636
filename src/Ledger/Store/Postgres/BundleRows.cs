using Ledger.Proof;
using Ledger.Store.Exporting;
using Ledger.Store.Lane;
using Ledger.Store.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>The rows that a bundle is made of.</summary>
sealed class BundleRows(LedgerDatabase database)
{
    const string Leaves = "select idx, n, event_id, body from proof.leaf";

    NpgsqlDataSource Source => database.Source;

    /// <param name="size">Null: the newest.</param>
    public async Task<PublishedNote?> CheckpointAsync(ulong? size, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            "select size, root, note from proof.checkpoint where size = coalesce($1, size) order by size desc limit 1"
        );
        command.Parameters.Add(
            new() { Value = (object?)(long?)size ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint }
        );
        return (await NotesAsync(command, stop)).FirstOrDefault();
    }

    /// <summary>The newest head map inside a tree of that size, with its leaf; null: there is none.</summary>
    public async Task<(LoggedLeaf Leaf, LoggedMap Map)?> NewestMapAsync(ulong size, CancellationToken stop) =>
        await NewestOfAsync(LoggedMap.StreamIn(database), size, stop) is { } leaf
        && LoggedMap.Of(leaf.Parsed, leaf.Index) is { } map
            ? (leaf, map)
            : null;

    /// <summary>A map that a bundle rests on does not go with those that later ones overtake.</summary>
    public async Task KeepMapAsync(long treeSize, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            "insert into proof.map_issued values ($1) on conflict do nothing"
        );
        command.Parameters.AddWithValue(treeSize);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>For each index the largest published size that does not hold it and the smallest that does; and the
    /// largest up to the mapped size.</summary>
    public async Task<List<PublishedNote>> AroundAsync(IEnumerable<ulong> indices, ulong mapped, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            """
            select distinct on (c.size) c.size, c.root, c.note from (
                select (select max(size) from proof.checkpoint where size <= i.i and size > 0) from unnest($1) i(i)
                union select (select min(size) from proof.checkpoint where size > i.i) from unnest($1) i(i)
                union select max(size) from proof.checkpoint where size <= $2 and size > 0) s(size)
            join proof.checkpoint c using (size) order by c.size
            """
        );
        command.Parameters.Add(Sql.Array(indices.Select(i => (long)i).Distinct(), NpgsqlDbType.Bigint));
        command.Parameters.AddWithValue((long)mapped);
        return await NotesAsync(command, stop);
    }

    /// <summary>The newest leaf of a stream inside a tree of that size.</summary>
    public async Task<LoggedLeaf?> NewestOfAsync(Guid stream, ulong size, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            $"{Leaves} where stream_id = $1 and idx < $2 order by n desc limit 1"
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue((long)size);
        return (await LeavesAsync(command, stop)).FirstOrDefault();
    }

    /// <summary>A stream's leaves 1..n.</summary>
    public async Task<List<LoggedLeaf>> ChainAsync(Guid stream, long n, CancellationToken stop)
    {
        await using var command = Source.CreateCommand($"{Leaves} where stream_id = $1 and n <= $2 order by n");
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(n);
        return await LeavesAsync(command, stop);
    }

    /// <summary>The leaves of these events inside a tree of that size, in the log's order.</summary>
    public async Task<List<LoggedLeaf>> OfEventsAsync(Guid[] events, ulong size, CancellationToken stop)
    {
        if (events.Length == 0)
            return [];
        await using var command = Source.CreateCommand($"{Leaves} where event_id = any($1) and idx < $2 order by idx");
        command.Parameters.Add(Sql.Array(events, NpgsqlDbType.Uuid));
        command.Parameters.AddWithValue((long)size);
        return await LeavesAsync(command, stop);
    }

    /// <summary>How many leaves of a stream a tree of that size has.</summary>
    public async Task<long> CountBeforeAsync(Guid stream, ulong size, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            "select count(*) from proof.leaf where stream_id = $1 and idx < $2"
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue((long)size);
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    static async Task<List<PublishedNote>> NotesAsync(NpgsqlCommand command, CancellationToken stop)
    {
        var found = new List<PublishedNote>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found.Add(new((ulong)rows.GetInt64(0), Hash.Read(rows.GetFieldValue<byte[]>(1)), rows.GetString(2)));
        return found;
    }

    static async Task<List<LoggedLeaf>> LeavesAsync(NpgsqlCommand command, CancellationToken stop)
    {
        var found = new List<LoggedLeaf>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var body = rows.GetFieldValue<byte[]>(3);
            if (!Leaf.TryRead(body, out var leaf, out var fault))
                throw new BrokenLogException($"Leaf {rows.GetInt64(0)} is not one: {fault.Flaw} {fault.Where}.");
            found.Add(
                new(
                    (ulong)rows.GetInt64(0),
                    rows.GetInt64(1),
                    rows.GetGuid(2),
                    leaf,
                    System.Text.Encoding.ASCII.GetString(body)
                )
            );
        }
        return found;
    }
}
