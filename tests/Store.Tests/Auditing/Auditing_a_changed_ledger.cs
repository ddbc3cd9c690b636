using Ledger.Operations;
using Ledger.Store.Auditing;
using Support;
using static Ledger.Store.Auditing.FindingKinds;

namespace Store.Tests.Auditing;

/// <summary>Whoever owns the database can change each value in it; the audit names the place.</summary>
[TakesLong]
public sealed class Auditing_a_changed_ledger
{
    static readonly CancellationToken Stop = CancellationToken.None;

    /// <summary>What is done, and what the audit says: each kind with its place in the log.</summary>
    public static TheoryData<string, string, string> Changes =>
        new()
        {
            { "the event's data", Event(100, "data = jsonb_set(data, '{askFen}', '999')"), "event-differs@100" },
            { "the event's identifier", Event(5, "data = jsonb_set(data, '{make}', '\"BMW\"')"), "event-differs@5" },
            {
                "the event's header",
                Event(300, "headers = jsonb_set(headers, '{env,role}', '\"CLK\"')"),
                "event-differs@300"
            },
            {
                "when the event happened",
                Event(301, "headers = jsonb_set(headers, '{env,occurredAt}', '\"2025-01-05T00:00:00.000Z\"')"),
                "event-differs@301"
            },
            { "the event's type", Event(100, "type = 'item-graded.v1'"), "event-differs@100" },
            { "what can no longer be read", Event(100, "data = '[]'"), "event-differs@100" },
            {
                "when the event was recorded",
                Event(100, "timestamp = timestamp - interval '1 day'"),
                "event-differs@100"
            },
            { "the event's id", Event(100, "id = gen_random_uuid()"), "event-differs@100 event-without-leaf@" },
            { "an archived event", Event(100, "is_archived = true"), "event-differs@100" },
            {
                "the leaf's bytes",
                "update proof.leaf set body = set_byte(body, 200, get_byte(body, 200) # 1) where idx = 200",
                "leaf-hash@200"
            },
            { "the leaf's hash", "update proof.leaf set hash = sha256('x') where idx = 200", "leaf-hash@200 chain@" },
            {
                "the newest leaf's hash",
                "update proof.leaf set hash = sha256('x') where idx = (select max(idx) from proof.leaf)",
                "leaf-hash@LAST head@LAST forked@LAST"
            },
            {
                "bytes and hash of a leaf",
                "update proof.leaf set body = set_byte(body, 200, get_byte(body, 200) # 1) where idx = 200; update proof.leaf set hash = sha256('\\x00'::bytea || body) where idx = 200",
                "tile@200 head@"
            },
            {
                "a tile",
                "update proof.tile set hashes = set_byte(hashes, 32 * 17, get_byte(hashes, 32 * 17) # 1) where n = 1",
                "tile@273"
            },
            { "a tile's root", "update proof.tile set root = sha256('x') where n = 1", "tile@256" },
            { "a tile that is gone", "delete from proof.tile where n = 0", "tile@0" },
            {
                "a tile too many",
                "insert into proof.tile select 0, 9, hashes, root from proof.tile where n = 0",
                "tile@"
            },
            { "a head's root", Head("root = sha256('x')"), "head@" },
            { "a head's mac", Head("mac = sha256('x')"), "head@" },
            { "a head's place in the store", Head("seq = seq + 1"), "head@" },
            {
                "a head that is gone",
                "delete from proof.head where size = (select min(size) from proof.head where size > 100)",
                "head@"
            },
            {
                "the newest head's mac",
                "update proof.head set mac = sha256('x') where size = (select max(size) from proof.head)",
                "head@LAST forked@LAST"
            },
            {
                "the newest head that is gone",
                "delete from proof.head where size = (select max(size) from proof.head)",
                "head@LAST rolled-back@LAST"
            },
            { "a leaf that is gone", "delete from proof.leaf where idx = 77", "leaf-missing@77 event-without-leaf@" },
            {
                "an event that is gone",
                "delete from ledger.mt_events where id = (select event_id from proof.leaf where idx = 77)",
                "leaf-without-event@77"
            },
            {
                "a stream that is gone",
                $"delete from ledger.mt_streams where id = '{AuditedCopy.Item(3)}'",
                "leaf-without-event@ chain@ view@"
            },
            {
                "a stream's version",
                $"update ledger.mt_streams set version = 9 where id = '{AuditedCopy.Item(3)}'",
                "chain@"
            },
            {
                "a stream's version that was set back",
                $"update ledger.mt_streams set version = 1 where id = '{AuditedCopy.Item(3)}'",
                "chain@"
            },
            { "two leaves that changed places", Swap, "tile@40 tile@41" },
            {
                "an event without a leaf",
                $"insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, timestamp, mt_dotnet_type, is_archived, headers) select 100000, gen_random_uuid(), stream_id, 50, data, type, tenant_id, timestamp, mt_dotnet_type, is_archived, headers from ledger.mt_events where stream_id = '{AuditedCopy.Item(3)}' and version = 2",
                "event-without-leaf@"
            },
            {
                "a published checkpoint that never was",
                "insert into proof.checkpoint select size, root, 'nothing', now() from proof.head where size = (select max(size) from proof.head)",
                "checkpoint@LAST"
            },
            { "the name of the log", "update proof.lane set origin = 'elsewhere'", "head@" },
            {
                "a row of a view",
                "update ledger.listings_g1 set ask_fen = 1 where stream = (select stream from ledger.listings_g1 limit 1)",
                "view@"
            },
            {
                "a row of a view that is gone",
                "delete from ledger.listings_g1 where stream = (select stream from ledger.listings_g1 limit 1)",
                "view@"
            },
            {
                "a disclosure",
                "update vault.disclosure set ct = set_byte(ct, 20, get_byte(ct, 20) # 1) where digest = (select digest from vault.disclosure limit 1)",
                "disclosure@"
            },
            {
                "the word of an erased subject",
                "update vault.subject_key set wrapped = null where subject_id = (select subject_id from vault.disclosure limit 1)",
                "disclosure@"
            },
            {
                "a key of a generation that ended",
                "update vault.subject_key set kek_generation = -2 where subject_id = (select subject_id from vault.disclosure limit 1)",
                "disclosure@"
            },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Is_found_at_its_place(string what, string sql, string expected)
    {
        await using var copy = await AuditedCopy.OpenAsync();
        var last = await copy.ReadAsync<long>("select max(idx) from proof.leaf");
        await copy.ChangeAsync(sql.Replace("_g1", "_g2", StringComparison.Ordinal));
        var findings = (await copy.AuditAsync()).Findings;
        foreach (var place in expected.Replace("LAST", $"{last}", StringComparison.Ordinal).Split(' '))
            Assert.True(
                findings.Any(f => $"{f.Kind}@{f.LeafIndex}".StartsWith(place, StringComparison.Ordinal)),
                $"{what}: no {place} in {Told(findings)}"
            );
        // One changed value is not a flood: its places, and what each view can no longer make of its item.
        Assert.True(findings.Count <= 12 + Projections.Registry.Views.Count, $"{what}: {Told(findings)}");
    }

    [Fact]
    public async Task Is_found_in_a_leaf_that_an_attacker_made_fit_everywhere_but_under_the_key()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        var last = await copy.ReadAsync<long>("select max(idx) from proof.leaf");
        await copy.ChangeAsync(
            $"""
            update proof.leaf set body = convert_to(left(convert_from(body, 'UTF8'), -86)
                || reverse(right(convert_from(body, 'UTF8'), 86)), 'UTF8') where idx = {last};
            update proof.leaf set hash = sha256('\x00'::bytea || body) where idx = {last}
            """
        );
        var findings = (await copy.AuditAsync()).Findings;
        Assert.Contains(findings, f => f is { Kind: LeafSignature } && f.LeafIndex == last);
        Assert.Contains(findings, f => f is { Kind: Forked });
    }

    [Fact]
    public async Task Is_found_from_the_middle_on_when_a_tile_left_of_it_was_changed()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await copy.ChangeAsync(
            "update proof.tile set root = sha256('x') where level = 0 and n = 0; update proof.leaf set hash = sha256('x') where idx = 3"
        );
        Assert.Contains((await copy.AuditAsync(256)).Findings, f => f.Kind == FindingKinds.Head);
    }

    [Fact]
    public async Task Is_found_in_published_files()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await copy.PublishAsync();
        foreach (var (name, place) in new[] { ("tile/0/000", 32 * 9), ("tile/entries/000", 40) })
        {
            var path = Path.Combine(copy.Published, name);
            var bytes = await File.ReadAllBytesAsync(path, Stop);
            bytes[place] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, Stop);
        }
        var findings = (await copy.AuditAsync()).Findings;
        Assert.Equal([9L, 0L], findings.Select(f => f.LeafIndex!.Value).OrderDescending());
        Assert.All(findings, f => Assert.Equal(FindingKinds.Tile, f.Kind));
    }

    [Fact]
    public async Task Is_found_when_the_tail_was_cut_off()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        var size = await copy.ReadAsync<long>("select max(size) from proof.head where size < 550");
        await copy.ChangeAsync(
            $"""
            delete from ledger.mt_events where id in (select event_id from proof.leaf where idx >= {size});
            delete from proof.leaf where idx >= {size};
            delete from proof.head where size > {size};
            update ledger.mt_streams s set version = (select max(version) from ledger.mt_events where stream_id = s.id)
                where exists (select from ledger.mt_events where stream_id = s.id);
            delete from ledger.mt_streams s where not exists (select from ledger.mt_events where stream_id = s.id)
            """
        );
        var report = await copy.AuditAsync();
        Assert.Equal((ulong)size, report.Leaves);
        Assert.Contains(report.Findings, f => f.Kind == RolledBack && f.LeafIndex == size);
    }

    [Fact]
    public async Task Is_found_when_an_older_copy_was_restored_under_the_newer_witness()
    {
        await using var older = await AuditedCopy.OpenAsync();
        await using var newer = await older.AgainAsync();
        await using (var ledger = await newer.LedgerAsync())
            await ledger.WriteAsync(AuditedCopy.Grade(1, 4));
        older.TakeWitnessOf(newer);
        var finding = Assert.Single((await older.AuditAsync()).Findings);
        Assert.Equal(RolledBack, finding.Kind);
        Assert.Empty((await newer.AuditAsync()).Findings);
    }

    [Fact]
    public async Task Is_found_when_another_history_was_written_behind_the_same_leaves()
    {
        await using var one = await AuditedCopy.OpenAsync();
        await using var other = await one.AgainAsync();
        await using (var ledger = await one.LedgerAsync())
            await ledger.WriteAsync(AuditedCopy.Grade(1, 4));
        await using (var ledger = await other.LedgerAsync())
            await ledger.WriteAsync(AuditedCopy.Grade(2, 4));
        one.TakeWitnessOf(other);
        Assert.Equal(Forked, Assert.Single((await one.AuditAsync()).Findings).Kind);
    }

    /// <summary>Event, leaf, tile and head by plain SQL: all fits but the mark under Kl.</summary>
    [Fact]
    public async Task Is_found_when_a_whole_batch_was_appended_by_sql()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using var model = await copy.AgainAsync();
        await using (var ledger = await model.LedgerAsync())
            await ledger.WriteAsync(AuditedCopy.Grade(1, 4));
        var (leaf, head, e) = (
            await model.ReadAsync<string>("select to_jsonb(l)::text from proof.leaf l order by idx desc limit 1"),
            await model.ReadAsync<string>("select to_jsonb(h)::text from proof.head h order by size desc limit 1"),
            await model.ReadAsync<string>(
                "select to_jsonb(e)::text from ledger.mt_events e order by seq_id desc limit 1"
            )
        );
        await copy.ChangeAsync(
            $"""
            insert into ledger.mt_events select * from jsonb_populate_record(null::ledger.mt_events, {Text(e)});
            update ledger.mt_streams set version = 5 where id = '{AuditedCopy.Item(1)}';
            insert into proof.leaf select * from jsonb_populate_record(null::proof.leaf, {Text(leaf)});
            insert into proof.head select * from jsonb_populate_record(null::proof.head,
                jsonb_set({Text(head)}, array['mac'], to_jsonb(sha256('guess'))))
            """
        );
        Assert.Equal([Forked, FindingKinds.Head], (await copy.AuditAsync()).Findings.Select(f => f.Kind).Order());
    }

    [Fact]
    public async Task Is_found_in_a_head_map_that_the_leaves_do_not_give()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using (var ledger = await copy.LedgerAsync())
            await LogFalseMapAsync(ledger);
        var findings = (await copy.AuditAsync()).Findings;
        Assert.Contains(findings, f => f.Kind == FindingKinds.HeadMap);
    }

    /// <summary>A map of the whole tree whose root is not what the leaves give, as no builder would log it.</summary>
    static async Task LogFalseMapAsync(TestLedger ledger)
    {
        var last = (HeadMapped)(await ledger.Reader.StreamAsync(AuditedCopy.Log, Stop))[^1].Event;
        var size = (long)await ledger.Node.Tree.SizeAsync(Stop);
        await ledger.WriteAsync(AuditedCopy.Map(last with { TreeSize = size }, 5));
    }

    [Theory]
    [InlineData("delete from proof.map where key = (select key from proof.map order by key desc limit 1)")]
    [InlineData("update proof.map set n = n + 1 where key = (select key from proof.map order by key limit 1)")]
    [InlineData("delete from proof.map_bucket where bucket = (select max(bucket) from proof.map_bucket)")]
    [InlineData(
        "update proof.map_bucket set root = sha256('x') where bucket = (select min(bucket) from proof.map_bucket)"
    )]
    public async Task Is_found_in_the_rows_of_a_head_map(string lie)
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await Tampering.AsOwnerAsync(copy.Connection, lie);
        var finding = Assert.Single((await copy.AuditAsync()).Findings);
        Assert.Equal(FindingKinds.HeadMap, finding.Kind);
    }

    /// <summary>Maps are compared in the order of the trees they are about, not in that of their leaves.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(null)]
    public async Task Is_found_in_a_head_map_of_an_older_tree(int? held)
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using (var ledger = await copy.LedgerAsync())
        {
            var maps = (await ledger.Reader.StreamAsync(AuditedCopy.Log, Stop))
                .Select(e => (HeadMapped)e.Event)
                .ToList();
            // As they were: the third and the first once more. As they were not: the second.
            await ledger.WriteAsync(AuditedCopy.Map(maps[2], 5));
            await ledger.WriteAsync(AuditedCopy.Map(maps[1] with { MapSize = 1 }, 6));
            await ledger.WriteAsync(AuditedCopy.Map(maps[0], 7));
            await ledger.WriteAsync(AuditedCopy.Map(maps[1] with { MapRoot = maps[0].MapRoot }, 8));
            await ledger.WriteAsync(AuditedCopy.Map(maps[0] with { TreeSize = 1 << 20 }, 9));
        }
        var last = await copy.ReadAsync<long>("select max(idx) from proof.leaf");
        var findings = (await copy.AuditAsync(held: held)).Findings;
        Assert.All(findings, f => Assert.Equal(FindingKinds.HeadMap, f.Kind));
        Assert.Equal([last - 3, last - 1, last], findings.Select(f => f.LeafIndex!.Value).Order());
    }

    [Fact]
    public async Task Is_found_all_the_same_where_a_few_records_fit_in_memory()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using (var ledger = await copy.LedgerAsync())
        {
            foreach (var n in new[] { 90, 8, 31, 140, 2, 66 })
                await ledger.WriteAsync(AuditedCopy.Twin(n));
            await LogFalseMapAsync(ledger);
        }
        var findings = (await copy.AuditAsync()).Findings;
        Assert.Equal([.. Enumerable.Repeat(BoundTwice, 6), FindingKinds.HeadMap], findings.Select(f => f.Kind));
        Assert.Equal(findings.Select(f => f.LeafIndex).Order(), findings.Select(f => f.LeafIndex));
        foreach (var held in new[] { 1, 5, 64 })
            Assert.Equal(findings, (await copy.AuditAsync(held: held)).Findings);
    }

    [Fact]
    public async Task Is_found_in_an_identifier_that_two_items_bear()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using (var ledger = await copy.LedgerAsync())
            Assert.IsType<Ledger.Store.WriteOutcome.Appended>(
                Assert.Single(await ledger.WriteAsync(AuditedCopy.Twin(8)))
            );
        var finding = Assert.Single((await copy.AuditAsync()).Findings);
        Assert.Equal(BoundTwice, finding.Kind);
        Assert.NotEqual(AuditedCopy.Item(8), finding.Stream);
        Assert.Contains(TestLedger.Name("serial:ACME/00008").Handle, finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_told_up_to_a_bound_and_counted_beyond_it()
    {
        var findings = new Findings();
        for (var i = 0; i < FindingsKept + 7; i++)
            findings.Add(new(LeafHash, $"{i}"));
        findings.Add(new(Chain, "one"));
        var told = findings.All();
        Assert.Equal(FindingsKept + 2, told.Count);
        Assert.Equal(new(LeafHash, "7 more of this kind"), told[^1]);
        Assert.Equal(FindingsKept + 8, findings.Count);
    }

    const int FindingsKept = Findings.MostOfAKind;

    static string Text(string json) => $"'{json.Replace("'", "''", StringComparison.Ordinal)}'::jsonb";

    static string Told(IEnumerable<Finding> findings) =>
        string.Join('\n', findings.Take(15).Select(f => $"{f.Kind}@{f.LeafIndex} {f.Detail}"));

    static string Event(int index, string set) =>
        $"update ledger.mt_events set {set} where id = (select event_id from proof.leaf where idx = {index})";

    static string Head(string set) =>
        $"update proof.head set {set} where size = (select min(size) from proof.head where size > 100)";

    const string Swap = """
        create temp table pair as select * from proof.leaf where idx in (40, 41);
        delete from proof.leaf where idx in (40, 41);
        insert into proof.leaf select 81 - idx, event_id, stream_id, n, cmd, body, hash from pair
        """;
}
