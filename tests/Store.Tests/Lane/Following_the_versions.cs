using Ledger.Goods;
using Npgsql;
using Support;

namespace Store.Tests.Lane;

/// <summary>The rows of Marten's streams follow the events, and leave no trail behind while a snapshot
/// stands.</summary>
public sealed class Following_the_versions
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task comes_to_what_the_log_says()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var item = await RepairedAsync(ledger, 3);
        await ComesToAsync(4, ledger, item);
    }

    [Fact]
    public async Task writes_no_row_twice_under_one_snapshot()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var item = await RepairedAsync(ledger, 1);
        await ComesToAsync(2, ledger, item);
        await using (var reader = new NpgsqlConnection($"{ledger.Connection};Pooling=false"))
        {
            await reader.OpenAsync(Stop);
            await using var open = new NpgsqlCommand(
                "begin isolation level repeatable read; select count(*) from proof.head",
                reader
            );
            await open.ExecuteScalarAsync(Stop);
            var seen = new HashSet<long>();
            for (var n = 2; n <= 6; n++)
            {
                await RepairAsync(ledger, item, n);
                await ledger.Node.StreamRows.TurnAsync(Stop);
                seen.Add(await VersionAsync(ledger, item));
            }
            // Once at most after the snapshot was taken.
            await using var end = new NpgsqlCommand("rollback", reader);
            await end.ExecuteNonQueryAsync(Stop);
            Assert.True(seen.Count <= 2 && seen.Max() < 7, string.Join(' ', seen));
        }
        await ComesToAsync(7, ledger, item);
    }

    [Fact]
    public async Task waits_for_a_transaction_of_another_database_of_the_server()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await using var neighbour = await TestLedger.OpenAsync();
        await using var busy = new NpgsqlConnection($"{neighbour.Connection};Pooling=false");
        await busy.OpenAsync(Stop);
        await using (var writes = new NpgsqlCommand("begin; select pg_current_xact_id()::text", busy))
            await writes.ExecuteScalarAsync(Stop);
        var item = await RepairedAsync(ledger, 2);
        await ledger.Node.StreamRows.CatchUpAsync(Stop);
        await RepairAsync(ledger, item, 3);
        await ledger.Node.StreamRows.TurnAsync(Stop);
        Assert.Equal(3, await VersionAsync(ledger, item));
        await using (var done = new NpgsqlCommand("rollback", busy))
            await done.ExecuteNonQueryAsync(Stop);
        await ComesToAsync(4, ledger, item);
    }

    [Fact]
    public async Task is_done_when_the_node_closes()
    {
        var ledger = await TestLedger.OpenAsync();
        var item = await RepairedAsync(ledger, 2);
        await ledger.DisposeAsync();
        Assert.Equal(3, await VersionAsync(ledger, item));
    }

    [Fact]
    public async Task is_done_when_the_node_closes_after_its_only_answer_was_lost()
    {
        await using var writer = await TestLedger.OpenAsync();
        var item = await RepairedAsync(writer, 1);
        using var proxy = new LossyProxy(writer.Connection);
        var other = await TestLedger.OpenAsync(proxy.Connection, writer.Folder);
        proxy.LoseNext();
        await RepairAsync(other, item, 2);
        Assert.NotEqual(3, await VersionAsync(writer, item));
        await other.DisposeAsync();
        Assert.Equal(3, await VersionAsync(writer, item));
    }

    [Fact]
    public async Task is_left_to_the_node_that_wrote()
    {
        var writer = await TestLedger.OpenAsync();
        var item = await RepairedAsync(writer, 2);
        var before = await VersionAsync(writer, item);
        await (await TestLedger.OpenAsync(writer.Connection, writer.Folder)).DisposeAsync();
        Assert.Equal(before, await VersionAsync(writer, item));
        await writer.DisposeAsync();
        Assert.Equal(3, await VersionAsync(writer, item));
    }

    /// <summary>Turn by turn: a turn waits for every snapshot that is older than its last rows, and a transaction of
    /// another database of this server, of a neighbouring test, makes each new snapshot that old.</summary>
    static Task ComesToAsync(long version, TestLedger ledger, Guid item) =>
        Patience.UntilAsync(async () =>
        {
            await ledger.Node.StreamRows.TurnAsync(Stop);
            return await VersionAsync(ledger, item) == version;
        });

    static async Task<Guid> RepairedAsync(TestLedger ledger, int times)
    {
        var registration = Deeds.Registration("car");
        await ledger.WriteAsync(registration);
        var item = registration.Appends[0].Stream;
        for (var i = 1; i <= times; i++)
            await RepairAsync(ledger, item, i);
        return item;
    }

    static Task RepairAsync(TestLedger ledger, Guid item, int n) =>
        ledger.RecordAsync(new RecordRepair(null, RepairOutcome.Fixed, null, null, null), item, $"repair {n}");

    static async Task<long> VersionAsync(TestLedger ledger, Guid item)
    {
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using var command = owner.CreateCommand("select version from ledger.mt_streams where id = $1");
        command.Parameters.AddWithValue(item);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
