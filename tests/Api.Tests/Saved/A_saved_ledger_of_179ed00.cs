using System.Text.Json.Nodes;
using Api.Tests.Http;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store.Exporting;
using Ledger.Store.Mapping;
using Support;

namespace Api.Tests.Saved;

/// <summary>Every build opens what 179ed00 wrote, finds it whole, and goes on with it.</summary>
[TakesLong]
public sealed class A_saved_ledger_of_179ed00
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What must stand for ever, as it was written: never through a view, and no column that came
    /// later.</summary>
    static readonly string[] Written =
    [
        """
            select l.idx, l.event_id, l.stream_id, l.n, l.cmd, l.body, l.hash, e.seq_id, e.version, e.type, e.timestamp,
                e.data::text as data, e.headers::text as headers, e.mt_dotnet_type
            from proof.leaf l join ledger.mt_events e on e.id = l.event_id
            """,
        "select size, prev, root, seq, mac, at from proof.head",
        "select level, n, hashes, root from proof.tile",
        "select size, root, note, published_at from proof.checkpoint",
        "select digest, event_id, subject_id, ct from vault.disclosure",
        "select subject_id, purpose, wrapped, label, kek_generation, created from vault.subject_key",
        "select kind, mac, subject_id from vault.blind_index",
    ];

    /// <summary>Verdicts that are others today, knowingly: below the reader's quorum nobody knows which keys were
    /// revoked, so that nobody said anything.</summary>
    static readonly string[] BelowTheQuorum = ["phone, a quorum it lacks", "phone, a quorum it lacks, who said it"];

    [Fact]
    public async Task Holds_every_kind_of_stream()
    {
        await using var saved = await SavedLedger.RestoreAsync();
        Assert.Equal(
            [
                "batch",
                "case",
                "exporter",
                "incident",
                "indicator",
                "issuer",
                "item",
                "keychain",
                "log",
                "market",
                "party",
                "reading",
                "station",
            ],
            (await saved.RowsAsync("select distinct type from ledger.mt_streams order by type")).Select(r =>
                (string?)JsonNode.Parse(r)!["type"]
            )
        );
    }

    [Fact]
    public async Task Is_upgraded_and_audited()
    {
        await using var saved = await SavedLedger.RestoreAsync();
        var rebuilt = await saved.RunAsync("rebuild");
        Assert.True(rebuilt.Exit == 0, rebuilt.Error);
        await IsTrueAsync(saved);
    }

    /// <summary>Nothing is found; what may be misread is noted: whose reference had a slash, and the event of 179ed00
    /// that names another by it.</summary>
    static async Task IsTrueAsync(SavedLedger saved)
    {
        var ran = await saved.RunAsync("audit", "--json", "--signatures", "all");
        var audit = ran.Document;
        Assert.Empty(audit.GetProperty("findings").EnumerateArray().Select(f => f.GetRawText()));
        Assert.True(audit.GetProperty("leaves").GetInt64() >= (long)SavedLedger.Facts["audit"]!["leaves"]!);
        Assert.Equal(0, ran.Exit);
        var notes = audit.GetProperty("notes").EnumerateArray().ToList();
        Assert.Equal(
            ["ambiguous-reference", "ambiguous-reference"],
            notes.Select(n => n.GetProperty("kind").GetString())
        );
        Assert.Equal(Item("merged"), notes[0].GetProperty("stream").GetGuid());
        Assert.Contains("“MK-510100-0007/K-118”", notes[1].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    static Guid Item(string name) => Guid.Parse(((string)SavedLedger.Facts["items"]![name]!).Split('/')[^1]);

    [Fact]
    public async Task Has_its_false_rows_found_also_where_a_reference_has_a_slash()
    {
        await using var saved = await SavedLedger.RestoreAsync();
        Assert.Equal(0, (await saved.RunAsync("rebuild")).Exit);
        await saved.ChangeAsync(
            $$"""
            alter table ledger.mt_events disable trigger user;
            update ledger.mt_events set data = jsonb_set(data, '{owner}', '"MK-510100-0007/K-118/p:AAAAAAAAQACAAAAAAAAAAA"')
                where stream_id = '{{Item("tv")}}' and version = 1;
            alter table ledger.mt_events enable always trigger only_adds
            """
        );
        var ran = await saved.RunAsync("audit", "--json");
        Assert.Equal(1, ran.Exit);
        Assert.Contains(
            "event-differs",
            ran.Document.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("kind").GetString())
        );
    }

    public static TheoryData<string> Verdicts => [.. SavedLedger.Verdicts().Select(v => (string)v["name"]!)];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Its_bundles_keep_their_verdicts(string name)
    {
        var saved = SavedLedger.Verdict(name);
        var verdict = SavedLedger.Verify(SavedLedger.Arguments(saved));
        if (BelowTheQuorum.Contains(name))
        {
            foreach (var e in saved["verdict"]!["events"]!.AsArray())
                e!["saidBy"] = "unknown-key";
            saved["verdict"]!["valid"] = false;
        }
        Assert.Equal(saved["verdict"]!.ToJsonString(), JsonNode.Parse(verdict.ToJson())!.ToJsonString());
        Assert.Equal((bool)saved["verdict"]!["valid"]!, verdict.Valid);
    }

    [Fact]
    public async Task Is_read_as_it_was()
    {
        await using var saved = await SavedLedger.RestoreAsync();
        await using var service = await saved.ServeAsync();
        var caller = new Caller(service.Client);
        foreach (var (path, then) in SavedLedger.Facts["reads"]!.AsObject())
        {
            var now = (await caller.GetAsync(path.StartsWith('/') ? path : $"/api/v1/{path}")).Is(200).Json;
            // 179ed00 could not read it and showed the vault's id.
            if (path.Contains("TCL", StringComparison.Ordinal))
                then!["owner"] = "/MK-510100-0007%2FK-118/K-500";
            foreach (var member in Kept)
                Assert.Equal($"{path} {then![member]?.ToJsonString()}", $"{path} {now[member]?.ToJsonString()}");
            if (path.EndsWith("/history", StringComparison.Ordinal))
                Assert.Equal(Events(then!), Events(now));
        }
    }

    static readonly string[] Kept = ["id", "category", "identifiers", "owner", "life", "version", "code", "name"];

    static IEnumerable<string> Events(JsonNode history) =>
        history["items"]!.AsArray().Select(e => $"{e!["eventId"]} {e["type"]} {e["version"]} {e["leafIndex"]}");

    /// <summary>New acts on old streams and on new ones; a checkpoint that goes on from the last one; a bundle of an
    /// old
    /// item; and nothing that stood is written anew.</summary>
    [Fact]
    public async Task Goes_on_and_keeps_every_byte()
    {
        await using var saved = await SavedLedger.RestoreAsync();
        var before = await Task.WhenAll(Written.Select(saved.RowsAsync));
        Assert.All(before, rows => Assert.NotEmpty(rows));
        await using (var service = await saved.ServeAsync())
        {
            var caller = new Caller(service.Client);
            await ActAsync(caller);
            await new HeadMapBuilder(service.Node).BuildAsync(Stop);
            var size = await service.Node.Tree.SizeAsync(Stop);
            await Patience.UntilAsync(async () => Read((await caller.GetAsync("/checkpoint")).Text).Size >= size);
            await GoesOnAsync(service, Read((await caller.GetAsync("/checkpoint")).Is(200).Text));
            await BundledAsync(service);
            await service.CaughtUpAsync();
        }
        var after = await Task.WhenAll(Written.Select(saved.RowsAsync));
        Assert.All(before.Zip(after), pair => Assert.Empty(pair.First.Except(pair.Second)));
        saved.TakeWitness();
        Assert.Equal(0, (await saved.RunAsync("rebuild")).Exit);
        await IsTrueAsync(saved);
    }

    /// <summary>Whose reference had a slash is found under what it was recorded as, and its next command is answered;
    /// the other party, which 179ed00 took for it, has an id of its own from now on.</summary>
    [Fact]
    public async Task Knows_again_whom_a_slash_hid()
    {
        await using var saved = await SavedLedger.RestoreAsync();
        Assert.Equal(0, (await saved.RunAsync("rebuild")).Exit);
        saved.TakeWitnessBack();
        await using var service = await saved.ServeAsync();
        var caller = new Caller(service.Client);
        async Task<string> RegisterAsync(string actor, string owner) => (
                await caller.PostAsync(
                    "/api/v1/items",
                    new
                    {
                        category = "appliance",
                        // The saved ledger has some of the plain ones.
                        identifiers = new[] { $"{Goods.NewSerial()}-SLASH" },
                        owner,
                    },
                    null,
                    ("Ledger-Actor", actor)
                )
            ).Is(201).Location;
        var again = await RegisterAsync("MK-510100-0007/K-118", "K-500");
        var other = await RegisterAsync("MK-510100-0007", "K-118/K-500");
        await service.CaughtUpAsync();
        const string Party = "/MK-510100-0007%2FK-118/K-500";
        Assert.Equal(Party, (string?)(await caller.GetAsync(again)).Is(200).Json["owner"]);
        Assert.Equal(Party, (string?)(await caller.GetAsync($"/api/v1/items/{Item("tv")}")).Is(200).Json["owner"]);
        Assert.Equal("MK-510100-0007/K-118/K-500", (string?)(await caller.GetAsync(other)).Is(200).Json["owner"]);
        async Task<List<string?>> ItemsOfAsync(string party) =>
            [
                .. (await caller.GetAsync($"/api/v1/regulator/histories?party={Uri.EscapeDataString(party)}"))
                    .Is(200)
                    .Items.Select(h => (string?)h["itemId"])
                    .Order(),
            ];
        string[] recorded = [$"{Item("tv")}", $"{Item("merged")}", again.Split('/')[^1]];
        Assert.Equal(recorded.Order(), await ItemsOfAsync(Party));
        // The text of then leads to both.
        Assert.Equal(recorded.Append(other.Split('/')[^1]).Order(), await ItemsOfAsync("MK-510100-0007/K-118/K-500"));
    }

    static Checkpoint Read(string note) => Checkpoint.Read(SignedNote.Read(note)!.Text)!;

    /// <summary>Acts on streams of several kinds, most of which 179ed00 began.</summary>
    static async Task ActAsync(Caller caller)
    {
        string Item(string name) => (string)SavedLedger.Facts["items"]![name]!;
        var acts = new (string Path, object Body)[]
        {
            ($"{Item("car")}/repairs", new { outcome = "fixed", work = "补漆" }),
            ($"{Item("phone")}/repairs", new { outcome = "fixed", work = "换屏" }),
            (
                $"{Item("fridge")}/inspections",
                new
                {
                    standard = "GB/T 1",
                    grade = 2,
                    accident = false,
                }
            ),
            ("/api/v1/markets", new { code = "MK-510104-0777", name = "新市场" }),
            ("/api/v1/markets/MK-510104-0012/reinstatements", new { reason = "整改完成" }),
            ("/api/v1/stations/ST-510104-01/suspensions", new { reason = "抽查" }),
            ("/api/v1/parties/914403001922038216/roles/APR/endings", new { reason = "期满" }),
            ("/api/v1/exporters/91510100MA6CABCD17/suspensions", new { reason = "抽查" }),
        };
        foreach (var (path, body) in acts)
            (await caller.PostAsync(path, body, null, ("Ledger-Second-Actor", "li"))).Is(201);
        // A repeat under a key of then is answered from the record of then.
        var again = await caller
            .AsItIs()
            .PostAsync(
                "/api/v1/markets",
                """{"code": "MK-510104-0011", "name": "锦江旧货市场", "occurredAt": "2024-01-01T02:00:00Z"}""",
                "saved-1",
                ("Ledger-Role", "REG")
            );
        Assert.Equal(201, again.Status);
    }

    static async Task GoesOnAsync(TestService service, Checkpoint now)
    {
        var then = Read(SavedLedger.Checkpoint);
        var path = await service.Node.Tree.ResolveAsync(ProofPlan.Consistency(then.Size, now.Size), now.Size, Stop);
        Assert.True(Merkle.VerifyConsistency(then.Size, now.Size, then.Root, now.Root, [.. path]));
    }

    static async Task BundledAsync(TestService service)
    {
        var policy = SavedLedger.Bytes("policy.txt");
        foreach (var item in (string[])["car", "phone", "tv"])
        {
            var (bundle, refusal) = await new Bundles(service.Node).MakeAsync(
                Item(item),
                BundleWish.Default,
                policy,
                Stop
            );
            Assert.Null(refusal);
            var verdict = BundleVerifier.Verify(bundle!.Bytes, policy, new());
            Assert.True(verdict.Valid, $"{item}: {verdict.ToJson()}");
        }
    }
}
