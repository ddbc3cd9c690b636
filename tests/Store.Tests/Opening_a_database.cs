using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Postgres;
using Ledger.Store.Postgres.Schema;
using Ledger.Store.Witness;
using Npgsql;
using Projections;
using Support;

namespace Store.Tests;

public sealed class Opening_a_database
{
    [Fact]
    public async Task Of_another_form_is_refused_with_a_sentence()
    {
        await using var ledger = await TestLedger.BuildAsync();
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using (var change = owner.CreateCommand("update ledger.about set format = 99"))
            await change.ExecuteNonQueryAsync(CancellationToken.None);
        var error = await Assert.ThrowsAsync<OtherFormatException>(() => TestLedger.OpenAsync(ledger.Connection));
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Written_under_another_key_is_refused()
    {
        await using var ledger = await TestLedger.BuildAsync();
        using var witness = TestLedger.Witness(ledger.Folder);
        await Assert.ThrowsAsync<OtherKeyException>(() =>
            LedgerNode.OpenAsync(
                new(LedgerConnections.From(ledger.Connection), TestLedger.KeysOf(new Handles(new byte[32]))),
                new HouseWitness(witness, TestLedger.Keys.Log.Origin),
                TimeProvider.System,
                ViewTables.Ddl,
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task Whose_event_tables_are_not_those_the_lane_writes_is_refused()
    {
        await using var ledger = await TestLedger.BuildAsync();
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using (var change = owner.CreateCommand("alter table ledger.mt_events add column surprise text"))
            await change.ExecuteNonQueryAsync(CancellationToken.None);
        var error = await Assert.ThrowsAsync<OtherSchemaException>(() => TestLedger.OpenAsync(ledger.Connection));
        Assert.Contains(SchemaStep.MartenFingerprint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_time_finds_everything_and_changes_nothing()
    {
        await using var first = await TestLedger.BuildAsync();
        await using var again = await TestLedger.OpenAsync(first.Connection);
        Assert.Empty(await again.Tables.PrepareAsync(CancellationToken.None));
    }

    /// <summary>Marten's own step takes away indexes that it does not know; ours stand again behind it.</summary>
    [Fact]
    public async Task That_an_older_build_made_is_brought_to_this_ones_schema()
    {
        await using var first = await TestLedger.BuildAsync();
        await using var owner = DatabaseServer.Source(first.Connection);
        foreach (
            var older in (string[])
                [
                    "update ledger.about set fingerprint = 'older'",
                    "drop index ledger.own_stream_by_id, ledger.own_stream_by_time; update ledger.about set fingerprint = 'older'",
                ]
        )
        {
            await using (var change = owner.CreateCommand(older))
                await change.ExecuteNonQueryAsync(CancellationToken.None);
            await using var again = await TestLedger.OpenAsync(first.Connection);
            await using var count = owner.CreateCommand(
                "select count(*) from pg_indexes where indexname like 'own_stream_by_%'"
            );
            Assert.Equal(2L, await count.ExecuteScalarAsync(CancellationToken.None));
        }
    }

    /// <summary>As 179ed00 left it: the service may change what it memorises, and a run of the map builder that was cut
    /// off has left rows that say less than was logged.</summary>
    [Fact]
    public async Task That_gave_the_service_more_rights_takes_them_back_and_rewrites_nothing()
    {
        await using var first = await TestLedger.BuildAsync();
        var maps = new Ledger.Store.Mapping.HeadMapBuilder(first.Node);
        Assert.NotNull(await maps.BuildAsync(CancellationToken.None));
        await first.OpenMarketAsync("MK-510104-0001");
        await using var owner = DatabaseServer.Source(first.Connection);
        const string Rows =
            "select md5(string_agg(r, ',' order by r)) from (select l::text r from proof.leaf l union all select e::text from ledger.mt_events e union all select h::text from proof.head h union all select m::text from proof.map m union all select b::text from proof.map_bucket b union all select g::text from ledger.guard g) a";
        var before = await ScalarAsync(owner, Rows);
        await ScalarAsync(
            owner,
            """
            drop trigger only_adds on proof.map; drop trigger only_adds_all on proof.map;
            drop trigger only_superseded on proof.map; drop trigger only_adds on proof.map_bucket;
            drop trigger only_adds_all on proof.map_bucket; drop trigger only_superseded on proof.map_bucket;
            drop trigger only_larger on proof.cosigner; drop trigger only_adds on proof.cosigner;
            drop trigger only_adds_all on proof.cosigner; drop trigger keeps on ledger.guard;
            drop trigger keeps_all on ledger.guard; drop function proof.forget_maps(), proof.oldest_kept_map(),
                proof.newest_map(), proof.newest_maps(int), proof.only_superseded(), proof.only_larger(),
                proof.guard_keeps();
            grant update, delete on proof.cosigner, proof.map, proof.map_bucket, ledger.guard to ledger_app;
            grant update on ledger.mt_streams to ledger_app;
            insert into proof.map select key, (select max(size) from proof.head), 1, leaf_hash, 0 from proof.map;
            update ledger.about set fingerprint = '179ed00'
            """
        );
        await using var again = await TestLedger.OpenAsync(first.Connection);
        Assert.Equal(before, await ScalarAsync(owner, Rows));
        foreach (
            var refused in (string[])
                [
                    "delete from proof.map",
                    "update proof.map_bucket set root = root",
                    "update ledger.guard set key = key",
                ]
        )
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(again.Database.Source, refused));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
        Assert.NotNull(await new Ledger.Store.Mapping.HeadMapBuilder(again.Node).BuildAsync(CancellationToken.None));
    }

    static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Two_nodes_at_once_make_one_schema()
    {
        var connection = await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        var nodes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestLedger.OpenAsync(connection)))
        );
        Assert.Equal(4, nodes.Length);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task An_event_of_a_later_version_stops_the_reader_by_name()
    {
        await using var ledger = await TestLedger.BuildAsync();
        var item = Guid.Parse("019b0000-0000-7000-8000-000000000009");
        var named = TestLedger.Name("serial:HAIER/1");
        await ledger.RecordAsync(new Ledger.Goods.RegisterItem(item, "appliance", [named]), item, "r");
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using (
            var change = owner.CreateCommand(
                "alter table ledger.mt_events disable trigger all; update ledger.mt_events set type = 'item-teleported.v1'"
            )
        )
            await change.ExecuteNonQueryAsync(CancellationToken.None);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ledger.Reader.StreamAsync(item, CancellationToken.None)
        );
        Assert.Contains("item-teleported.v1", error.Message, StringComparison.Ordinal);
    }
}
