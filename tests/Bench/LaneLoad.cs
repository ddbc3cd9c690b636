using System.Collections.Concurrent;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Npgsql;
using Support;

namespace Bench;

/// <summary>Callers over the commit lane: 60 % a new item, 35 % an event on an item whose version they know, 5 % a
/// version that cannot be. Each seals for itself and takes its receipt's proof.</summary>
sealed class LaneLoad(TestLedger ledger, int seed, int items)
{
    sealed record Known(Guid Item, int[] Busy)
    {
        public long N { get; set; }
        public Hash Tip { get; set; }
    }

    readonly Zipf zipf = new(items);
    readonly List<Known> known = [];
    readonly ConcurrentBag<Guid> acknowledged = [];
    readonly Random[] random = [.. Enumerable.Range(0, 1_024).Select(caller => new Random(seed + caller))];
    int count;

    /// <summary>What a caller was answered otherwise than it had to be.</summary>
    public int Wrong;

    public async Task<bool> OneAsync(int caller)
    {
        var draw = random[caller].Next(100);
        if (draw >= 95)
            return await ConflictAsync();
        return draw < 60 || Claim(random[caller]) is not { } item ? await NewAsync() : await AppendAsync(item);
    }

    async Task<bool> NewAsync()
    {
        var item = new Known(TestLedger.Handles.EntityId("item", "bench", $"{Interlocked.Increment(ref count)}"), [0]);
        var done = await WriteAsync(item, 0, new ItemRegistered("appliance", [], Make: "海尔", Model: "BCD-215"));
        if (done)
            lock (known)
                known.Add(item);
        return done;
    }

    async Task<bool> AppendAsync(Known item)
    {
        try
        {
            return await WriteAsync(item, item.N, new ItemGraded("GB/T 30323-2013", 905, 1, false));
        }
        finally
        {
            Volatile.Write(ref item.Busy[0], 0);
        }
    }

    async Task<bool> ConflictAsync()
    {
        Known item = new(TestLedger.Handles.EntityId("item", "bench", $"{Interlocked.Increment(ref count)}"), [0]);
        var outcome = await SendAsync(item, 1_000_000, new ItemGraded("GB/T 30323-2013", 905, 1, false), new());
        if (outcome is not WriteOutcome.Stale)
            Interlocked.Increment(ref Wrong);
        return false;
    }

    /// <summary>An item that no other caller writes to at this moment.</summary>
    Known? Claim(Random random)
    {
        for (var tries = 0; tries < 16; tries++)
        {
            Known item;
            lock (known)
            {
                if (known.Count == 0)
                    return null;
                item = known[zipf.Next(random, known.Count)];
            }
            if (Interlocked.Exchange(ref item.Busy[0], 1) == 0)
                return item;
        }
        return null;
    }

    async Task<bool> WriteAsync(Known item, long version, LedgerEvent e)
    {
        var tips = new StreamHeads { [item.Item] = (item.N, item.Tip) };
        if (await SendAsync(item, version, e, tips) is not WriteOutcome.Appended recorded)
        {
            Interlocked.Increment(ref Wrong);
            return false;
        }
        (item.N, item.Tip) = (recorded.Version, recorded.Command.Events[^1].LeafHash);
        recorded.Batch.Inclusion(recorded.FirstIndex);
        acknowledged.Add(recorded.EventIds[0]);
        return true;
    }

    async Task<WriteOutcome> SendAsync(Known item, long version, LedgerEvent e, StreamHeads tips)
    {
        var subjects = await ledger.Door.Vault.OpenAsync([], default);
        var command = CommandOf(item.Item, version, e, $"k{Interlocked.Increment(ref count)}");
        return (await ledger.Door.WriteAsync([command], tips, subjects, false, ledger.Pipeline.Now, default))[0];
    }

    internal static DecidedCommand CommandOf(Guid item, long version, LedgerEvent e, string key) =>
        new("bench", key, TestLedger.Said(key))
        {
            Expects = [new(item, version)],
            Appends =
            [
                new(
                    item,
                    GoodsStreams.Item,
                    e,
                    new(key, new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), "bench-market", "CLK", "0")
                    {
                        Site = "MK-510104-0001",
                        RegionCode = "510104",
                    }
                ),
            ],
        };

    /// <summary>Rule 5 of operations.md §8: what was acknowledged is there, once, and the root is that of the leaf
    /// bytes.</summary>
    public async Task<Correct> CheckAsync()
    {
        var leaves = new List<Hash>();
        var found = new HashSet<Guid>();
        var versions = new Dictionary<Guid, long>();
        var (gapless, duplicates) = (true, 0L);
        await using var owner = NpgsqlDataSource.Create(ledger.Connection);
        await using (
            var read = owner.CreateCommand(
                """
                select l.idx, l.event_id, l.stream_id, l.n, l.body, e.version
                from proof.leaf l left join ledger.mt_events e on e.stream_id = l.stream_id and e.version = l.n
                    and e.id = l.event_id
                order by l.idx
                """
            )
        )
        {
            read.CommandTimeout = 0;
            await using (var rows = await read.ExecuteReaderAsync())
                while (await rows.ReadAsync())
                {
                    var (stream, n) = (rows.GetGuid(2), rows.GetInt64(3));
                    gapless &= rows.GetInt64(0) == leaves.Count && n == versions.GetValueOrDefault(stream) + 1;
                    gapless &= !rows.IsDBNull(5) && rows.GetInt64(5) == n;
                    versions[stream] = n;
                    duplicates += found.Add(rows.GetGuid(1)) ? 0 : 1;
                    leaves.Add(Merkle.LeafHash(rows.GetFieldValue<byte[]>(4)));
                }
        }
        var root = Merkle.Root(leaves.ToArray());
        var seen = await ledger.Node.Witness.LastAsync(default);
        return new(
            acknowledged.Count,
            acknowledged.Count(found.Contains),
            gapless && Wrong == 0,
            seen == ((ulong)leaves.Count, root)
                && await ledger.Node.Tree.RootAsync((ulong)leaves.Count, default) == root,
            duplicates
        );
    }
}
