using Ledger.Store.Lane;
using Npgsql;

namespace Ledger.Store.Publishing;

/// <summary>Reads heads to be signed, and believes none that does not fit (proof.md §4).</summary>
sealed class HeadReader(LedgerNode node)
{
    /// <summary>The newest committed head.</summary>
    /// <param name="published">The largest published size.</param>
    /// <returns>The head, and since when a head beyond the published size waits.</returns>
    public static async Task<(Head Head, DateTimeOffset? Waiting)> NewestAsync(
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
            throw new BrokenLogException("The log has no head.");
        return (Head.From(rows), rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4));
    }

    /// <summary>The head of a size at which a batch ended.</summary>
    public static async Task<Head> OfAsync(NpgsqlConnection connection, ulong size, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "select size, root, seq, mac from proof.head where size = $1",
            connection
        );
        command.Parameters.AddWithValue((long)size);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? Head.From(rows)
            : throw new BrokenLogException($"The house witness has seen size {size}, at which no batch ended.");
    }

    /// <summary>The root is computed from leaves and tiles, not taken from the row.</summary>
    /// <exception cref="BrokenLogException">Mark or root do not fit.</exception>
    public async Task CheckAsync(Head head, CancellationToken stop)
    {
        if (!node.Database.Log.Fits(head))
            throw new BrokenLogException($"The head of size {head.Size} does not carry the log's mark.");
        if (await node.Tree.RootAsync(head.Size, stop) != head.Root)
            throw new BrokenLogException($"The leaves of size {head.Size} do not have the root of their head.");
    }
}
