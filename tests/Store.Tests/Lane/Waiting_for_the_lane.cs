using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Lane;
using Npgsql;
using Support;

namespace Store.Tests.Lane;

/// <summary>What was read must be newer than the lock (operations.md §3, step 1).</summary>
public sealed class Waiting_for_the_lane
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task sees_the_key_that_was_committed_while_it_waited()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var command = Deeds.Registration("a");
        var subjects = await ledger.Door.Vault.OpenAsync([], Stop);
        var leaf = new Sealer(TestLedger.Keys).Seal(command, new(), subjects, ledger.Pipeline.Now);

        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using var other = await owner.OpenConnectionAsync(Stop);
        await using var transaction = await other.BeginTransactionAsync(Stop);
        await using (var take = new NpgsqlCommand("select id from proof.lane where id = 0 for update", other))
            await take.ExecuteNonQueryAsync(Stop);
        var waiting = ledger.Node.Lane.WriteAsync([leaf], patient: true, Stop);
        await UntilSomebodyWaitsAsync(owner);
        await CommitAsOtherNodeAsync(ledger, other, leaf.Events[0], command.Hash);
        await transaction.CommitAsync(Stop);

        var known = Assert.IsType<WriteOutcome.Known>(Assert.Single(await waiting));
        Assert.Equal((command.Appends[0].Stream, 1L), (known.Stream, known.Version));
        Assert.Null(ledger.Node.State.Broken);
    }

    static async Task UntilSomebodyWaitsAsync(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand(
            "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())"
        );
        while (await command.ExecuteScalarAsync(Stop) is not true) { }
    }

    /// <summary>The rows that another node's lane writes of one event.</summary>
    static async Task CommitAsOtherNodeAsync(TestLedger ledger, NpgsqlConnection held, SealedEvent e, CommandHash hash)
    {
        var size = await ledger.Node.Tree.SizeAsync(Stop);
        var edge = (await ledger.Node.Tree.EdgeAsync(size, Stop)).Append([e.LeafHash], []);
        await using var write = new NpgsqlCommand(
            """
            with s as (insert into ledger.mt_streams (id, type, version) values (@stream, 'item', 1)),
                e as (insert into ledger.mt_events (seq_id, id, stream_id, version, data, type)
                    values (nextval('ledger.mt_events_sequence'), @id, @stream, 1, @data, 'item-registered.v1')),
                l as (insert into proof.leaf values (@size - 1, @id, @stream, 1, @cmd, @body, @hash))
            insert into proof.head values (@size, @size - 1, @root, @size, @mac, now())
            """,
            held
        );
        write.Parameters.AddWithValue("stream", e.Append.Stream);
        write.Parameters.AddWithValue("id", e.Id);
        write.Parameters.AddWithValue("data", NpgsqlTypes.NpgsqlDbType.Jsonb, e.Data);
        write.Parameters.AddWithValue("size", (long)edge.Size);
        write.Parameters.AddWithValue("cmd", hash.ToArray());
        write.Parameters.AddWithValue("body", e.Leaf);
        write.Parameters.AddWithValue("hash", e.LeafHash.ToArray());
        write.Parameters.AddWithValue("root", edge.Root().ToArray());
        write.Parameters.AddWithValue("mac", TestLedger.Keys.Log.Mac(edge.Size, edge.Root(), (long)edge.Size));
        await write.ExecuteNonQueryAsync(Stop);
    }
}
