using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Witness;
using Projections;
using Support;

namespace Store.Tests.Lane;

/// <summary>A house witness that cannot be asked says nothing about the log (operations.md §2): nobody calls that a
/// fork.</summary>
public sealed class Losing_the_house_witness
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task for_a_moment_is_waited_for_and_the_caller_is_answered()
    {
        await using var scene = await Scene.OpenAsync();
        scene.HouseWitness.Fails = new IOException("No space left on device");
        var writing = scene.Node.Pipeline.RecordAsync(Deeds.Of(100, seed: 1).First[0].Request, Stop);
        await scene.HouseWitness.AskedAsync();
        scene.HouseWitness.Fails = null;
        var answer = Assert.IsType<Answer.Accepted>(await writing);
        Assert.Null(scene.Node.State.Broken);
        new OfflineVerifier().Verify((await scene.Node.Receipts.OfAsync(answer, true, Stop))!);
    }

    [Fact]
    public async Task for_longer_leaves_the_outcome_unknown_takes_nothing_more_and_ends_by_itself()
    {
        await using var scene = await Scene.OpenAsync();
        var deeds = Deeds.Of(100, seed: 1).First;
        scene.HouseWitness.Fails = new IOException("No space left on device");
        Assert.Equal("outcome-unknown", await RefusedAsync(scene, deeds[0]));
        Assert.NotNull(scene.Node.State.Unknown);
        Assert.Equal("unavailable", await RefusedAsync(scene, deeds[1]));
        Assert.Null(scene.Node.State.Broken);

        scene.HouseWitness.Fails = null;
        await Patience.UntilAsync(() => Task.FromResult(scene.Node.State.Unknown is null));
        var verifier = new OfflineVerifier();
        foreach (var deed in deeds[..2])
        {
            var answer = Assert.IsType<Answer.Accepted>(await scene.Node.Pipeline.RecordAsync(deed.Request, Stop));
            verifier.Verify((await scene.Node.Receipts.OfAsync(answer, true, Stop))!);
        }
        Assert.Equal(3, (await TheLog.HoldsTogetherAsync(scene.Ledger)).Count);
    }

    [Fact]
    public async Task that_refuses_without_a_proof_is_no_fork()
    {
        await using var scene = await Scene.OpenAsync();
        scene.HouseWitness.Answers = new HouseWitnessAnswer.Refused("500 something of its own");
        Assert.Equal("outcome-unknown", await RefusedAsync(scene, Deeds.Of(100, seed: 1).First[0]));
        Assert.Null(scene.Node.State.Broken);
        Assert.Contains("500 something", scene.Node.State.Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_has_seen_another_tree_is_a_fork()
    {
        await using var scene = await Scene.OpenAsync();
        var deeds = Deeds.Of(100, seed: 1).First;
        Assert.IsType<Answer.Accepted>(await scene.Node.Pipeline.RecordAsync(deeds[0].Request, Stop));
        // Its head is no longer one that the stored leaves lead to.
        scene.HouseWitness.Seen = (1, Merkle.LeafHash("another tree"u8));
        scene.HouseWitness.Answers = new HouseWitnessAnswer.Refused("422 the proof does not fit");
        Assert.Equal("outcome-unknown", await RefusedAsync(scene, deeds[1]));
        Assert.Equal(LogFault.Forked, scene.Node.State.Broken?.Fault);
        Assert.Equal("ledger-read-only", await RefusedAsync(scene, deeds[2]));
    }

    static async Task<string> RefusedAsync(Scene scene, Deed deed) =>
        Assert
            .Single(Assert.IsType<Answer.Refused>(await scene.Node.Pipeline.RecordAsync(deed.Request, Stop)).Refusals)
            .Code;

    /// <summary>A node with a house witness whose ways are at a test's command.</summary>
    sealed class Scene(TestLedger ledger, WitnessHost witness, MoodyWitness houseWitness, LedgerNode node)
        : IAsyncDisposable
    {
        public TestLedger Ledger => ledger;
        public MoodyWitness HouseWitness => houseWitness;
        public LedgerNode Node => node;

        public static async Task<Scene> OpenAsync()
        {
            var ledger = await TestLedger.OpenAsync();
            var witness = TestLedger.Witness(ledger.Folder);
            var houseWitness = new MoodyWitness(new(witness, TestLedger.Keys.Log.Origin));
            var node = await LedgerNode.OpenAsync(
                new(LedgerConnections.From(ledger.Connection), TestLedger.Keys),
                houseWitness,
                TimeProvider.System,
                ViewTables.Ddl,
                Stop
            );
            return new(ledger, witness, houseWitness, node);
        }

        public async ValueTask DisposeAsync()
        {
            await node.DisposeAsync();
            witness.Dispose();
            await ledger.DisposeAsync();
        }
    }

    sealed class MoodyWitness(HouseWitness houseWitness) : IHouseWitness
    {
        readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Fails { get; set; }

        public HouseWitnessAnswer? Answers { get; set; }

        public (ulong, Hash)? Seen { get; set; }

        /// <summary>Until it was asked and failed.</summary>
        public Task AskedAsync() => asked.Task;

        public string Vkey => houseWitness.Vkey;

        public Task<(ulong Size, Hash Root)?> LastAsync(CancellationToken stop) =>
            Seen is { } seen ? Task.FromResult<(ulong, Hash)?>(seen) : houseWitness.LastAsync(stop);

        public Task<CosignedHead?> NewestAsync(CancellationToken stop) => houseWitness.NewestAsync(stop);

        public Task<HouseWitnessAnswer> AdvanceAsync(
            ulong old,
            string checkpoint,
            IReadOnlyList<Hash> proof,
            CancellationToken stop
        )
        {
            if (Fails is { } error)
            {
                asked.TrySetResult();
                throw error;
            }
            return Answers is { } answer
                ? Task.FromResult(answer)
                : houseWitness.AdvanceAsync(old, checkpoint, proof, stop);
        }
    }
}
