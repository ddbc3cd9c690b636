using System.Diagnostics;
using System.Text;
using Ledger.Proof;
using Ledger.Tests.Proof;
using Support;

namespace Peers.Tests;

/// <summary>golang.org/x/mod (<c>sumdb/note</c>, <c>sumdb/tlog</c>) reads what we signed and proved; its driver is
/// <c>tests/peers/go</c>.</summary>
public sealed class Peers_in_Go(GoPeer peer) : IClassFixture<GoPeer>
{
    static readonly int[] Sizes = [1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 1_000_000];

    static readonly Lazy<NaiveLog> Tree = new(() => new(Sizes[^1]));

    static string Lines(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    [Fact]
    public async Task open_our_checkpoints()
    {
        foreach (var seed in (byte[])[1, 2, 3, 4, 5])
        {
            using var key = new Ed25519Key(SampleSigners.Seed(seed));
            var log = new NoteSigner($"log.example.org/{seed}", key);
            var body = new Checkpoint(log.Key.Name, seed, Hash.Of([seed])).Body;
            var note = SignedNote.Sign(body, SampleSigners.Witness(6).At(5), log, SampleSigners.Witness(7).At(6));
            var (exit, output, error) = await peer.Ask("note", $"{SampleSigners.Log.Vkey}\n{log.Vkey}\n\n{note}");
            Assert.Equal((0, ""), (exit, error));
            string[] said =
            [
                $"verified {log.Key.Name}",
                $"ignored {SampleSigners.Witness(6).Key.Name}",
                $"ignored {SampleSigners.Witness(7).Key.Name}",
                "",
                body,
            ];
            Assert.Equal(string.Join('\n', said), output);
        }
    }

    [Fact]
    public async Task refuse_a_changed_checkpoint_as_we_do()
    {
        var note = SampleSigners.Log.Sign(SampleSigners.Head().Body);
        (string Changed, string Says)[] cases =
        [
            (note.Replace("\n7\n", "\n8\n", StringComparison.Ordinal), "invalid signature"),
            (note.Replace("\n7\n", "\n7\n\n\n", StringComparison.Ordinal), "invalid signature"),
            (note[..^1], "malformed note"),
            (note.Replace("— ", "— not-", StringComparison.Ordinal), "no verifiable signatures"),
        ];
        foreach (var (changed, says) in cases)
        {
            var (exit, _, error) = await peer.Ask("note", $"{SampleSigners.Log.Vkey}\n\n{changed}");
            Assert.Equal(1, exit);
            Assert.Contains(says, error, StringComparison.Ordinal);
            Assert.NotNull(SignedNote.Open(changed, SampleSigners.LogVerifier).Fault);
        }
    }

    [Fact]
    public async Task find_the_roots_of_our_trees()
    {
        var (exit, output, error) = await peer.Ask("root", Lines(Sizes.Select(s => $"{s}")));
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(Lines(Sizes.Select(s => Tree.Value.RootAt((ulong)s).ToBase64())), output);
        Assert.Equal(Lines(Sizes.Select(s => Merkle.Root(Tree.Value.Leaves(s)).ToBase64())), output);
    }

    [Fact]
    public async Task take_our_inclusion_proofs_and_no_other()
    {
        var chance = new Random(20260105);
        var places = Sizes.SelectMany(size =>
            ((int[])[0, 1, 255, 256, size / 2, size - 2, size - 1, .. Some(chance, size)])
                .Where(i => i >= 0 && i < size)
                .Distinct()
                .Select(i => (Index: (ulong)i, Size: (ulong)size))
        );
        await Judge(
            "proof",
            places.Select(p =>
            {
                var leaf = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{p.Index}"));
                var hashes = Tree.Value.Resolve(ProofPlan.Inclusion(p.Index, p.Size));
                return ($"{leaf} {p.Index} {p.Size}", (Hash[])[Tree.Value.RootAt(p.Size), .. hashes]);
            })
        );
    }

    static IEnumerable<int> Some(Random chance, int size) => Enumerable.Range(0, 20).Select(_ => chance.Next(size));

    [Fact]
    public async Task take_our_consistency_proofs_and_no_other()
    {
        var growths = Sizes.SelectMany(m => Sizes.Where(n => n >= m).Select(n => (Old: (ulong)m, New: (ulong)n)));
        await Judge(
            "consistency",
            growths.Select(g =>
            {
                var hashes = Tree.Value.Resolve(ProofPlan.Consistency(g.Old, g.New));
                Hash[] all = [Tree.Value.RootAt(g.Old), Tree.Value.RootAt(g.New), .. hashes];
                return ($"{g.Old} {g.New}", all);
            })
        );
    }

    /// <summary>Each case is taken as it is, and refused where any of its hashes is another, one is missing or one is
    /// too many.</summary>
    async Task Judge(string command, IEnumerable<(string Places, Hash[] Hashes)> cases)
    {
        var (lines, expected) = (new List<string>(), new List<string>());
        foreach (var (places, hashes) in cases)
        {
            Put(true, places, hashes);
            for (var i = 0; i < hashes.Length; i++)
                Put(false, places, [.. hashes[..i], Hash.Of(hashes[i]), .. hashes[(i + 1)..]]);
            Put(false, places, hashes[..^1]);
            Put(false, places, [.. hashes, hashes[0]]);
        }
        var (exit, output, error) = await peer.Ask(command, Lines(lines));
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(expected, output.TrimEnd('\n').Split('\n').Select(l => l.Split(':')[0]));
        Assert.True(expected.Count(e => e == "yes") > 20);

        void Put(bool good, string places, Hash[] hashes)
        {
            lines.Add($"{places} {string.Join(' ', hashes.Select(h => h.ToBase64()))}");
            expected.Add(good ? "yes" : "no");
        }
    }

    [Fact]
    public async Task take_a_tlog_proof()
    {
        var proof = TlogProof.Read(Encoding.UTF8.GetBytes(Vectors.WorkedExample("tlog_proof_index_1")))!;
        var leaf = Encoding.ASCII.GetBytes(Vectors.Text(Vectors.Example.GetProperty("leaves")[1], "jwt"));
        var (_, opened, _) = await peer.Ask("note", $"{Vectors.WorkedExample("log", "vkey")}\n\n{proof.Note}");
        var checkpoint = Checkpoint.Read(opened[(opened.IndexOf("\n\n", StringComparison.Ordinal) + 2)..])!;
        await JudgeOne(Convert.ToBase64String(leaf), "yes");
        await JudgeOne(Convert.ToBase64String([.. leaf, 0]), "no");
        await JudgeOne("-", "no");

        async Task JudgeOne(string bytes, string verdict)
        {
            var hashes = string.Join(' ', proof.Hashes.Select(h => h.ToBase64()));
            var line = $"{bytes} {proof.Index} {checkpoint.Size} {checkpoint.Root} {hashes}\n";
            Assert.StartsWith(verdict, (await peer.Ask("proof", line)).Output, StringComparison.Ordinal);
        }
    }
}

/// <summary>The Go driver, built once into a folder of its own.</summary>
public sealed class GoPeer : IAsyncDisposable
{
    const string Libraries = "/usr/share/gocode";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ledger-go-");
    readonly SemaphoreSlim one = new(1);
    string? built;

    public async Task<(int Exit, string Output, string Error)> Ask(string command, string input)
    {
        var stop = TestContext.Current.CancellationToken;
        await one.WaitAsync(stop);
        try
        {
            built ??= await Build(stop);
        }
        finally
        {
            one.Release();
        }
        return await Peer.Run(new(built, [command]), input, stop);
    }

    async Task<string> Build(CancellationToken stop)
    {
        var go = Peer.Need("go", "Debian: golang-go");
        if (!Directory.Exists(Path.Combine(Libraries, "src/golang.org/x/mod/sumdb")))
            throw Peer.Missing("golang.org/x/mod", "Debian: golang-golang-x-mod-dev");
        var program = Path.Combine(folder.FullName, "peer");
        var start = new ProcessStartInfo(go, ["build", "-o", program, "."])
        {
            WorkingDirectory = Path.Combine(Places.Root, "tests/peers/go"),
            Environment =
            {
                ["GO111MODULE"] = "off",
                ["GOPATH"] = Libraries,
                // What it compiled of Go's own library is the same at the next run.
                ["GOCACHE"] = Path.Combine(Places.Root, "artifacts/peers/go"),
                ["GOFLAGS"] = "",
            },
        };
        var (exit, output, error) = await Peer.Run(start, "", stop);
        Assert.True(exit == 0, output + error);
        return program;
    }

    public ValueTask DisposeAsync()
    {
        one.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
