using Ledger.Proof;
using Ledger.Store;
using Npgsql;
using Support;

namespace Store.Tests.Lane;

/// <summary>A stored leaf, read with nothing of the lane: what its bytes say counts.</summary>
sealed record StoredLeaf(long Index, Guid EventId, Guid Stream, long N, Leaf Read);

/// <summary>The invariants that must hold after whatever was done to the lane (operations.md §2: I3, I4, I5,
/// I9).</summary>
static class TheLog
{
    /// <summary>Fails at the first invariant that does not hold.</summary>
    /// <param name="ledger">Any node of the database.</param>
    /// <returns>The leaves in their order.</returns>
    public static async Task<IReadOnlyList<StoredLeaf>> HoldsTogetherAsync(TestLedger ledger)
    {
        await ledger.Node.StreamRows.CatchUpAsync(CancellationToken.None);
        await using var owner = DatabaseServer.Source(ledger.Connection);
        var leaves = await LeavesAsync(owner);
        var key = Jwk.OfEd25519(TestLedger.Keys.Leaf.PublicKey);
        Assert.All(leaves, l => Assert.True(l.Read.Jws.IsBy(key), $"Leaf {l.Index} is not signed by the operator."));
        ChainsAreUnbroken(leaves);
        await EventsAreTheLeavesAsync(owner, leaves);
        await RootIsOfTheLeavesAsync(owner, ledger, leaves);
        return leaves;
    }

    static async Task<List<StoredLeaf>> LeavesAsync(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand(
            "select idx, event_id, stream_id, n, body, hash from proof.leaf order by idx"
        );
        var leaves = new List<StoredLeaf>();
        await using var rows = await command.ExecuteReaderAsync(CancellationToken.None);
        while (await rows.ReadAsync(CancellationToken.None))
        {
            Assert.True(Leaf.TryRead(rows.GetFieldValue<byte[]>(4), out var leaf, out var fault), $"{fault}");
            Assert.Equal(leaf.LeafHash, Hash.Read(rows.GetFieldValue<byte[]>(5)));
            leaves.Add(new(rows.GetInt64(0), rows.GetGuid(1), rows.GetGuid(2), rows.GetInt64(3), leaf));
        }
        Assert.Equal(Enumerable.Range(0, leaves.Count).Select(i => (long)i), leaves.Select(l => l.Index));
        Assert.Equal(leaves.Count, leaves.Select(l => l.EventId).Distinct().Count());
        return leaves;
    }

    static void ChainsAreUnbroken(IReadOnlyList<StoredLeaf> leaves)
    {
        var tips = new Dictionary<Guid, (long N, Hash Hash)>();
        foreach (var leaf in leaves)
        {
            var tip = tips.GetValueOrDefault(leaf.Stream);
            var claims = leaf.Read.Claims;
            Assert.Equal((leaf.EventId, leaf.N, tip.N + 1, tip.Hash), (claims.Jti, claims.N, claims.N, claims.Prev));
            tips[leaf.Stream] = (claims.N, leaf.Read.LeafHash);
        }
    }

    static async Task EventsAreTheLeavesAsync(NpgsqlDataSource owner, IReadOnlyList<StoredLeaf> leaves)
    {
        await using (
            var command = owner.CreateCommand(
                "select id, stream_id, version, type from ledger.mt_events order by seq_id"
            )
        )
        await using (var rows = await command.ExecuteReaderAsync(CancellationToken.None))
        {
            var events = new List<(Guid, Guid, long, string)>();
            while (await rows.ReadAsync(CancellationToken.None))
                events.Add((rows.GetGuid(0), rows.GetGuid(1), rows.GetInt64(2), rows.GetString(3)));
            Assert.Equal(leaves.Select(l => (l.EventId, l.Stream, l.N, l.Read.Claims.Evt)), events);
        }
        await using var streams = owner.CreateCommand("select id, version from ledger.mt_streams");
        var versions = new Dictionary<Guid, long>();
        await using (var rows = await streams.ExecuteReaderAsync(CancellationToken.None))
            while (await rows.ReadAsync(CancellationToken.None))
                versions[rows.GetGuid(0)] = rows.GetInt64(1);
        Assert.Equal(
            leaves.GroupBy(l => l.Stream).ToDictionary(g => g.Key, g => (long)g.Count()).OrderBy(v => v.Key),
            versions.OrderBy(v => v.Key)
        );
    }

    static async Task RootIsOfTheLeavesAsync(
        NpgsqlDataSource owner,
        TestLedger ledger,
        IReadOnlyList<StoredLeaf> leaves
    )
    {
        var hashes = leaves.Select(l => l.Read.LeafHash).ToArray();
        await using var command = owner.CreateCommand(
            "select size, prev, root, seq, mac from proof.head order by size"
        );
        await using var rows = await command.ExecuteReaderAsync(CancellationToken.None);
        long? before = null;
        Head? newest = null;
        while (await rows.ReadAsync(CancellationToken.None))
        {
            var head = new Head(
                (ulong)rows.GetInt64(0),
                Hash.Read(rows.GetFieldValue<byte[]>(2)),
                rows.GetInt64(3),
                rows.GetFieldValue<byte[]>(4)
            );
            Assert.Equal(before, rows.IsDBNull(1) ? null : rows.GetInt64(1));
            Assert.True(TestLedger.Keys.Log.Fits(head), $"The head of size {head.Size} has no mark.");
            (before, newest) = (rows.GetInt64(0), head);
        }
        var root = Merkle.Root(hashes);
        Assert.Equal(((ulong)hashes.Length, root), (newest!.Size, newest.Root));
        Assert.Equal(root, await ledger.Node.Tree.RootAsync(newest.Size, CancellationToken.None));
        Assert.Equal((newest.Size, root), await ledger.Node.Witness.LastAsync(CancellationToken.None));
        Assert.Null(ledger.Node.State.Broken);
    }
}
