using Ledger.Proof;
using Ledger.Store.Lane;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Reads the stored tree: full tiles as they were written, the hashes of partial ones out of the leaves and
/// tile roots behind the last full one (proof.md §4).</summary>
public sealed class TileRows : IStoredTree
{
    readonly NpgsqlDataSource source;

    public TileRows(LedgerDatabase database)
        : this(database.Source) { }

    internal TileRows(NpgsqlDataSource source) => this.source = source;

    /// <inheritdoc/>
    public async Task<ulong> SizeAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand("select coalesce(max(size), 0) from proof.head");
        return (ulong)(long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FilledTile>> FullAsync(IReadOnlyCollection<TileId> ids, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select t.level, t.n, t.hashes from unnest($1, $2) w(level, n) join proof.tile t using (level, n)"
        );
        command.Parameters.Add(Sql.Array(ids.Select(i => (short)i.Level), NpgsqlDbType.Smallint));
        command.Parameters.Add(Sql.Array(ids.Select(i => (long)i.Number), NpgsqlDbType.Bigint));
        return await command.ListAsync(
            row => new FilledTile(new(row.GetInt16(0), (ulong)row.GetInt64(1)), Tile.Of(row.GetFieldValue<byte[]>(2))),
            stop
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Hash>> HashesAsync(TileId id, int width, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            id.Level == 0
                ? "select hash from proof.leaf where idx >= $1 and idx < $2 order by idx"
                : $"select root from proof.tile where level = {id.Level - 1} and n >= $1 and n < $2 order by n"
        );
        var first = (long)(id.Number << Tile.Height);
        command.Parameters.AddWithValue(first);
        command.Parameters.AddWithValue(first + width);
        return await command.ListAsync(row => Hash.Read(row.GetFieldValue<byte[]>(0)), stop);
    }
}
