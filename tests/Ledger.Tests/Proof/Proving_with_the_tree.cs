using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Proof;

public sealed class Proving_with_the_tree
{
    /// <summary>How many random proofs agree; raised by command (10⁶: <c>LEDGER_TREES=1000000</c>).</summary>
    static int Trees =>
        int.TryParse(Environment.GetEnvironmentVariable("LEDGER_TREES"), CultureInfo.InvariantCulture, out var n)
            ? n
            : 100_000;

    public static TheoryData<string> InclusionCases => Names("merkle-inclusion.jsonl");
    public static TheoryData<string> ConsistencyCases => Names("merkle-consistency.jsonl");

    [Theory]
    [MemberData(nameof(InclusionCases))]
    public void An_inclusion_vector_comes_out_as_published_in_both_forms(string name)
    {
        var v = Case("merkle-inclusion.jsonl", name);
        var good = !v.GetProperty("wantErr").GetBoolean();
        var (i, size) = (v.GetProperty("leafIdx").GetUInt64(), v.GetProperty("treeSize").GetUInt64());
        if (Read(v, "leafHash") is not { } leaf || Read(v, "root") is not { } root || Proof(v) is not { } proof)
        {
            Assert.False(good);
            return;
        }
        Assert.Equal(good, Merkle.VerifyInclusion(i, size, leaf, proof, root));
        Assert.Equal(good, FormB.VerifyInclusion(i, size, leaf, proof, root));
    }

    [Theory]
    [MemberData(nameof(ConsistencyCases))]
    public void A_consistency_vector_comes_out_as_published_in_both_forms(string name)
    {
        var v = Case("merkle-consistency.jsonl", name);
        var good = !v.GetProperty("wantErr").GetBoolean();
        var (m, n) = (v.GetProperty("size1").GetUInt64(), v.GetProperty("size2").GetUInt64());
        if (Read(v, "root1") is not { } root1 || Read(v, "root2") is not { } root2 || Proof(v) is not { } proof)
        {
            Assert.False(good);
            return;
        }
        Assert.Equal(good, Merkle.VerifyConsistency(m, n, root1, root2, proof));
        Assert.Equal(good, FormB.VerifyConsistency(m, n, root1, root2, proof));
    }

    [Fact]
    public void Random_proofs_verify_in_both_forms_and_a_changed_one_in_neither()
    {
        var log = new NaiveLog(70_000);
        var chance = new Random(20260101);
        for (var t = 0; t < Trees; t++)
        {
            var n = (ulong)chance.NextInt64(1, t % 4 == 0 ? 70_000 : 600);
            var (i, m) = ((ulong)chance.NextInt64(0, (long)n), (ulong)chance.NextInt64(1, (long)n + 1));
            var (leaf, root, old) = (log.Leaf(i), log.RootAt(n), log.RootAt(m));
            var path = log.Resolve(ProofPlan.Inclusion(i, n));
            Assert.True(
                Merkle.VerifyInclusion(i, n, leaf, path, root) && FormB.VerifyInclusion(i, n, leaf, path, root)
            );
            var grown = log.Resolve(ProofPlan.Consistency(m, n));
            Assert.True(
                Merkle.VerifyConsistency(m, n, old, root, grown) && FormB.VerifyConsistency(m, n, old, root, grown)
            );
            var bit = chance.Next(Hash.Size * 8);
            if (path.Length > 0)
            {
                Flip(ref path[chance.Next(path.Length)], bit);
                Assert.False(
                    Merkle.VerifyInclusion(i, n, leaf, path, root) || FormB.VerifyInclusion(i, n, leaf, path, root)
                );
            }
            if (grown.Length > 0)
            {
                Flip(ref grown[chance.Next(grown.Length)], bit);
                Assert.False(
                    Merkle.VerifyConsistency(m, n, old, root, grown) || FormB.VerifyConsistency(m, n, old, root, grown)
                );
            }
        }
    }

    [Fact]
    public void Every_proof_of_small_trees_and_around_full_tiles_is_that_of_the_naive_tree()
    {
        var log = new NaiveLog(65_537);
        foreach (var n in (ulong[])[.. Enumerable.Range(1, 300).Select(i => (ulong)i), 65_535, 65_536, 65_537])
        {
            var root = Merkle.Root(log.Leaves((int)n));
            Assert.Equal(root, log.RootAt(n));
            Assert.Equal(root, log.EdgeAt(n).Root());
            for (ulong i = 0; i < n; i += n > 300 ? 997UL : 1)
            {
                var path = Naive.Path(i, log.Leaves((int)n));
                Assert.Equal(path, log.Resolve(ProofPlan.Inclusion(i, n)));
            }
        }
    }

    [Fact]
    public void An_edge_grown_in_any_steps_is_the_edge_that_was_loaded()
    {
        var log = new NaiveLog(70_000);
        var chance = new Random(7);
        var edge = RightEdge.Empty;
        var tiles = new List<FilledTile>();
        while (edge.Size < 69_000)
        {
            var step = chance.Next(1, 700);
            edge = edge.Append(log.Leaves((int)edge.Size + step)[(int)edge.Size..], tiles);
            Assert.Equal(log.RootAt(edge.Size), edge.Root());
        }
        Assert.Equal(edge.Size / 256 + edge.Size / 65_536, (ulong)tiles.Count);
        Assert.All(tiles, t => Assert.Equal(log.TileAt(t.Id).Bytes(256), t.Tile.Bytes(256)));
    }

    static void Flip(ref Hash hash, int bit) => hash[bit / 8] ^= (byte)(1 << (bit % 8));

    static TheoryData<string> Names(string file) =>
        [
            .. File.ReadLines(Places.SharedVectors(file))
                .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("name").GetString()!),
        ];

    static JsonElement Case(string file, string name) =>
        File.ReadLines(Places.SharedVectors(file))
            .Select(l => JsonDocument.Parse(l).RootElement)
            .Single(v => v.GetProperty("name").GetString() == name);

    static Hash? Read(JsonElement v, string member) =>
        v.GetProperty(member).GetString() is { } text && Convert.FromBase64String(text) is { Length: Hash.Size } bytes
            ? Hash.Read(bytes)
            : null;

    static Hash[]? Proof(JsonElement v)
    {
        if (v.GetProperty("proof") is not { ValueKind: JsonValueKind.Array } array)
            return [];
        var bytes = array.EnumerateArray().Select(h => Convert.FromBase64String(h.GetString() ?? "")).ToList();
        return bytes.All(b => b.Length == Hash.Size) ? [.. bytes.Select(b => Hash.Read(b))] : null;
    }
}

/// <summary>The recursion of RFC 6962, word for word.</summary>
static class Naive
{
    public static Hash[] Path(ulong m, ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = 1;
        while (k * 2 < leaves.Length)
            k *= 2;
        return m < (ulong)k
            ? [.. Path(m, leaves[..k]), Merkle.Root(leaves[k..])]
            : [.. Path(m - (ulong)k, leaves[k..]), Merkle.Root(leaves[..k])];
    }
}

/// <summary>A log in memory: leaf i is the decimal text of i.</summary>
sealed class NaiveLog
{
    readonly Hash[] leaves;
    readonly Dictionary<TileId, Tile> tiles = [];

    public NaiveLog(int size)
    {
        leaves =
        [
            .. Enumerable
                .Range(0, size)
                .Select(i => Merkle.LeafHash(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)))),
        ];
        var level = leaves;
        for (var l = 0; level.Length > 0; l++)
        {
            for (var n = 0; n * Tile.Width < level.Length; n++)
            {
                var tile = tiles[new(l, (ulong)n)] = new();
                for (var p = 0; p < Tile.Width && n * Tile.Width + p < level.Length; p++)
                    tile.Put(p, level[n * Tile.Width + p]);
            }
            level = [.. Enumerable.Range(0, level.Length / Tile.Width).Select(n => TileAt(new(l, (ulong)n)).Root)];
        }
    }

    public Hash Leaf(ulong i) => leaves[i];

    public ReadOnlySpan<Hash> Leaves(int size) => leaves.AsSpan(0, size);

    public Tile TileAt(TileId id) => tiles[id];

    public Hash RootAt(ulong size) => Resolve(ProofPlan.Root(size))[0];

    public RightEdge EdgeAt(ulong size) =>
        RightEdge.Load(size, id => Tile.Of(TileAt(id).Bytes(RightEdge.WidthAt(size, id.Level))));

    public Hash[] Resolve(ProofPlan plan) => plan.Resolve(TileAt);
}
