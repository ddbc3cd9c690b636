using System.Text;
using Ledger.Store.Postgres;
using Npgsql;
using Support;
using Sylvan.Data.Csv;

namespace Api.Tests.Cli;

/// <summary>A ledger for one test: a database of its own, a temporary folder that goes with it.</summary>
sealed class ScratchLedger : IAsyncDisposable
{
    static readonly SemaphoreSlim Gate = new(1);
    static string? template,
        seen;
    static int copies;

    ScratchLedger(string connection, string? seen)
    {
        Connection = connection;
        // The keys of TestLedger: a test may read the same database through the library.
        TestLedger.WriteFolder(Data, seen);
    }

    public string Connection { get; }
    public string Folder { get; } = Directory.CreateTempSubdirectory("ledger-cli-").FullName;
    public string Data => Path.Combine(Folder, "data");

    /// <summary>A copy of one prepared database: the schema is applied once in a test run.</summary>
    public static async Task<ScratchLedger> OpenAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (template is null)
            {
                await using var prepared = await TestLedger.OpenAsync();
                (template, seen) = (prepared.Connection, prepared.Folder);
            }
            await using (var old = new NpgsqlConnection(template))
                NpgsqlConnection.ClearPool(old);
            var builder = new NpgsqlConnectionStringBuilder(template);
            var (from, name) = (builder.Database, $"cli{Environment.ProcessId}_{++copies}");
            builder.Database = "postgres";
            await using var server = NpgsqlDataSource.Create(builder.ConnectionString);
            await using (var copy = server.CreateCommand($"create database {name} template {from}"))
                await copy.ExecuteNonQueryAsync();
            builder.Database = name;
            return new(builder.ConnectionString, seen);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Keys beside a database that holds nothing yet.</summary>
    public static async Task<ScratchLedger> EmptyAsync() =>
        new(await (await DatabaseServer.SharedAsync()).NewDatabaseAsync(), null);

    public Task<Ran> RunAsync(params string[] arguments) =>
        LedgerProgram.RunAsync([.. arguments, "--postgres", Connection, "--data", Data]);

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

    /// <summary>Events of the trade, without those of the log itself.</summary>
    public async Task<long> EventsAsync() =>
        await CountAsync(
            $"select count(*) from {LedgerDatabase.Schema}.mt_events where type not in ('key-registered.v1', 'head-map.v1')"
        );

    public async Task<long> CountAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(Connection + ";Pooling=false");
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Everything that stands in events, as text.</summary>
    public async Task<string> StoredTextAsync()
    {
        await using var source = NpgsqlDataSource.Create(Connection);
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
        await using (var own = new NpgsqlConnection(Connection))
            NpgsqlConnection.ClearPool(own);
        var server = new NpgsqlConnectionStringBuilder(Connection) { Database = "postgres" };
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        var name = new NpgsqlConnectionStringBuilder(Connection).Database;
        await using var drop = source.CreateCommand($"drop database {name} with (force)");
        await drop.ExecuteNonQueryAsync();
    }
}
