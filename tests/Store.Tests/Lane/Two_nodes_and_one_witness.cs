using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Witness;
using Projections;
using Support;

namespace Store.Tests.Lane;

/// <summary>The house witness is told by whichever node comes first, not by the one that committed first.</summary>
public sealed class Two_nodes_and_one_witness
{
    [Fact]
    public async Task go_on_where_the_later_batch_reaches_the_house_witness_before_the_earlier()
    {
        await using var late = await TestLedger.OpenAsync();
        using var witness = TestLedger.Witness(late.Folder);
        var slow = new SlowWitness(new(witness, TestLedger.Keys.Log.Origin));
        await using var early = await LedgerNode.OpenAsync(
            new(LedgerConnections.From(late.Connection), TestLedger.Keys),
            slow,
            TimeProvider.System,
            ViewTables.Ddl,
            CancellationToken.None
        );
        var first = Deeds.Registration("first");
        await late.WriteAsync(first);
        // More than a tile, so that what lies between is on no edge of the other node.
        DecidedCommand[] many = [.. Enumerable.Range(0, 300).Select(i => Deeds.Registration($"m{i}"))];
        var book = await early.Vault.OpenAsync([], Stop);
        var held = early.Door.WriteAsync(many, new(), book, patient: true, early.Pipeline.Now, Stop);
        await slow.Asked;
        while (await late.Node.Tree.SizeAsync(Stop) < 302) { }
        Assert.IsType<WriteOutcome.Appended>(Assert.Single(await late.WriteAsync(Deeds.Registration("later"))));

        slow.Go();
        Assert.All(await held, o => Assert.IsType<WriteOutcome.Appended>(o));
        Assert.Null(early.State.Broken);
        Assert.Equal(303, (await TheLog.HoldsTogetherAsync(late)).Count);
    }

    static readonly CancellationToken Stop = CancellationToken.None;

    /// <summary>A house witness that is far away: it hears of nothing before it is told to.</summary>
    sealed class SlowWitness(HouseWitness houseWitness) : IHouseWitness
    {
        readonly TaskCompletionSource asked = new(),
            go = new();

        public Task Asked => asked.Task;

        public void Go() => go.SetResult();

        public string Vkey => houseWitness.Vkey;

        public Task<(ulong Size, Hash Root)?> LastAsync(CancellationToken stop) => houseWitness.LastAsync(stop);

        public Task<CosignedHead?> NewestAsync(CancellationToken stop) => houseWitness.NewestAsync(stop);

        public async Task<HouseWitnessAnswer> AdvanceAsync(
            ulong old,
            string checkpoint,
            IReadOnlyList<Hash> proof,
            CancellationToken stop
        )
        {
            asked.TrySetResult();
            await go.Task;
            return await houseWitness.AdvanceAsync(old, checkpoint, proof, stop);
        }
    }
}
