using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Api.Tests.Cli;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Support;

namespace Api.Tests.Saved;

/// <summary>
/// The ledger that 179ed00 wrote (<c>tests/Saved/179ed00</c>), restored into a database of this test's own, with a
/// private copy of its keys and of its house witness.
/// </summary>
sealed class SavedLedger : IAsyncDisposable
{
    /// <summary>Roles belong to the server: a dump names them and does not make them.</summary>
    const string Roles = """
        do $$ begin
            if not exists (select from pg_roles where rolname = 'ledger_app') then create role ledger_app login; end if;
            if not exists (select from pg_roles where rolname = 'ledger_auditor') then
                create role ledger_auditor login;
            end if;
        exception when duplicate_object or unique_violation then null;
        end $$;
        """;

    SavedLedger(string connection) => Connection = connection;

    public string Connection { get; }

    /// <summary>A data folder with the saved keys, the witness's store and the published files.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("ledger-saved-").FullName;

    /// <summary>Where the files of 179ed00 lie.</summary>
    public static string Folder { get; } = Path.Combine(Places.Root, "tests", "Saved", "179ed00");

    /// <summary>What 179ed00 said of itself when it was saved.</summary>
    public static JsonNode Facts { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "facts.json")))!;

    /// <summary>The last checkpoint that it published.</summary>
    public static string Checkpoint { get; } = File.ReadAllText(Path.Combine(Folder, "log", "checkpoint"));

    /// <summary>What 179ed00 said of each of its bundles, with the arguments it was asked by.</summary>
    public static IEnumerable<JsonNode> Verdicts() => JsonNode.Parse(Bytes("verdicts.json"))!.AsArray().Select(v => v!);

    public static JsonNode Verdict(string name) => Verdicts().Single(v => (string?)v["name"] == name);

    public static string[] Arguments(JsonNode verdict) => [.. verdict["arguments"]!.AsArray().Select(a => (string)a!)];

    /// <summary>What is said of the bundle now.</summary>
    public static BundleVerdict Verify(string[] arguments)
    {
        string? Option(string option) => Array.IndexOf(arguments, option) is >= 0 and var at ? arguments[at + 1] : null;
        ReadOnlyMemory<byte>? Given(string option) =>
            Option(option) is { } file ? Bytes(file) : (ReadOnlyMemory<byte>?)null;
        return BundleVerifier.Verify(
            Bytes(arguments[1]),
            Bytes(Option("--policy")!),
            new()
            {
                Registrars = Given("--registrars"),
                Base = Given("--base"),
                Require = Option("--require") is { } list ? Requirement.Read(list)!.Value : Requirements.Default,
            }
        );
    }

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SavedLedger> RestoreAsync()
    {
        var saved = new SavedLedger(await (await DatabaseServer.SharedAsync()).CopyAsync(await Played.Value));
        foreach (var folder in (string[])["keys", "witness", "log"])
            Copy(Path.Combine(Folder, folder), Path.Combine(saved.Data, folder));
        foreach (var file in (string[])["policy.txt", "format"])
            File.Copy(Path.Combine(Folder, file), Path.Combine(saved.Data, file));
        return saved;
    }

    /// <summary>Key files that others may read are refused, and a checkout knows no such mode; the folder above is the
    /// owner's alone.</summary>
    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(file));
            File.Copy(file, copy);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>A database with the dump in it, played once.</summary>
    static readonly Lazy<Task<string>> Played = new(async () =>
    {
        var database = await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        await PlayAsync(database);
        return database;
    });

    /// <summary>Plays the plain dump: statements as they come, each table's rows by COPY.</summary>
    static async Task PlayAsync(string database)
    {
        await using var source = DatabaseServer.Source(database);
        await using var connection = await source.OpenConnectionAsync(Stop);
        using var dump = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(Folder, "ledger.sql.gz")), CompressionMode.Decompress)
        );
        var statements = new StringBuilder(Roles).Append('\n');
        while (await dump.ReadLineAsync(Stop) is { } line)
            if (
                line.StartsWith("COPY ", StringComparison.Ordinal)
                && line.EndsWith(" FROM stdin;", StringComparison.Ordinal)
            )
            {
                await RunAsync(connection, statements);
                await using var rows = await connection.BeginTextImportAsync(line, Stop);
                while (await dump.ReadLineAsync(Stop) is { } row && row != "\\.")
                    await rows.WriteAsync($"{row}\n".AsMemory(), Stop);
            }
            else if (!line.StartsWith("--", StringComparison.Ordinal))
                statements.Append(line).Append('\n');
        await RunAsync(connection, statements);
    }

    static async Task RunAsync(NpgsqlConnection connection, StringBuilder statements)
    {
        await using var command = new NpgsqlCommand($"{statements}", connection);
        await command.ExecuteNonQueryAsync(Stop);
        statements.Clear();
    }

    /// <summary>Today's program on it.</summary>
    public Task<Ran> RunAsync(params string[] arguments) =>
        LedgerProgram.RunAsync([.. arguments, "--postgres", Connection, "--data", Data]);

    /// <summary>Today's service on it, from the day after it was saved on: no clock of a test machine is part of what
    /// is
    /// tested.</summary>
    public async Task<TestService> ServeAsync(Action<WebApplicationBuilder>? adjust = null)
    {
        var witness = TestLedger.FolderOf(Connection);
        if (!Directory.Exists(witness))
            Copy(Path.Combine(Folder, "witness"), witness);
        return await TestService.StartAsync(
            adjust,
            Connection,
            new(Data) { Every = TimeSpan.FromMilliseconds(50) },
            Keys(),
            new LaterClock()
        );
    }

    /// <summary>As the owner of the database.</summary>
    public async Task ChangeAsync(string sql)
    {
        await using var source = DatabaseServer.Source(Connection);
        await using var connection = await source.OpenConnectionAsync(Stop);
        await RunAsync(connection, new(sql));
    }

    /// <summary>The service's house witness has gone on with the log: for a verb of the command line its store of then
    /// would be an old one.</summary>
    public void TakeWitness()
    {
        Directory.Delete(Path.Combine(Data, "witness"), recursive: true);
        Copy(TestLedger.FolderOf(Connection), Path.Combine(Data, "witness"));
    }

    /// <summary>The same the other way.</summary>
    public void TakeWitnessBack() => Copy(Path.Combine(Data, "witness"), TestLedger.FolderOf(Connection));

    /// <summary>Its keys: those of every test, but for the one for leaves, which it has rotated.</summary>
    static LedgerKeys Keys() =>
        new(TestLedger.Handles, TestLedger.Keys.Log, new Ed25519Key(Bytes("keys/leaf")), TestLedger.Keys.Vault);

    /// <summary>Rows of a query, each as one text.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var source = DatabaseServer.Source(Connection);
        await using var connection = await source.OpenConnectionAsync(Stop);
        await using var command = new NpgsqlCommand($"select row_to_json(r)::text from ({sql}) r", connection);
        await using var rows = await command.ExecuteReaderAsync(Stop);
        var found = new List<string>();
        while (await rows.ReadAsync(Stop))
            found.Add(rows.GetString(0));
        return found;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Data, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Goes as the machine's, from a day on that lies after everything that was saved.</summary>
    sealed class LaterClock : TimeProvider
    {
        static readonly DateTimeOffset Begins = new(2026, 12, 2, 0, 0, 0, TimeSpan.Zero);
        readonly long since = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Begins + System.GetElapsedTime(since);
    }
}
