using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Proof;

[TakesLong]
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
        const int Parts = 10;
        Parallel.For(0, Parts, part => RandomProofs(log, new Random(20260101 + part), Trees / Parts));
    }

    static void RandomProofs(NaiveLog log, Random chance, int trees)
    {
        for (var t = 0; t < trees; t++)
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
        var naive = new Naive(log.Leaves(65_537).ToArray());
        foreach (var n in (ulong[])[.. Enumerable.Range(1, 300).Select(i => (ulong)i), 65_535, 65_536, 65_537])
        {
            var root = Merkle.Root(log.Leaves((int)n));
            Assert.Equal(root, log.RootAt(n));
            Assert.Equal(root, log.EdgeAt(n).Root());
            for (ulong i = 0; i < n; i += n > 300 ? 997UL : 1)
            {
                var path = naive.Path((int)i, 0, (int)n);
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

    static readonly ConcurrentDictionary<string, Dictionary<string, JsonElement>> Cases = new();

    static JsonElement Case(string file, string name) =>
        Cases.GetOrAdd(
            file,
            f =>
                File.ReadLines(Places.SharedVectors(f))
                    .Select(l => JsonElement.Parse(l))
                    .ToDictionary(v => v.GetProperty("name").GetString()!)
        )[name];

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

/// <summary>The recursion of RFC 6962, word for word; the root of a range is made once.</summary>
sealed class Naive(Hash[] leaves)
{
    readonly Dictionary<(int From, int To), Hash> roots = [];

    public Hash[] Path(int m, int from, int to)
    {
        if (to - from == 1)
            return [];
        var k = 1;
        while (k * 2 < to - from)
            k *= 2;
        return m < k
            ? [.. Path(m, from, from + k), Root(from + k, to)]
            : [.. Path(m - k, from + k, to), Root(from, from + k)];
    }

    Hash Root(int from, int to) =>
        roots.TryGetValue((from, to), out var root)
            ? root
            : roots[(from, to)] = Merkle.Root(leaves.AsSpan(from, to - from));
}
