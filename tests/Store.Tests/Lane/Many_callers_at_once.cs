using Ledger.Pipeline;
using Support;

namespace Store.Tests.Lane;

/// <summary>Callers at many desks, some in conflict, some repeating what they said (operations.md §2).</summary>
[TakesLong]
public sealed class Many_callers_at_once
{
    [Fact]
    public async Task are_each_answered_with_a_receipt_that_verifies_offline()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var (first, then) = Deeds.Of(10_000, seed: 20_250_101);
        var answers = await Deeds.DoAsync(first, callers: 64, ledger);
        answers = [.. answers, .. await Deeds.DoAsync(then, callers: 64, ledger)];
        await HoldAsync(answers, ledger);
    }

    [Fact]
    public async Task on_two_nodes_of_one_database_make_one_log()
    {
        await using var one = await TestLedger.OpenAsync();
        await using var two = await TestLedger.OpenAsync(one.Connection, one.Folder);
        var (first, then) = Deeds.Of(3_000, seed: 7);
        var answers = await Deeds.DoAsync(first, callers: 32, one, two);
        answers = [.. answers, .. await Deeds.DoAsync(then, callers: 32, one, two)];
        await HoldAsync(answers, one, two);
    }

    static async Task HoldAsync((Deed Deed, Answer Answer)[] answers, params TestLedger[] nodes)
    {
        Assert.All(answers, a => Assert.Equal(Expectation(a.Deed), Code(a.Answer)));
        var leaves = await TheLog.HoldsTogetherAsync(nodes[0]);
        Assert.All(nodes, n => Assert.Null(n.Node.State.Broken));
        // Leaf 0 is the registration of the operator's key.
        var recorded = answers.Where(a => a.Answer is Answer.Accepted).ToList();
        Assert.Equal(
            recorded.SelectMany(a => ((Answer.Accepted)a.Answer).EventIds).Distinct().Order(),
            leaves.Skip(1).Select(l => l.EventId).Order()
        );
        // A repeat is answered with the events of the first one, whichever came first.
        Assert.All(
            recorded.GroupBy(a => a.Deed.Key),
            g => Assert.Single(g.Select(a => string.Join(' ', ((Answer.Accepted)a.Answer).EventIds)).Distinct())
        );
        var verifier = new OfflineVerifier();
        foreach (var (_, answer) in recorded)
        {
            var receipt = await nodes[0].Node.Receipts.OfAsync((Answer.Accepted)answer, true, CancellationToken.None);
            Assert.Equal(((Answer.Accepted)answer).EventIds, receipt!.Entries.Select(e => e.EventId));
            verifier.Verify(receipt);
        }
    }

    static string Expectation(Deed deed) =>
        deed.Expected switch
        {
            Expected.StaleVersion => "stale-version",
            Expected.ItemExists => "item-exists",
            _ => "recorded",
        };

    static string Code(Answer answer) =>
        answer is Answer.Refused { Refusals: [var refusal, ..] } ? refusal.Code : "recorded";
}
