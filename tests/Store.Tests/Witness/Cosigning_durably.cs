using System.Text;
using Ledger.Proof;
using Support;

namespace Store.Tests.Witness;

/// <summary>What a witness has answered it has stored before.</summary>
public sealed class Cosigning_durably : IDisposable
{
    static readonly NoteSigner Log = TestLedger.Keys.Log.Signer;

    readonly string folder = Directory.CreateTempSubdirectory("ledger-cosigning-").FullName;
    readonly Hash[] leaves = [.. Enumerable.Range(0, 40).Select(i => Merkle.LeafHash([(byte)i]))];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_read_by_another_handle_as_soon_as_it_is_answered()
    {
        using var witness = TestLedger.Witness(folder);
        var old = 0;
        foreach (var size in (int[])[1, 7, 8, 40])
        {
            var answer = await witness.AnswerAsync(Request(old, size), Stop);
            Assert.Equal(200, answer.Status);
            // As after a crash: nothing but the file is left.
            using var other = TestLedger.Witness(folder);
            var newest = (await other.NewestAsync(Log.Key.Name, Stop))!;
            Assert.Equal(((ulong)size, Root(size)), (newest.Size, newest.Root));
            Assert.EndsWith(answer.Body, newest.Note, StringComparison.Ordinal);
            Assert.Equal(409, (await other.AnswerAsync(Request(old, size), Stop)).Status);
            old = size;
        }
    }

    [Fact]
    public async Task Lets_one_of_two_histories_through_whoever_asks_at_once()
    {
        using var one = TestLedger.Witness(folder);
        using var two = TestLedger.Witness(folder);
        var forks = Enumerable.Range(0, 16).Select(i => Note(5, Merkle.LeafHash([(byte)(100 + i)]))).ToArray();
        var answers = await Task.WhenAll(
            forks.Select(
                (note, i) => Task.Run(() => (i % 2 == 0 ? one : two).AnswerAsync(Body(new(0, [], note)), Stop), Stop)
            )
        );
        var won = Array.FindIndex(answers, a => a.Status == 200);
        Assert.Equal([won], Enumerable.Range(0, 16).Where(i => answers[i].Status == 200));
        Assert.All(answers.Where((_, i) => i != won), a => Assert.Equal(409, a.Status));
        Assert.StartsWith(forks[won], (await two.NewestAsync(Log.Key.Name, Stop))!.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_answered_where_it_cannot_be_stored()
    {
        var witness = TestLedger.Witness(folder);
        witness.Dispose();
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => witness.AnswerAsync(Request(0, 3), Stop));
        using var other = TestLedger.Witness(folder);
        Assert.Null(await other.NewestAsync(Log.Key.Name, Stop));
    }

    Hash Root(int size) => Merkle.Root(leaves.AsSpan(0, size));

    static string Note(int size, in Hash root) => Log.Sign(new Checkpoint(Log.Key.Name, (ulong)size, root).Body);

    byte[] Request(int old, int size) => Body(new((ulong)old, [.. Proof(old, size)], Note(size, Root(size))));

    static byte[] Body(AddCheckpoint request) => Encoding.UTF8.GetBytes(request.Body);

    /// <summary>The tiles of so small a tree are one, not full yet.</summary>
    Hash[] Proof(int old, int size)
    {
        var tile = new Tile();
        for (var i = 0; i < size; i++)
            tile.Put(i, leaves[i]);
        return old == 0 ? [] : ProofPlan.Consistency((ulong)old, (ulong)size).Resolve(_ => tile);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
