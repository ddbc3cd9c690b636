using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Rules;
using Ledger.Store.Lane;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Mapping;

/// <summary>
/// Maps what was logged since the last head map and logs the next one (proof.md §7). It reads leaves page by page and
/// recomputes the buckets they touch; rows of a run that was cut off are dropped by the next.
/// </summary>
public sealed class HeadMapBuilder(LedgerNode node)
{
    const int PageLeaves = 4096,
        PageBuckets = 512;

    /// <summary>How many of the newest maps can still be proved from.</summary>
    const int Kept = 3;

    readonly HeadMapReader reader = new(node.Database.Source);
    (long TreeSize, BucketTree Tree)? memory;

    NpgsqlDataSource Source => node.Database.Source;

    /// <summary>The log's own stream.</summary>
    public Guid Stream { get; } = node.Database.Handles.EntityId("log", "", node.Database.Log.Origin);

    /// <summary>Maps and logs, where anything but head maps was logged since the last one.</summary>
    /// <returns>The new map's event id; null where there was nothing to map or another node is at it.</returns>
    public async Task<Guid?> BuildAsync(CancellationToken stop)
    {
        await using var alone = await node.Database.Turns.OpenConnectionAsync(stop);
        await using (var take = new NpgsqlCommand("select pg_try_advisory_lock(hashtext('head-map'))", alone))
            if (await take.ExecuteScalarAsync(stop) is not true)
                return null;
        try
        {
            // With the one that is about to be logged they are those that are kept.
            var before = (await node.Reader.NewestAsync<HeadMapped>(Stream, Kept - 1, stop))
                .Select(e => e.Event)
                .OfType<HeadMapped>()
                .ToList();
            var last = before.FirstOrDefault();
            var size = (long)await node.Tree.SizeAsync(stop);
            if (!await AnythingNewAsync(last?.TreeSize ?? 0, size, stop))
                return null;
            var mapped = await MapAsync(last, size, stop);
            var id = await LogAsync(mapped, stop);
            if (before.Count == Kept - 1)
                await ForgetAsync(before[^1].TreeSize, stop);
            return id;
        }
        finally
        {
            await using var free = new NpgsqlCommand("select pg_advisory_unlock(hashtext('head-map'))", alone);
            await free.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    async Task<bool> AnythingNewAsync(long from, long to, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            "select exists (select from proof.leaf where idx >= $1 and idx < $2 and stream_id <> $3)"
        );
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(Stream);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    async Task<HeadMapped> MapAsync(HeadMapped? last, long size, CancellationToken stop)
    {
        var from = last?.TreeSize ?? 0;
        await ExecuteAsync("delete from proof.map where t > $1", from, stop);
        await ExecuteAsync("delete from proof.map_bucket where t > $1", from, stop);
        var buckets = new HashSet<int>();
        var fresh = 0L;
        for (var first = from; first < size; first += PageLeaves)
        {
            var entries = await PageAsync(first, Math.Min(first + PageLeaves, size), size, stop);
            fresh += entries.Count(e => e.IsNew);
            await PutAsync([.. entries.Select(e => e.Entry)], size, stop);
            buckets.UnionWith(entries.Select(e => e.Entry.Bucket));
        }
        var tree = memory is { } kept && kept.TreeSize == from ? kept.Tree : await reader.TreeAsync(from, stop);
        // It grows below: should this run not end, it is read again.
        memory = null;
        foreach (var page in buckets.Order().Chunk(PageBuckets))
            await PutBucketsAsync(tree, page, size, stop);
        memory = (size, tree);
        return new(size, (last?.MapSize ?? 0) + fresh, tree.Root.ToBase64Url());
    }

    /// <summary>What the leaves of a page say of their keys, on top of what was known.</summary>
    async Task<List<(HeadMapEntry Entry, bool IsNew)>> PageAsync(
        long first,
        long end,
        long size,
        CancellationToken stop
    )
    {
        var leaves = new List<(LeafClaims Claims, Hash Hash, ulong Index)>();
        await using (
            var command = Source.CreateCommand(
                "select idx, body, hash from proof.leaf where idx >= $1 and idx < $2 order by idx"
            )
        )
        {
            command.Parameters.AddWithValue(first);
            command.Parameters.AddWithValue(end);
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop))
                leaves.Add(
                    Leaf.TryRead(rows.GetFieldValue<byte[]>(1), out var leaf, out var fault)
                        ? (leaf.Claims, Hash.Read(rows.GetFieldValue<byte[]>(2)), (ulong)rows.GetInt64(0))
                        : throw new BrokenLogException(
                            $"Leaf {rows.GetInt64(0)} is not one: {fault.Flaw} {fault.Where}."
                        )
                );
        }
        var keys = leaves.SelectMany(l => l.Claims.Ids.Append(l.Claims.Item)).Distinct().ToList();
        var known = await reader.OfAsync(keys, size, stop);
        var now = new Dictionary<Hash, HeadMapEntry>();
        foreach (var (claims, hash, index) in leaves)
        {
            now[claims.Item] = new(claims.Item, (ulong)claims.N, hash, index);
            foreach (var id in claims.Ids)
            {
                var before = now.TryGetValue(id, out var mine) ? mine.N : known.GetValueOrDefault(id).N;
                now[id] = new(id, before + 1, hash, index);
            }
        }
        return [.. now.Values.Select(e => (e, !known.ContainsKey(e.Key)))];
    }

    async Task PutAsync(IReadOnlyCollection<HeadMapEntry> entries, long size, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            """
            insert into proof.map (key, t, n, leaf_hash, idx)
            select key, $1, n, leaf_hash, idx from unnest($2, $3, $4, $5) m(key, n, leaf_hash, idx)
            on conflict (key, t) do update
            set n = excluded.n, leaf_hash = excluded.leaf_hash, idx = excluded.idx
            """
        );
        command.Parameters.AddWithValue(size);
        command.Parameters.Add(Sql.Array(entries.Select(e => e.Key.ToArray()), NpgsqlDbType.Bytea));
        command.Parameters.Add(Sql.Array(entries.Select(e => (long)e.N), NpgsqlDbType.Bigint));
        command.Parameters.Add(Sql.Array(entries.Select(e => e.LeafHash.ToArray()), NpgsqlDbType.Bytea));
        command.Parameters.Add(Sql.Array(entries.Select(e => (long)e.Index), NpgsqlDbType.Bigint));
        await command.ExecuteNonQueryAsync(stop);
    }

    async Task PutBucketsAsync(BucketTree tree, int[] buckets, long size, CancellationToken stop)
    {
        var entries = await reader.BucketsAsync(buckets, size, stop);
        var roots = buckets.Select(b => HeadMapEntry.BucketRoot([.. entries[b]])).ToArray();
        for (var i = 0; i < buckets.Length; i++)
            tree.Set(buckets[i], roots[i]);
        await using var command = Source.CreateCommand(
            "insert into proof.map_bucket (bucket, t, root) select b, $1, root from unnest($2, $3) m(b, root)"
        );
        command.Parameters.AddWithValue(size);
        command.Parameters.Add(Sql.Array(buckets, NpgsqlDbType.Integer));
        command.Parameters.Add(Sql.Array(roots.Select(r => r.ToArray()), NpgsqlDbType.Bytea));
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The map as an event of the log's own chain; nobody else writes there, so it fits at once or the log
    /// moved under another node.</summary>
    async Task<Guid> LogAsync(HeadMapped map, CancellationToken stop)
    {
        var key = $"head-map/{map.TreeSize.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        var tips = new ChainTips { [Stream] = await TipAsync(stop) };
        var at = node.Desk.Now;
        var command = new DecidedCommand("log", key, node.Database.Handles.CommandHash("MAP", map.MapRoot, []))
        {
            Expects = [new(Stream, tips[Stream].N)],
            Appends = [new(Stream, Noun.Log, map, new(key, at, "log", "SYS", RuleSet.Current.Version))],
        };
        var subjects = await node.Vault.OpenAsync([], stop);
        return (await node.Door.WriteAsync([command], tips, subjects, patient: true, at, stop))[0] switch
        {
            WriteOutcome.Recorded recorded => recorded.EventIds[0],
            WriteOutcome.Known known => known.EventIds[0],
            var other => throw new InvalidOperationException(
                $"The head map of size {map.TreeSize} was not logged: {other}."
            ),
        };
    }

    /// <summary>The newest leaf of the log's own chain.</summary>
    async Task<(long N, Hash Hash)> TipAsync(CancellationToken stop)
    {
        await using var command = Source.CreateCommand(
            "select n, hash from proof.leaf where stream_id = $1 order by n desc limit 1"
        );
        command.Parameters.AddWithValue(Stream);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? (rows.GetInt64(0), Hash.Read(rows.GetFieldValue<byte[]>(1))) : default;
    }

    /// <summary>Drops rows that none of the newest maps needs: each that a row of the oldest kept map, or of one before
    /// it, has overtaken.</summary>
    async Task ForgetAsync(long oldest, CancellationToken stop)
    {
        await ExecuteAsync(
            "delete from proof.map old using proof.map kept where kept.t = $1 and old.key = kept.key and old.t < $1",
            oldest,
            stop
        );
        await ExecuteAsync(
            """
            delete from proof.map_bucket old using proof.map_bucket kept
            where kept.t = $1 and old.bucket = kept.bucket and old.t < $1
            """,
            oldest,
            stop
        );
    }

    async Task ExecuteAsync(string sql, long size, CancellationToken stop)
    {
        await using var command = Source.CreateCommand(sql);
        command.Parameters.AddWithValue(size);
        await command.ExecuteNonQueryAsync(stop);
    }
}
