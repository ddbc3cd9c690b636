using System.Collections.Immutable;
using System.Text;
using Api.Settings;
using JasperFx;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Rules;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;
using Ledger.Store.Witness;
using Marten;
using Projections;

namespace Support;

/// <summary>A ledger on a fresh database, with fixed keys: what the command line opens, without its folder.</summary>
public sealed class TestLedger : IAsyncDisposable
{
    readonly Lazy<DocumentStore> store;
    readonly WitnessHost witness;

    TestLedger(LedgerNode node, WitnessHost witness, string connection, string folder)
    {
        (Node, this.witness, Connection, Folder) = (node, witness, connection, folder);
        Tables = new(node.Database);
        store = new(() =>
            DocumentStore.For(o =>
            {
                LedgerDatabase.Configure(o, node.Database.Source, AutoCreate.None);
                o.DisableNpgsqlLogging = true;
            })
        );
    }

    public string Connection { get; }

    /// <summary>The house witness's folder.</summary>
    public string Folder { get; }
    public LedgerNode Node { get; }
    public LedgerDatabase Database => Node.Database;
    public EventReader Reader => Node.Reader;
    public WriteDoor Door => Node.Door;
    public CommandPipeline Pipeline => Node.Pipeline;
    public ViewTables Tables { get; }
    public IDocumentStore Store => store.Value;

    public static Handles Handles { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    /// <summary>Test values: each key but Kh is 32 equal bytes, as in the worked example.</summary>
    public static LedgerKeys Keys { get; } = KeysOf(Handles);

    /// <param name="kek">Other than 5: a key that wraps other texts.</param>
    public static LedgerKeys KeysOf(Handles handles, byte kek = 5) =>
        new(
            handles,
            new(new NoteSigner("ledger.example.org/trade-test", new Ed25519Key(Bytes(1))), Bytes(4)),
            new Ed25519Key(Bytes(3)),
            new VaultKeys(new Dictionary<int, byte[]> { [1] = Bytes(kek) })
        );

    public static WitnessHost Witness(string folder) =>
        new(
            [NoteVerifier.Read(Keys.Log.Signer.Vkey)!],
            new Cosigner($"local-witness/{Keys.Log.Origin}", new Ed25519Key(Bytes(2))),
            folder,
            TimeProvider.System
        );

    /// <summary>Writes the same keys as a data folder has them, for the program itself, and what else belongs to a
    /// ledger that exists.</summary>
    /// <param name="seen">Folder of its house witness; null: a ledger to be begun.</param>
    public static void WriteFolder(string data, string? seen = null)
    {
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        Directory.CreateDirectory(Path.Combine(data, "witness"));
        void Write(string name, byte[] key)
        {
            var path = Path.Combine(data, name);
            File.WriteAllBytes(path, key);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        Write("keys/kh", [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        Write("keys/kl", Bytes(4));
        Write("keys/leaf", Bytes(3));
        Write("keys/kek-1", Bytes(5));
        Write("keys/log", Encoding.ASCII.GetBytes(NoteSigner.Skey(Keys.Log.Origin, Bytes(1)) + "\n"));
        Write("witness/key", Bytes(2));
        if (seen is null)
            return;
        foreach (var file in Directory.EnumerateFiles(seen))
            File.Copy(file, Path.Combine(data, "witness", Path.GetFileName(file)));
        using var witness = Witness(seen);
        File.WriteAllText(
            Path.Combine(data, "policy.txt"),
            KeyFiles.Policy(Keys.Log, new HouseWitness(witness, Keys.Log.Origin))
        );
    }

    static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, 32)];

    /// <param name="connection">An existing database, for a second node; null: a new ledger, copied from the prepared
    /// one.</param>
    /// <param name="folder">The house witness's folder, shared by the nodes of one database.</param>
    public static async Task<TestLedger> OpenAsync(string? connection = null, string? folder = null)
    {
        connection ??= await NewAsync();
        folder ??= FolderOf(connection);
        var witness = Witness(folder);
        var node = await LedgerNode.OpenAsync(
            new(LedgerConnections.From(connection), Keys),
            new HouseWitness(witness, Keys.Log.Origin),
            TimeProvider.System,
            ViewTables.Ddl,
            CancellationToken.None
        );
        var ledger = new TestLedger(node, witness, connection, folder);
        await ledger.Tables.PrepareAsync(CancellationToken.None);
        return ledger;
    }

    /// <summary>A ledger whose schema is applied to an empty database: for a test that is about that.</summary>
    public static async Task<TestLedger> BuildAsync() =>
        await OpenAsync(await (await DatabaseServer.SharedAsync()).NewDatabaseAsync());

    /// <summary>A ledger of these keys that holds nothing yet, made once a process.</summary>
    static readonly Lazy<Task<string>> Prepared = new(async () =>
    {
        await using var ledger = await BuildAsync();
        return ledger.Connection;
    });

    /// <summary>A database with a new ledger of these keys in it: a copy of one whose schema was applied
    /// once.</summary>
    public static async Task<string> NewAsync() => await CopyAsync(await Prepared.Value);

    /// <summary>Markets that registers in tests are of.</summary>
    static IEnumerable<string> Markets =>
        Api
            .Demo.DemoRegister.Markets.Concat([
                "MK-510100-0007",
                "MK-510104-0001",
                "MK-510104-0011",
                "MK-510104-0012",
                "MK-510105-0001",
            ])
            .Distinct();

    static readonly Lazy<Task<string>> WithMarkets = new(async () =>
    {
        await using var ledger = await OpenAsync();
        foreach (var market in Markets)
            await ledger.OpenMarketAsync(market);
        return ledger.Connection;
    });

    /// <summary>A database with a ledger in which some markets are open, and nothing else is on record.</summary>
    public static async Task<string> NewWithMarketsAsync() => await CopyAsync(await WithMarkets.Value);

    /// <summary>A copy of a ledger's database and of what its house witness holds, where both stand now.</summary>
    /// <param name="folder">The house witness's; null: the one that belongs to the database.</param>
    public static async Task<string> CopyAsync(string connection, string? folder = null)
    {
        var copy = await (await DatabaseServer.SharedAsync()).CopyAsync(connection);
        var witness = Directory.CreateDirectory(FolderOf(copy)).FullName;
        foreach (var file in Directory.EnumerateFiles(folder ?? FolderOf(connection)))
            File.Copy(file, Path.Combine(witness, Path.GetFileName(file)), overwrite: true);
        return copy;
    }

    /// <summary>Of this run alone: a process id comes round again, and an old witness refuses a new log.</summary>
    static readonly string Witnesses = Directory.CreateTempSubdirectory("ledger-witnesses-").FullName;

    /// <summary>One folder a database, so that a second node finds the first one's witness.</summary>
    public static string FolderOf(string connection) =>
        Path.Combine(Witnesses, new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!);

    /// <summary>Whoever acts in a test has read every warning.</summary>
    public static ImmutableArray<string> RuleIds { get; } = [.. RuleSet.Current.Rules.Select(r => r.Id).Distinct()];

    /// <summary>Records a command on an item as a clerk would, under its own key.</summary>
    public Task<Answer> RecordAsync(
        ItemCommand command,
        Guid item,
        string key,
        DateTimeOffset? at = null,
        Acting? by = null
    ) => RecordAsync(command with { Item = item }, key, at ?? new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), by);

    /// <summary>Records any command under its own key.</summary>
    public async Task<Answer> RecordAsync(LedgerCommand command, string key, DateTimeOffset at, Acting? by = null)
    {
        by ??= await Sites.WhoAsync(Pipeline, command);
        return await Patience.AnswerAsync(() =>
            Pipeline.RecordAsync(
                new(command, by, "test", key, Said($"{command}"), at) { LateReason = "补录", Acknowledged = RuleIds },
                CancellationToken.None
            )
        );
    }

    public Task<Answer> OpenMarketAsync(string code) =>
        RecordAsync(new OpenMarket(code, "市场"), code, new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Hands decided commands to the write door, each chain as it stands.</summary>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(params DecidedCommand[] commands)
    {
        var tips = new StreamHeads();
        await Reader.StreamsAsync([.. commands.SelectMany(c => c.Expects).Select(e => e.Stream)], tips, default);
        var subjects = await Door.Vault.OpenAsync([], CancellationToken.None);
        return await Door.WriteAsync(commands, tips, subjects, false, Pipeline.Now, CancellationToken.None);
    }

    /// <summary>The hash of a command that says this.</summary>
    public static CommandHash Said(string text) => Handles.CommandHash("TEST", text, []);

    public static NamedIdentifier Name(string text) => Handles.Name(Identifier.Parse(text).Identifier!);

    public async ValueTask DisposeAsync()
    {
        if (store.IsValueCreated)
            await store.Value.DisposeAsync();
        await Node.DisposeAsync();
        witness.Dispose();
    }
}
