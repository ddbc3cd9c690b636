using Ledger.Kernel;
using Ledger.Proof;
using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>Reads the log's entries: each leaf with its event.</summary>
sealed class EntryRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    /// <summary>Entries from an index on, in their order.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(ulong from, int most, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            select {EventReader.Columns}, l.idx, l.cmd, l.body, l.hash from proof.leaf l
            join {LedgerDatabase.Schema}.mt_events e on e.stream_id = l.stream_id and e.version = l.n
            where l.idx >= $1 and l.idx < $2 order by l.idx
            """
        );
        command.Parameters.AddWithValue((long)from);
        command.Parameters.AddWithValue((long)from + most);
        return await command.ListAsync(Read, stop);
    }

    static LogEntry Read(NpgsqlDataReader row)
    {
        var index = row.GetInt64(8);
        return new(
            (ulong)index,
            EventReader.Read(row) with
            {
                LeafIndex = index,
            },
            row.IsDBNull(9) ? null : CommandHash.Read(row.GetFieldValue<byte[]>(9)),
            row.GetFieldValue<byte[]>(10),
            Hash.Read(row.GetFieldValue<byte[]>(11))
        );
    }
}
