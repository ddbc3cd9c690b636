using Ledger.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Reads the rows of head maps: a memory of what was logged, believed by nobody who has not checked
/// them.</summary>
sealed class MapRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    /// <summary>Root of each bucket as a map of that size has it, whatever its length.</summary>
    public async Task<List<(int Bucket, byte[] Root)>> BucketRootsAsync(long treeSize, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select distinct on (bucket) bucket, root from proof.map_bucket where t <= $1 order by bucket, t desc"
        );
        command.Parameters.AddWithValue(treeSize);
        return await command.ListAsync(row => (row.GetInt32(0), row.GetFieldValue<byte[]>(1)), stop);
    }

    /// <summary>Entries of stretches of keys as a map of that size has them.</summary>
    /// <param name="low">First key of each stretch.</param>
    /// <param name="high">Last key of each stretch.</param>
    public async Task<List<HeadMapEntry>> EntriesAsync(
        IEnumerable<byte[]> low,
        IEnumerable<byte[]> high,
        long treeSize,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            """
            select m.key, m.n, m.leaf_hash, m.idx from unnest($1, $2) b(low, high) cross join lateral
                (select distinct on (key) key, n, leaf_hash, idx from proof.map
                 where key >= b.low and key <= b.high and t <= $3 order by key, t desc) m
            """
        );
        command.Parameters.Add(Sql.Array(low, NpgsqlDbType.Bytea));
        command.Parameters.Add(Sql.Array(high, NpgsqlDbType.Bytea));
        command.Parameters.AddWithValue(treeSize);
        var found = new List<HeadMapEntry>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            if (EntryFrom(rows) is { } entry)
                found.Add(entry);
        return found;
    }

    /// <summary>Who may drop a constraint may store another length: such a row is none.</summary>
    static HeadMapEntry? EntryFrom(NpgsqlDataReader row) =>
        row.GetFieldValue<byte[]>(0) is { Length: Hash.Size } key
        && row.GetFieldValue<byte[]>(2) is { Length: Hash.Size } leaf
            ? new(Hash.Read(key), unchecked((ulong)row.GetInt64(1)), Hash.Read(leaf), unchecked((ulong)row.GetInt64(3)))
            : null;
}

/// <summary>A node's turn to build a head map: one at a time, and with its session ends the right to write.</summary>
sealed class MapTurn : IAsyncDisposable
{
    readonly NpgsqlConnection connection;

    MapTurn(NpgsqlConnection connection) => this.connection = connection;

    /// <returns>Null where another node is at it.</returns>
    public static async Task<MapTurn?> TakeAsync(LedgerDatabase database, CancellationToken stop)
    {
        var connection = await database.Turns.OpenConnectionAsync(stop);
        try
        {
            await using var take = new NpgsqlCommand("select pg_try_advisory_lock(hashtext('head-map'))", connection);
            if (await take.ExecuteScalarAsync(stop) is true)
                return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>The newest committed head.</summary>
    public async Task<Head> HeadAsync(CancellationToken stop) => (await HeadRows.NewestAsync(connection, 0, stop)).Head;

    /// <summary>Adds entries of the map of that size.</summary>
    /// <returns>False: rows of that size stand there that say something else.</returns>
    public Task<bool> PutAsync(IReadOnlyCollection<HeadMapEntry> entries, long size, CancellationToken stop) =>
        PutAsync(
            """
            insert into proof.map (key, t, n, leaf_hash, idx)
            select key, $1, n, leaf_hash, idx from unnest($2, $3, $4, $5) m(key, n, leaf_hash, idx)
            on conflict (key, t) do nothing
            """,
            """
            select count(*) from unnest($2, $3, $4, $5) m(key, n, leaf_hash, idx)
            join proof.map there using (key, n, leaf_hash, idx) where there.t = $1
            """,
            entries.Count,
            stop,
            new NpgsqlParameter<long> { TypedValue = size },
            Sql.Array(entries.Select(e => e.Key.ToArray()), NpgsqlDbType.Bytea),
            Sql.Array(entries.Select(e => (long)e.N), NpgsqlDbType.Bigint),
            Sql.Array(entries.Select(e => e.LeafHash.ToArray()), NpgsqlDbType.Bytea),
            Sql.Array(entries.Select(e => (long)e.Index), NpgsqlDbType.Bigint)
        );

    /// <summary>Adds bucket roots of the map of that size.</summary>
    /// <returns>False: rows of that size stand there that say something else.</returns>
    public Task<bool> PutAsync(int[] buckets, Hash[] roots, long size, CancellationToken stop) =>
        PutAsync(
            """
            insert into proof.map_bucket (bucket, t, root) select bucket, $1, root from unnest($2, $3) m(bucket, root)
            on conflict (bucket, t) do nothing
            """,
            """
            select count(*) from unnest($2, $3) m(bucket, root)
            join proof.map_bucket there using (bucket, root) where there.t = $1
            """,
            buckets.Length,
            stop,
            new NpgsqlParameter<long> { TypedValue = size },
            Sql.Array(buckets, NpgsqlDbType.Integer),
            Sql.Array(roots.Select(r => r.ToArray()), NpgsqlDbType.Bytea)
        );

    /// <summary>Where a row is there already, a run that was cut off has left it, and it says the same.</summary>
    async Task<bool> PutAsync(
        string add,
        string count,
        int rows,
        CancellationToken stop,
        params NpgsqlParameter[] values
    )
    {
        await using var adding = Command(add, values);
        if (await adding.ExecuteNonQueryAsync(stop) == rows)
            return true;
        await using var counting = Command(count, [.. values.Select(v => v.Clone())]);
        return await counting.ExecuteScalarAsync(stop) is long there && there == rows;
    }

    NpgsqlCommand Command(string sql, NpgsqlParameter[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values);
        return command;
    }

    /// <summary>Lets the rows go that later maps have overtaken.</summary>
    public async Task ForgetAsync(CancellationToken stop)
    {
        await using var forget = new NpgsqlCommand("select proof.forget_maps()", connection);
        await forget.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Ends the turn.</summary>
    public async ValueTask DisposeAsync()
    {
        // A session that broke has lost its lock already.
        if (connection.State is System.Data.ConnectionState.Open)
        {
            await using var free = new NpgsqlCommand("select pg_advisory_unlock(hashtext('head-map'))", connection);
            await free.ExecuteNonQueryAsync(CancellationToken.None);
        }
        await connection.DisposeAsync();
    }
}
