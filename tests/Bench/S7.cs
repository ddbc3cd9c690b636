using System.Buffers.Binary;
using Ledger.Proof;
using Npgsql;
using NpgsqlTypes;
using Support;

namespace Bench;

/// <summary>Proofs over a large log in the real tables, then audit and bundle of a log of real leaves; the limits of
/// the
/// run are its peers.</summary>
static class S7
{
    public static async Task<IReadOnlyList<Line>> RunAsync(Server server, Settings settings)
    {
        var proofs = await ProofsAsync(server, settings);
        await using var log = await RealLog.WriteAsync(server, settings, settings.Quick ? 5_000 : 50_000);
        var bundle = await S7Bundle.RunAsync(log, server, settings);
        return [.. proofs, bundle, .. await S7Audit.RunAsync(log, settings)];
    }

    static async Task<IReadOnlyList<Line>> ProofsAsync(Server server, Settings settings)
    {
        var size = settings.Quick ? 200_000 : 1_000_000;
        await using var ledger = await server.LedgerAsync();
        var edge = await FillAsync(ledger, size);
        var random = new Random(settings.Seed);
        var (tree, total) = (ledger.Node.Tree, edge.Size);
        var root = edge.Root();
        var wrong = 0;
        var taken = new Dictionary<string, List<Sample>>();
        void Add(string what, Sample sample) => (taken.TryGetValue(what, out var l) ? l : taken[what] = []).Add(sample);
        for (var round = 0; round < settings.Rounds; round++)
        {
            Add("tree", Load.OnOneCore(settings.Seconds, 256, i => GrowBy(256, i)));
            Add("sha", Load.OnOneCore(settings.Seconds, 256, i => Chain(256, i)));
            Add(
                "inclusion",
                await Load.RunAsync(
                    2,
                    settings.Seconds,
                    async _ =>
                    {
                        var index = (ulong)Random.Shared.NextInt64((long)total);
                        var proof = await tree.ResolveAsync(ProofPlan.Inclusion(index, total), total, default);
                        if (proof.Length == 0)
                            Interlocked.Increment(ref wrong);
                        return true;
                    }
                )
            );
            Add(
                "consistency",
                await Load.RunAsync(
                    2,
                    settings.Seconds,
                    async _ =>
                    {
                        var old = (ulong)Random.Shared.NextInt64(1, (long)total);
                        await tree.ResolveAsync(ProofPlan.Consistency(old, total), total, default);
                        return true;
                    }
                )
            );
            var message = new byte[1_000];
            var signature = TestLedger.Keys.Leaf.Sign(message);
            Add(
                "sign",
                Load.OnOneCore(
                    1,
                    16,
                    _ =>
                    {
                        for (var i = 0; i < 16; i++)
                            TestLedger.Keys.Leaf.Sign(message);
                    }
                )
            );
            var key = TestLedger.Keys.Leaf.PublicKey.ToArray();
            Add(
                "verify",
                Load.OnOneCore(
                    1,
                    16,
                    _ =>
                    {
                        for (var i = 0; i < 16; i++)
                            Ed25519.Verify(key, message, signature);
                    }
                )
            );
            Console.Error.WriteLine($"S7 round {round + 1}");
        }
        for (var i = 0; i < 200; i++)
            wrong += await HoldsAsync(ledger, (ulong)random.NextInt64((long)total), total, root) ? 0 : 1;
        var correct = new Correct(200, 200 - wrong, true, await tree.RootAsync(total, default) == root, 0);
        Line Of(string metric, string what, string? peer = null, string? name = null) =>
            new("S7", metric, $"leaves={size}", "1/s", Figures.Of(taken[what]))
            {
                Peer = peer is null ? null : Figures.Of(taken[peer], name),
                Order = "ABAB",
                EventsBefore = (long)total,
                Correct = correct,
            };
        return
        [
            Of("tree_step_integrated_per_s", "tree", "sha", "sha256-node-limit").AtLeast(20_000),
            Of("inclusion_proofs_per_s", "inclusion", "sha", "sha256-node-limit").AtLeast(20_000),
            Of("consistency_proofs_per_s", "consistency", "sha", "sha256-node-limit"),
            Of("ed25519_sign_per_s", "sign"),
            Of("ed25519_verify_per_s", "verify"),
        ];
    }

    static async Task<bool> HoldsAsync(TestLedger ledger, ulong index, ulong size, Hash root)
    {
        var proof = await ledger.Node.Tree.ResolveAsync(ProofPlan.Inclusion(index, size), size, default);
        await using var read = ledger.Database.Source.CreateCommand("select hash from proof.leaf where idx = $1");
        read.Parameters.AddWithValue((long)index);
        var leaf = Hash.Read((byte[])(await read.ExecuteScalarAsync())!);
        return Merkle.VerifyInclusion(index, size, leaf, proof, root);
    }

    static RightEdge growing = RightEdge.Empty;

    static void GrowBy(int leaves, int round)
    {
        growing = growing.Append(Leaves(leaves, round), []);
        growing.Root();
    }

    static void Chain(int nodes, int round)
    {
        var hash = LeafAt(round);
        for (var i = 0; i < nodes; i++)
            hash = Merkle.NodeHash(hash, hash);
    }

    static Hash[] Leaves(int count, int from)
    {
        var leaves = new Hash[count];
        for (var i = 0; i < count; i++)
            leaves[i] = LeafAt(from + i);
        return leaves;
    }

    /// <summary>32 bytes that differ: no hash is spent on what is not measured.</summary>
    static Hash LeafAt(long index)
    {
        Span<byte> bytes = stackalloc byte[Hash.Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, index);
        return Hash.Read(bytes);
    }

    /// <summary>Leaves, tiles and head by COPY: a log that grew long ago.</summary>
    static async Task<RightEdge> FillAsync(TestLedger ledger, int count)
    {
        var first = (long)await ledger.Node.Tree.SizeAsync(default);
        var filled = new List<FilledTile>();
        var edge = (await ledger.Node.Tree.EdgeAsync((ulong)first, default)).Append(Leaves(count, (int)first), filled);
        await using var owner = new NpgsqlConnection(ledger.Connection);
        await owner.OpenAsync();
        await using (
            var leaves = await owner.BeginBinaryImportAsync(
                "copy proof.leaf (idx, event_id, stream_id, n, body, hash) from stdin (format binary)"
            )
        )
        {
            for (var i = first; i < first + count; i++)
            {
                await leaves.StartRowAsync();
                await leaves.WriteAsync(i, NpgsqlDbType.Bigint);
                await leaves.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await leaves.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await leaves.WriteAsync(1L, NpgsqlDbType.Bigint);
                await leaves.WriteAsync(new byte[1], NpgsqlDbType.Bytea);
                await leaves.WriteAsync(LeafAt(i).ToArray(), NpgsqlDbType.Bytea);
            }
            await leaves.CompleteAsync();
        }
        await using (
            var tiles = await owner.BeginBinaryImportAsync(
                "copy proof.tile (level, n, hashes, root) from stdin (format binary)"
            )
        )
        {
            foreach (var tile in filled)
            {
                await tiles.StartRowAsync();
                await tiles.WriteAsync((short)tile.Id.Level, NpgsqlDbType.Smallint);
                await tiles.WriteAsync((long)tile.Id.Number, NpgsqlDbType.Bigint);
                await tiles.WriteAsync(tile.Tile.Bytes(Tile.Width), NpgsqlDbType.Bytea);
                await tiles.WriteAsync(tile.Tile.Root.ToArray(), NpgsqlDbType.Bytea);
            }
            await tiles.CompleteAsync();
        }
        await using var analyze = new NpgsqlCommand("analyze proof.leaf; analyze proof.tile", owner);
        await analyze.ExecuteNonQueryAsync();
        return edge;
    }
}
