using Ledger.Operations;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Mapping;
using Support;

namespace Store.Tests.Mapping;

public sealed class Mapping_the_heads
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Is_logged_as_what_a_replay_of_the_leaves_gives()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var builder = new HeadMapBuilder(ledger.Node);
        for (var round = 0; round < 5; round++)
        {
            await ledger.WriteAsync([.. Enumerable.Range(0, 40).Select(i => Mapped.Register($"r{round}-{i}"))]);
            await ledger.WriteAsync([
                .. Enumerable.Range(0, 20).Select(i => Mapped.Grade($"g{round}-{i}", $"r0-{i}", round + 1)),
            ]);
            Assert.NotNull(await builder.BuildAsync(Stop));
            var logged = (await MapsAsync(ledger, builder))[^1];
            var replayed = await ReplayAsync(ledger, logged.TreeSize);
            Assert.Equal(replayed.Root().ToBase64Url(), logged.MapRoot);
            Assert.Equal(replayed.Size, logged.MapSize);
        }
    }

    [Fact]
    public async Task Does_nothing_where_only_maps_were_logged_since()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var builder = new HeadMapBuilder(ledger.Node);
        Assert.NotNull(await builder.BuildAsync(Stop));
        Assert.Null(await builder.BuildAsync(Stop));
    }

    [Fact]
    public async Task Goes_on_by_another_node_after_a_run_that_was_cut_off()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Mapped.Register("a"));
        await new HeadMapBuilder(ledger.Node).BuildAsync(Stop);
        // What a run leaves behind that did not reach its event.
        await using (
            var left = ledger.Database.Source.CreateCommand(
                "insert into proof.map select key, 99, n + 7, leaf_hash, idx from proof.map"
            )
        )
            await left.ExecuteNonQueryAsync(Stop);
        await ledger.WriteAsync(Mapped.Register("b"));
        await using var other = await TestLedger.OpenAsync(ledger.Connection);
        var builder = new HeadMapBuilder(other.Node);
        await builder.BuildAsync(Stop);
        var logged = (await MapsAsync(other, builder))[^1];
        Assert.Equal((await ReplayAsync(other, logged.TreeSize)).Root().ToBase64Url(), logged.MapRoot);
    }

    [Fact]
    public async Task Proves_its_members_also_of_older_maps()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var builder = new HeadMapBuilder(ledger.Node);
        await ledger.WriteAsync([.. Enumerable.Range(0, 30).Select(i => Mapped.Register($"r{i}"))]);
        await builder.BuildAsync(Stop);
        await ledger.WriteAsync(Mapped.Grade("g", "r3", 1));
        await builder.BuildAsync(Stop);
        var maps = await LoggedAsync(ledger, builder);
        var key = Hash.Read(TestLedger.Handles.OfStream(Mapped.Item("r3")));
        var reader = new HeadMapReader(ledger.Database);
        foreach (var (map, n) in maps.Zip([1UL, 2UL]))
        {
            var member = (await reader.MemberAsync(key, map, Stop))!;
            Assert.Equal(n, member.Entry.N);
            Assert.Equal(map.Root, RootOf(member));
        }
        Assert.Null(await reader.MemberAsync(Hash.Of("nobody"u8), maps[1], Stop));
    }

    [Fact]
    public async Task Forgets_what_the_newest_three_maps_do_not_need()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var builder = new HeadMapBuilder(ledger.Node);
        await ledger.WriteAsync(Mapped.Register("r"));
        for (var version = 1; version <= 5; version++)
        {
            await ledger.WriteAsync(Mapped.Grade($"g{version}", "r", version));
            Assert.NotNull(await builder.BuildAsync(Stop));
        }
        var key = Hash.Read(TestLedger.Handles.OfStream(Mapped.Item("r")));
        var reader = new HeadMapReader(ledger.Database);
        var known = new List<ulong?>();
        foreach (var map in await LoggedAsync(ledger, builder))
            known.Add((await reader.MemberAsync(key, map, Stop))?.Entry.N);
        Assert.Equal([null, null, 4, 5, 6], known);
    }

    [Fact]
    public async Task Goes_on_from_its_last_map_whatever_else_stands_in_the_log_s_chain()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var builder = new HeadMapBuilder(ledger.Node);
        await ledger.WriteAsync(Mapped.Register("a"));
        await builder.BuildAsync(Stop);
        for (var version = 1; version <= 3; version++)
            Assert.IsType<WriteOutcome.Appended>(
                Assert.Single(
                    await ledger.WriteAsync(
                        new DecidedCommand("test", $"key{version}", TestLedger.Said($"key {version}"))
                        {
                            Expects = [new(builder.Stream, version)],
                            Appends =
                            [
                                new(
                                    builder.Stream,
                                    LogStreams.Log,
                                    new LogKeyChanged("k"),
                                    Mapped.Envelope($"key{version}")
                                ),
                            ],
                        }
                    )
                )
            );
        Assert.Null(await builder.BuildAsync(Stop));
        await ledger.WriteAsync(Mapped.Register("b"));
        Assert.NotNull(await builder.BuildAsync(Stop));
        var logged = (await MapsAsync(ledger, builder))[^1];
        var replayed = await ReplayAsync(ledger, logged.TreeSize);
        Assert.Equal(replayed.Root().ToBase64Url(), logged.MapRoot);
        Assert.Equal(replayed.Size, logged.MapSize);
    }

    static async Task<List<HeadMapped>> MapsAsync(TestLedger ledger, HeadMapBuilder builder) =>
        [.. (await ledger.Reader.StreamAsync(builder.Stream, Stop)).Select(e => e.Event).OfType<HeadMapped>()];

    static async Task<List<LoggedMap>> LoggedAsync(TestLedger ledger, HeadMapBuilder builder)
    {
        var logged = new List<LoggedMap>();
        foreach (var e in await ledger.Reader.StreamAsync(builder.Stream, Stop))
            if (e.Event is HeadMapped map)
                logged.Add(new(map.TreeSize, map.MapSize, Read(map.MapRoot), (ulong)e.LeafIndex!.Value));
        return logged;
    }

    static Hash Read(string root) => Hash.Read(System.Buffers.Text.Base64Url.DecodeFromChars(root));

    /// <summary>Up the path by hand: here each bucket holds one entry.</summary>
    static Hash RootOf(MappedKey member)
    {
        Assert.Equal((1, 0, 16), (member.BucketSize, member.Index, member.Path.Length));
        var bucketRoot = HeadMapEntry.BucketRoot([member.Entry]);
        var hash = Merkle.LeafHash(bucketRoot);
        for (var (i, bucket) = (0, member.Entry.Bucket); i < 16; i++, bucket /= 2)
            hash = bucket % 2 == 0 ? Merkle.NodeHash(hash, member.Path[i]) : Merkle.NodeHash(member.Path[i], hash);
        return hash;
    }

    static async Task<HeadMap> ReplayAsync(TestLedger ledger, long treeSize)
    {
        var map = new HeadMap();
        await using var command = ledger.Database.Source.CreateCommand(
            $"select idx, body from proof.leaf where idx < {treeSize} order by idx"
        );
        await using var rows = await command.ExecuteReaderAsync(Stop);
        while (await rows.ReadAsync(Stop))
        {
            Assert.True(Leaf.TryRead(rows.GetFieldValue<byte[]>(1), out var leaf, out _));
            map.Add(leaf!.Claims, leaf.LeafHash, (ulong)rows.GetInt64(0));
        }
        return map;
    }
}
