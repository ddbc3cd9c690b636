using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Operations;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Auditing;
using Ledger.Store.Mapping;
using Ledger.Store.Postgres;
using Ledger.Trading;
using Npgsql;
using Projections;
using Support;

namespace Store.Tests.Auditing;

/// <summary>A ledger of some 620 leaves, made once; each test takes a copy of its database and of its house witness's
/// folder, and does to the copy what the ledger forbids.</summary>
sealed class AuditedCopy : IAsyncDisposable
{
    const int Items = 150;
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    static readonly SemaphoreSlim Gate = new(1);
    static (string Connection, string Folder)? original;

    AuditedCopy(string connection, string folder) => (Connection, Folder) = (connection, folder);

    public string Connection { get; }

    /// <summary>The house witness's folder.</summary>
    public string Folder { get; private set; }

    /// <summary>The publisher's folder; there is none until a test makes it.</summary>
    public string Published { get; } = Directory.CreateTempSubdirectory("ledger-log-").FullName;

    /// <summary>Further steps of its audits.</summary>
    public bool WithViews { get; init; } = true;

    public static async Task<AuditedCopy> OpenAsync()
    {
        await Gate.WaitAsync();
        try
        {
            original ??= await MakeAsync();
            return await CopyAsync(original.Value.Connection, original.Value.Folder);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>The same once more, as it stands now.</summary>
    public Task<AuditedCopy> AgainAsync() => CopyAsync(Connection, Folder);

    /// <summary>A ledger on this copy.</summary>
    public Task<TestLedger> LedgerAsync() => TestLedger.OpenAsync(Connection, Folder);

    /// <summary>From now on it stands under the witness of another copy.</summary>
    public void TakeWitnessOf(AuditedCopy other) => Folder = other.Folder;

    /// <param name="held">Records that a sort holds in memory; null: as ever.</param>
    public async Task<AuditReport> AuditAsync(ulong from = 0, bool all = true, int? held = null)
    {
        await using var database = new LedgerDatabase(LedgerConnections.From(Connection), TestLedger.Keys);
        using var witness = TestLedger.Witness(Folder);
        var audit = new Audit(
            database,
            async stop => new(witness.Vkey, await witness.NewestAsync(TestLedger.Keys.Log.Origin, stop)),
            WithViews ? [new ViewAudit(database)] : [],
            _ => { }
        );
        var scope = new AuditScope(from, all, Published);
        return await audit.RunAsync(held is { } few ? scope with { Held = few } : scope, CancellationToken.None);
    }

    static readonly string[] Guarded =
    [
        "proof.lane",
        "proof.head",
        "proof.leaf",
        "proof.tile",
        "proof.checkpoint",
        "ledger.mt_events",
        "ledger.mt_streams",
    ];

    /// <summary>As the owner of the database, with the triggers off.</summary>
    public async Task ChangeAsync(string sql)
    {
        await using var source = DatabaseServer.Source(Connection);
        await using var connection = await source.OpenConnectionAsync();
        var off = string.Concat(Guarded.Select(t => $"alter table {t} disable trigger user;"));
        var on = string.Concat(Guarded.Select(t => $"alter table {t} enable always trigger only_adds;"));
        await using var command = new NpgsqlCommand($"{off}{sql};{on}", connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var source = DatabaseServer.Source(Connection);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    static async Task<AuditedCopy> CopyAsync(string connection, string folder)
    {
        var copy = await TestLedger.CopyAsync(connection, folder);
        return new(copy, TestLedger.FolderOf(copy));
    }

    static async Task<(string, string)> MakeAsync()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var maps = new HeadMapBuilder(ledger.Node);
        for (var i = 0; i < Items; i += 30)
        {
            await WriteAsync(ledger, [.. Enumerable.Range(i, 30).Select(Register)]);
            await WriteAsync(ledger, [.. Enumerable.Range(i, 30).Select(n => Grade(n, 1))]);
            await WriteAsync(ledger, [.. Enumerable.Range(i, 30).Select(n => Grade(n, 2))]);
            await WriteAsync(ledger, [.. Enumerable.Range(i, 30).Select(List)]);
            await maps.BuildAsync(CancellationToken.None);
        }
        await ledger.RecordAsync(
            new WithdrawListing(Listing(7), "买主没来 – “owner’s wish”"),
            Item(7),
            "withdrawn",
            Day
        );
        await FillViewsAsync(ledger);
        return (ledger.Connection, ledger.Folder);
    }

    static async Task WriteAsync(TestLedger ledger, DecidedCommand[] commands) =>
        Assert.All(await ledger.WriteAsync(commands), o => Assert.IsType<WriteOutcome.Appended>(o));

    /// <summary>As the feed would have them, without waiting for it.</summary>
    static async Task FillViewsAsync(TestLedger ledger)
    {
        foreach (var view in Registry.Views)
        {
            await using var fed = ledger.Database.Source.CreateCommand(
                """
                insert into ledger.mt_event_progression (name, last_seq_id)
                select $1, max(seq_id) from ledger.mt_events
                """
            );
            fed.Parameters.AddWithValue(Registry.Place(view));
            await fed.ExecuteNonQueryAsync();
            Assert.NotNull(await ledger.Tables.RebuildAsync(view, null, CancellationToken.None));
        }
    }

    public static Guid Item(int n) => TestLedger.Handles.EntityId("item", "test", $"i{n}");

    static Guid Listing(int n) => TestLedger.Handles.EntityId("listing", "test", $"i{n}");

    static DecidedCommand Register(int n)
    {
        var named = TestLedger.Name($"serial:ACME/{n:00000}");
        return new("test", $"register{n}", TestLedger.Said($"register {n}"))
        {
            Expects = [new(Item(n), 0)],
            Reservations = [new(ItemReservations.Alias(named.Identifier), null, Item(n).ToString())],
            Texts = [named.Identifier],
            Appends =
            [
                new(
                    Item(n),
                    GoodsStreams.Item,
                    new ItemRegistered("used-car", [named.Ref], "大众", "Lavida")
                    {
                        Facts = ExtraFields.Of([new("note", $"café {n} “é”"), new("b", "0.50")]),
                    },
                    Envelope($"register{n}")
                ),
            ],
        };
    }

    /// <summary>Another item under the identifier of one that is there, as no desk would take it.</summary>
    public static DecidedCommand Twin(int n)
    {
        var (twin, first) = (TestLedger.Handles.EntityId("item", "test", $"twin{n}"), Register(n));
        return first with
        {
            Key = $"twin{n}",
            Expects = [new(twin, 0)],
            Reservations = [],
            Appends = [first.Appends[0] with { Stream = twin }],
        };
    }

    /// <summary>The log's own stream.</summary>
    public static Guid Log { get; } = TestLedger.Handles.EntityId("log", "", TestLedger.Keys.Log.Origin);

    /// <summary>A head map that no builder made.</summary>
    public static DecidedCommand Map(HeadMapped map, long version) =>
        new("test", $"map{version}", TestLedger.Said($"map {version}"))
        {
            Expects = [new(Log, version)],
            Appends = [new(Log, LogStreams.Log, map, Envelope($"map{version}"))],
        };

    public static DecidedCommand Grade(int n, long version) =>
        new("test", $"grade{n}/{version}", TestLedger.Said($"grade {n}"))
        {
            Expects = [new(Item(n), version)],
            Appends =
            [
                new(
                    Item(n),
                    GoodsStreams.Item,
                    new ItemGraded("GB/T 30323-2013", 900 + n % 90, 1, false),
                    Envelope($"grade{n}/{version}")
                ),
            ],
        };

    static DecidedCommand List(int n) =>
        new("test", $"list{n}", TestLedger.Said($"list {n}"))
        {
            Expects = [new(Item(n), 3)],
            Appends =
            [
                new(
                    Item(n),
                    GoodsStreams.Item,
                    new ItemListed(Listing(n), "MK-510104-0001", null, 4_000_000 + n, "CNY", new(2026, 3, 1)),
                    Envelope($"list{n}") with
                    {
                        RegionCode = "510104",
                        Correlation = $"trace-{n}",
                    }
                ),
            ],
        };

    static Envelope Envelope(string key) => new(key, Day, "local", "ADM", "0") { Site = "MK-510104-0001" };

    /// <summary>Writes the first full tiles and bundles of the log as the publisher does.</summary>
    public async Task PublishAsync()
    {
        Directory.CreateDirectory(Path.Combine(Published, "tile", "0"));
        Directory.CreateDirectory(Path.Combine(Published, "tile", "entries"));
        await File.WriteAllBytesAsync(
            Path.Combine(Published, "tile/0/000"),
            await ReadAsync<byte[]>("select hashes from proof.tile where level = 0 and n = 0")
        );
        await using var bundle = File.Create(Path.Combine(Published, "tile/entries/000"));
        for (var i = 0; i < Tile.Width; i++)
        {
            var body = await ReadAsync<byte[]>($"select body from proof.leaf where idx = {i}");
            bundle.Write([(byte)(body.Length >> 8), unchecked((byte)body.Length)]);
            bundle.Write(body);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Published, recursive: true);
        await (await DatabaseServer.SharedAsync()).DropAsync(Connection);
    }
}
