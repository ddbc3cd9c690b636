using System.Text;
using Ledger.Store.Postgres;
using Support;
using Sylvan.Data.Csv;

namespace Api.Tests.Cli;

/// <summary>A ledger for one test: a database of its own, a temporary folder that goes with it.</summary>
sealed class ScratchLedger : IAsyncDisposable
{
    ScratchLedger(string connection, string? seen)
    {
        Connection = connection;
        // The keys of TestLedger: a test may read the same database through the library.
        TestLedger.WriteFolder(Data, seen);
    }

    public string Connection { get; }
    public string Folder { get; } = Directory.CreateTempSubdirectory("ledger-cli-").FullName;
    public string Data => Path.Combine(Folder, "data");

    /// <summary>Whether each of its commands is a process of its own.</summary>
    public bool Alone { get; private init; }

    /// <summary>A ledger in which the markets of the tests are open, and nothing else is on record.</summary>
    /// <param name="alone">Each of its commands is a process of its own, whose memory is measured.</param>
    /// <param name="markets">False: no market is open.</param>
    public static async Task<ScratchLedger> OpenAsync(bool alone = false, bool markets = true)
    {
        var connection = markets ? await TestLedger.NewWithMarketsAsync() : await TestLedger.NewAsync();
        return new(connection, TestLedger.FolderOf(connection)) { Alone = alone };
    }

    /// <summary>A ledger that holds what this one holds now, with the files beside its data.</summary>
    public async Task<ScratchLedger> CopyAsync()
    {
        var connection = await TestLedger.CopyAsync(Connection, Path.Combine(Data, "witness"));
        var copy = new ScratchLedger(connection, null) { Alone = Alone };
        await Folders.CopyAsync(Folder, copy.Folder);
        return copy;
    }

    static readonly Lazy<Task<ScratchLedger>> Sales = new(async () =>
    {
        var ledger = await OpenAsync();
        var sales = Path.Combine(ledger.Folder, "sales.csv");
        await LedgerProgram.RunAsync("demo", "--rows", "300", "--seed", "7", "-o", sales);
        Assert.Equal(0, (await ledger.ImportAsync(sales)).Exit);
        Assert.Equal(0, (await ledger.RunAsync("rebuild")).Exit);
        return ledger;
    });

    /// <summary>A ledger of 300 sales, some 2 000 leaves, imported from <c>sales.csv</c> in its folder; its views are
    /// rebuilt. Made once in the process, and copied.</summary>
    public static async Task<ScratchLedger> WithSalesAsync() => await (await Sales.Value).CopyAsync();

    /// <summary>Keys beside a database that holds nothing yet.</summary>
    public static async Task<ScratchLedger> EmptyAsync() =>
        new(await (await DatabaseServer.SharedAsync()).NewDatabaseAsync(), null);

    public Task<Ran> RunAsync(params string[] arguments)
    {
        string[] all = [.. arguments, "--postgres", Connection, "--data", Data];
        return Alone ? LedgerProgram.RunAloneAsync(all) : LedgerProgram.RunAsync(all);
    }

    public Task<Ran> ImportAsync(string file, params string[] options) =>
        RunAsync(["import", file, "--json", .. options]);

    /// <summary>Writes a file into the scratch folder.</summary>
    public string Write(string name, string text) => Write(name, new UTF8Encoding(false).GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Events of the trade, without those of the log itself, of the roll, and of the markets that were
    /// open.</summary>
    public async Task<long> EventsAsync() =>
        await CountAsync(
            $"""
            select count(*) from {LedgerDatabase.Schema}.mt_events where type not in (
                'key-registered.v1', 'head-map.v1', 'market-opened.v1',
                'party-registered.v1', 'party-role-granted.v1', 'first-regulator-named.v1')
            """
        );

    public async Task<long> CountAsync(string query)
    {
        await using var source = DatabaseServer.Source(Connection);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Everything that stands in events, as text.</summary>
    public async Task<string> StoredTextAsync()
    {
        await using var source = DatabaseServer.Source(Connection);
        await using var command = source.CreateCommand(
            $"""
            select coalesce(string_agg(data::text || headers::text, E'\\n'), '') from {LedgerDatabase.Schema}.mt_events
            """
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Rejected rows: by column name.</summary>
    public static List<Dictionary<string, string>> Rejected(string path)
    {
        using var csv = CsvDataReader.Create(
            path,
            new CsvDataReaderOptions { BufferSize = 1 << 16, MaxBufferSize = 1 << 24 }
        );
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            Assert.Equal(csv.FieldCount, csv.RowFieldCount);
            rows.Add(
                Enumerable.Range(0, csv.FieldCount).ToDictionary(csv.GetName, csv.GetString, StringComparer.Ordinal)
            );
        }
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        await (await DatabaseServer.SharedAsync()).DropAsync(Connection);
    }
}
