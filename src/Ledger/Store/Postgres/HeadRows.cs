using Ledger.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Reads heads: one for each append, the newest is the log's.</summary>
public sealed class HeadRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    internal const string Newest = "select size, root, seq, mac from proof.head order by size desc limit 1";

    /// <summary>A row of (size, root, seq, mac, …).</summary>
    internal static Head HeadFrom(NpgsqlDataReader row) =>
        new(
            (ulong)row.GetInt64(0),
            Hash.Read(row.GetFieldValue<byte[]>(1)),
            row.GetInt64(2),
            row.GetFieldValue<byte[]>(3)
        );

    /// <summary>The newest committed head.</summary>
    /// <param name="published">The largest published size.</param>
    /// <returns>The head, and since when a head beyond the published size waits.</returns>
    internal static async Task<(Head Head, DateTimeOffset? Waiting)> NewestAsync(
        NpgsqlConnection connection,
        ulong published,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select size, root, seq, mac, (select at from proof.head where size > $1 order by size limit 1)
            from proof.head order by size desc limit 1
            """,
            connection
        );
        command.Parameters.AddWithValue((long)published);
        await using var rows = await command.ExecuteReaderAsync(stop);
        if (!await rows.ReadAsync(stop))
            throw new Lane.BrokenLogException("The log has no head.");
        return (HeadFrom(rows), rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4));
    }

    /// <summary>The head of a size; null where no append ended at it.</summary>
    internal static async Task<Head?> OfAsync(NpgsqlConnection connection, ulong size, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "select size, root, seq, mac from proof.head where size = $1",
            connection
        );
        command.Parameters.AddWithValue((long)size);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? HeadFrom(rows) : null;
    }

    /// <summary>Place in the store of the last event that the newest head covers.</summary>
    internal static async Task<long> SequenceAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "select seq from proof.head order by size desc limit 1",
            connection
        );
        return await command.ExecuteScalarAsync(stop) as long? ?? 0;
    }

    /// <summary>The smallest head that covers a leaf.</summary>
    internal async Task<Head> CoveringAsync(ulong index, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root, seq, mac from proof.head where size > $1 order by size limit 1"
        );
        command.Parameters.AddWithValue((long)index);
        await using var rows = await command.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        return HeadFrom(rows);
    }

    /// <summary>The roots of these sizes, and of the newest head's.</summary>
    internal async Task<Dictionary<ulong, Hash>> RootsAsync(IEnumerable<ulong> sizes, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root from proof.head where size = any($1) or size = (select max(size) from proof.head)"
        );
        command.Parameters.Add(Sql.Array(sizes.Select(s => (long)s), NpgsqlDbType.Bigint));
        var roots = new Dictionary<ulong, Hash>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            roots[(ulong)rows.GetInt64(0)] = Hash.Read(rows.GetFieldValue<byte[]>(1));
        return roots;
    }

    /// <summary>Leaves of the newest head all of whose events stand up to a place in the store.</summary>
    public async Task<long> SizeUpToAsync(long sequence, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size from proof.head where seq <= $1 order by size desc limit 1"
        );
        command.Parameters.AddWithValue(sequence);
        return await command.ExecuteScalarAsync(stop) as long? ?? 0;
    }
}
