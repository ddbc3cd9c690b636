using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Mapping;
using Support;

namespace Store.Tests.Mapping;

/// <summary>The head map is built on rows that were checked: whatever a superuser does to them with the triggers off,
/// no map is signed over it.</summary>
public sealed class Mapping_what_somebody_changed
{
    static readonly CancellationToken Stop = CancellationToken.None;

    /// <summary>The rows of the item that goes on, as <c>$key</c> and <c>$bucket</c>.</summary>
    public static TheoryData<string> Lies =>
        [
            "delete from proof.map",
            "delete from proof.map where key = $key",
            "delete from proof.map where key = $key and t = (select max(t) from proof.map where key = $key)",
            "update proof.map set n = n - 1 where key = $key",
            "update proof.map set idx = idx - 1 where key = $key",
            "insert into proof.map select set_byte(key, 31, 255 - get_byte(key, 31)), t, n, leaf_hash, idx from proof.map where key = $key",
            "delete from proof.map_bucket",
            "delete from proof.map_bucket where bucket = $bucket",
            "update proof.map_bucket set root = sha256('x') where bucket = $bucket",
            // Set back, and fitting each other.
            """
                delete from proof.map where key = $key and t = (select max(t) from proof.map where key = $key);
                delete from proof.map_bucket where bucket = $bucket
                    and t = (select max(t) from proof.map_bucket where bucket = $bucket)
                """,
            // An older map is said to be the last one.
            "update ledger.mt_events set type = 'log-key.v1' where id = $last",
            "update proof.leaf set event_id = gen_random_uuid() where event_id = $last",
            "update ledger.mt_events set type = 'log-key.v1' where type = 'head-map.v1'",
            // What the leaves behind it say, and the tree under them.
            "update proof.leaf set body = (select body from proof.leaf where idx = 1) where idx = (select max(idx) from proof.leaf)",
            "update proof.leaf set hash = sha256('x') where idx = 2",
            "update proof.head set mac = sha256('x') where size = (select max(size) from proof.head)",
        ];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Forks_the_log_before_anything_is_signed(string lie)
    {
        await using var ledger = await MappedAsync();
        Assert.IsType<WriteOutcome.Appended>(Assert.Single(await ledger.WriteAsync(Mapped.Grade("after", "r1", 5))));
        await ChangeAsync(ledger, lie);
        var maps = await CountAsync(ledger);
        await Assert.ThrowsAsync<BrokenLogException>(() => new HeadMapBuilder(ledger.Node).BuildAsync(Stop));
        Assert.Equal(LogFault.Forked, ledger.Node.State.Broken?.Fault);
        Assert.Equal(maps, await CountAsync(ledger));
        Assert.IsType<WriteOutcome.Refused>(Assert.Single(await ledger.WriteAsync(Mapped.Grade("later", "r2", 1))));
    }

    /// <summary>What a builder has in memory is right: rows that were changed under it do not fit it either.</summary>
    [Fact]
    public async Task Forks_the_log_for_a_builder_that_remembers_too()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var builder = new HeadMapBuilder(ledger.Node);
        await MapAsync(ledger, builder);
        await ChangeAsync(ledger, "delete from proof.map where key = $key");
        await ledger.WriteAsync(Mapped.Grade("after", "r1", 5));
        await Assert.ThrowsAsync<BrokenLogException>(() => builder.BuildAsync(Stop));
        Assert.Equal(LogFault.Forked, ledger.Node.State.Broken?.Fault);
    }

    [Fact]
    public async Task Forks_the_log_where_an_identifier_was_bound_to_a_second_thing()
    {
        await using var ledger = await MappedAsync();
        await ledger.WriteAsync(Mapped.Register("twin", "r1"));
        var error = await Assert.ThrowsAsync<BrokenLogException>(() =>
            new HeadMapBuilder(ledger.Node).BuildAsync(Stop)
        );
        Assert.Contains(TestLedger.Name("serial:HAIER/r1").Handle, error.Message, StringComparison.Ordinal);
        Assert.Equal(LogFault.Forked, ledger.Node.State.Broken?.Fault);
    }

    /// <summary>Both within one map: the head map has known neither.</summary>
    [Fact]
    public async Task Forks_the_log_where_two_things_bound_one_identifier_since_the_last_map()
    {
        await using var ledger = await MappedAsync();
        await ledger.WriteAsync(Mapped.Register("new"), Mapped.Register("twin", "new"));
        await Assert.ThrowsAsync<BrokenLogException>(() => new HeadMapBuilder(ledger.Node).BuildAsync(Stop));
    }

    [Fact]
    public async Task Goes_on_where_a_thing_binds_its_own_identifier_again()
    {
        await using var ledger = await MappedAsync();
        await ledger.WriteAsync(Mapped.Bind("again", "r1", 5));
        Assert.NotNull(await new HeadMapBuilder(ledger.Node).BuildAsync(Stop));
        await ledger.WriteAsync(Mapped.Bind("once-more", "r1", 6));
        Assert.NotNull(await new HeadMapBuilder(ledger.Node).BuildAsync(Stop));
    }

    /// <summary>Rows that a run leaves behind before its event are true; the next one finds them there.</summary>
    [Fact]
    public async Task Goes_on_over_rows_that_a_run_left_behind_before_its_event()
    {
        await using var ledger = await MappedAsync();
        await ledger.WriteAsync(Mapped.Grade("g", "r1", 5));
        // The log takes no map: the run ends behind its rows.
        await ChangeAsync(
            ledger,
            """
            create or replace function proof.no() returns trigger language plpgsql as $f$
                begin raise exception 'the disk is full'; end $f$;
            create trigger no before insert on ledger.mt_events for each row when (new.type = 'head-map.v1')
                execute function proof.no()
            """
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() => new HeadMapBuilder(ledger.Node).BuildAsync(Stop));
        await ChangeAsync(ledger, "drop trigger no on ledger.mt_events");
        Assert.True(ledger.Node.State.IsGood);
        Assert.NotNull(await new HeadMapBuilder(ledger.Node).BuildAsync(Stop));
    }

    /// <summary>What the newest maps do not know of is absent, and not a lie.</summary>
    [Theory]
    [InlineData("delete from proof.map where key = $key")]
    [InlineData("update proof.map set n = n - 1 where key = $key")]
    [InlineData("delete from proof.map_bucket where bucket = $bucket")]
    public async Task Proves_nothing_from_rows_that_are_not_the_map_s(string lie)
    {
        await using var ledger = await MappedAsync();
        var reader = new HeadMapReader(ledger.Database);
        var map = (await reader.LastAsync(Stop))!;
        var key = Hash.Read(TestLedger.Handles.OfStream(Mapped.Item("r1")));
        Assert.Equal(5UL, (await reader.MemberAsync(key, map, Stop))!.Entry.N);
        await ChangeAsync(ledger, lie);
        await Assert.ThrowsAsync<BrokenLogException>(() =>
            new HeadMapReader(ledger.Database).MemberAsync(key, map, Stop)
        );
    }

    static async Task<TestLedger> MappedAsync()
    {
        var ledger = await TestLedger.OpenAsync();
        await MapAsync(ledger, new(ledger.Node));
        return ledger;
    }

    /// <summary>One item in three maps, two of which it has changed.</summary>
    static async Task MapAsync(TestLedger ledger, HeadMapBuilder builder)
    {
        await ledger.WriteAsync(Mapped.Register("r1"), Mapped.Register("r2"), Mapped.Register("r3"));
        await ledger.WriteAsync(Mapped.Grade("g1", "r1", 1));
        Assert.NotNull(await builder.BuildAsync(Stop));
        await ledger.WriteAsync(Mapped.Grade("g2", "r1", 2), Mapped.Grade("g3", "r1", 3));
        Assert.NotNull(await builder.BuildAsync(Stop));
        await ledger.WriteAsync(Mapped.Grade("g4", "r1", 4));
        Assert.NotNull(await builder.BuildAsync(Stop));
    }

    static async Task<long> CountAsync(TestLedger ledger)
    {
        await using var source = DatabaseServer.Source(ledger.Connection);
        await using var command = source.CreateCommand(
            "select count(*) from proof.leaf where stream_id = $1 and n > 0"
        );
        command.Parameters.AddWithValue(LoggedMap.StreamIn(ledger.Database));
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    static async Task ChangeAsync(TestLedger ledger, string sql)
    {
        var key = TestLedger.Handles.OfStream(Mapped.Item("r1"));
        await Tampering.AsOwnerAsync(
            ledger.Connection,
            sql.Replace("$key", $@"'\x{Convert.ToHexStringLower(key)}'::bytea", StringComparison.Ordinal)
                .Replace("$bucket", $"{HeadMapEntry.BucketOf(Hash.Read(key))}", StringComparison.Ordinal)
                .Replace(
                    "$last",
                    "(select id from ledger.mt_events where type = 'head-map.v1' order by seq_id desc limit 1)",
                    StringComparison.Ordinal
                )
        );
    }
}
