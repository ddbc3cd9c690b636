using Ledger.Pipeline;
using Npgsql;
using Support;

namespace Store.Tests.Lane;

/// <summary>The server ends the lane's session at moments that nobody chose (operations.md §2).</summary>
[TakesLong]
public sealed class Losing_the_connection_in_a_commit
{
    const int Kills = 60;

    [Fact]
    public async Task loses_nothing_and_records_nothing_twice()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var (first, then) = Deeds.Of(2_000, seed: 11);
        await Deeds.DoAsync(first, callers: 16, ledger);
        using var killing = new CancellationTokenSource();
        var killer = KillAsync(ledger, killing.Token);
        var next = -1;
        var acknowledged = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var mine = new List<Answer.Accepted>();
                        for (int i; (i = Interlocked.Increment(ref next)) < then.Length; )
                            if (await InsistAsync(ledger, then[i]) is { } answer)
                                mine.Add(answer);
                        return mine;
                    })
                )
        );
        await killing.CancelAsync();
        // How often depends on how fast the machine is; that it happened does not.
        Assert.True(await killer > 0);

        var leaves = await TheLog.HoldsTogetherAsync(ledger);
        Assert.Equal(
            acknowledged.SelectMany(a => a).SelectMany(a => a.EventIds).Distinct().Order(),
            leaves.Skip(1 + first.Length).Select(l => l.EventId).Concat(Registered(acknowledged, leaves)).Order()
        );
        var verifier = new OfflineVerifier();
        foreach (var answer in acknowledged.SelectMany(a => a))
            verifier.Verify((await ledger.Node.Receipts.OfAsync(answer, true, CancellationToken.None))!);
    }

    [Fact]
    public async Task before_it_was_durable_says_that_nothing_was_written()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using var other = await owner.OpenConnectionAsync(Stop);
        await using var transaction = await other.BeginTransactionAsync(Stop);
        // Lets the lane read, and holds its first insert.
        await using (var hold = new NpgsqlCommand("lock table proof.leaf in exclusive mode", other))
            await hold.ExecuteNonQueryAsync(Stop);
        var deed = Deeds.Of(100, seed: 1).First[0];
        var writing = ledger.Pipeline.RecordAsync(deed.Request, Stop);
        await using (
            var end = owner.CreateCommand(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            )
        )
            while (await end.ExecuteScalarAsync(Stop) is 0L) { }
        await transaction.CommitAsync(Stop);

        var refused = Assert.IsType<Answer.Refused>(await writing);
        Assert.Equal("unavailable", Assert.Single(refused.Refusals).Code);
        Assert.Single(await TheLog.HoldsTogetherAsync(ledger));
        Assert.IsType<Answer.Accepted>(await ledger.Pipeline.RecordAsync(deed.Request, Stop));
    }

    [Fact]
    public async Task after_it_was_durable_is_answered_with_a_receipt_all_the_same()
    {
        var connection = await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        using var proxy = new LossyProxy(connection);
        await using var ledger = await TestLedger.OpenAsync(proxy.Connection);
        var deeds = Deeds.Of(100, seed: 1).First;
        Assert.IsType<Answer.Accepted>(await ledger.Pipeline.RecordAsync(deeds[0].Request, Stop));
        proxy.LoseNext();
        var answer = Assert.IsType<Answer.Accepted>(await ledger.Pipeline.RecordAsync(deeds[1].Request, Stop));
        // No later command comes that would carry the house witness along.
        new OfflineVerifier().Verify((await ledger.Node.Receipts.OfAsync(answer, true, Stop))!);
        Assert.Equal(3, (await TheLog.HoldsTogetherAsync(ledger)).Count);
    }

    static readonly CancellationToken Stop = CancellationToken.None;

    /// <summary>Those of the registrations that were repeated.</summary>
    static IEnumerable<Guid> Registered(List<Answer.Accepted>[] answers, IReadOnlyList<StoredLeaf> leaves)
    {
        var said = answers.SelectMany(a => a).SelectMany(a => a.EventIds).ToHashSet();
        return leaves.Where(l => l.N == 1 && said.Contains(l.EventId)).Select(l => l.EventId);
    }

    /// <summary>The same key until there is an answer; a domain's refusal is one.</summary>
    static async Task<Answer.Accepted?> InsistAsync(TestLedger ledger, Deed deed)
    {
        while (true)
            switch (await ledger.Pipeline.RecordAsync(deed.Request, CancellationToken.None))
            {
                case Answer.Accepted recorded:
                    return recorded;
                case Answer.Refused { Refusals: [{ Code: "unavailable" or "outcome-unknown" or "too-contended" }] }:
                    break;
                case Answer.Refused { Refusals: [{ Code: var code }, ..] }:
                    Assert.Contains(deed.Expected, (Expected[])[Expected.StaleVersion, Expected.ItemExists]);
                    Assert.Contains(code, (string[])["stale-version", "item-exists"]);
                    return null;
            }
    }

    /// <summary>Ends whoever holds the lane, again and again; how often.</summary>
    static async Task<int> KillAsync(TestLedger ledger, CancellationToken stop)
    {
        var random = new Random(3);
        var killed = 0;
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using var connection = await owner.OpenConnectionAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested && killed < Kills)
        {
            await using var command = new NpgsqlCommand(
                """
                select pg_sleep($1), (select count(*) from (select pg_terminate_backend(pid) from pg_locks
                    where relation = 'proof.lane'::regclass and granted and pid <> pg_backend_pid()) k)
                """,
                connection
            );
            command.Parameters.AddWithValue(random.NextDouble() / 20);
            await using var rows = await command.ExecuteReaderAsync(CancellationToken.None);
            await rows.ReadAsync(CancellationToken.None);
            killed += (int)rows.GetInt64(1);
        }
        return killed;
    }
}
