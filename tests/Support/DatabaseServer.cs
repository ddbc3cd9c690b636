using System.Diagnostics;
using Api.Cluster;
using Ledger.Store.Postgres;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Support;

/// <summary>
/// A real PostgreSQL for a test run: Testcontainers where a Docker engine answers, else a private cluster of the
/// product's own kind. Each test takes a fresh database of it: an empty one, or a copy of a prepared one.
/// </summary>
/// <remarks>It need not outlive the machine, so nothing is synced to the disk: whatever is said of durability is
/// tested on clusters of the product's own settings.</remarks>
public sealed class DatabaseServer : IAsyncDisposable
{
    static readonly SemaphoreSlim Gate = new(1);
    static DatabaseServer? shared;

    PostgreSqlContainer? container;
    PrivateCluster? cluster;
    string folder = "";
    NpgsqlDataSource? server;
    string connection = "";
    int databases;

    /// <summary>The one server of this test process; it ends with the run (<see cref="Lifetime"/>).</summary>
    public static async Task<DatabaseServer> SharedAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (shared is not null)
                return shared;
            shared = new();
            await shared.StartAsync();
            return shared;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>What kind of server answers, for the summary.</summary>
    public string Kind => container is null ? "private cluster" : "Testcontainers";

    /// <summary>What a test asks a database itself.</summary>
    public static NpgsqlDataSource Source(string connection) => LedgerConnections.Builder(connection, "test").Build();

    /// <summary>A connection string to a new, empty database.</summary>
    public Task<string> NewDatabaseAsync() => CreateAsync("");

    /// <summary>A connection string to a copy of a database, as it stands now. Whoever is connected to that one is sent
    /// away.</summary>
    public async Task<string> CopyAsync(string original)
    {
        await using (var old = new NpgsqlConnection(original))
            NpgsqlConnection.ClearPool(old);
        var from = NameOf(original);
        await RunAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{from}'");
        var copy = await CreateAsync($"template {from} strategy file_copy");
        // What is set for a database is not copied with it.
        await RunAsync(
            $"""
            insert into pg_db_role_setting
                select c.oid, s.setrole, s.setconfig from pg_db_role_setting s
                    join pg_database d on d.oid = s.setdatabase and d.datname = '{from}'
                    join pg_database c on c.datname = '{NameOf(copy)}'
            """
        );
        return copy;
    }

    /// <summary>Takes a database away, whoever is connected to it.</summary>
    public async Task DropAsync(string database)
    {
        await using (var own = new NpgsqlConnection(database))
            NpgsqlConnection.ClearPool(own);
        await RunAsync($"drop database if exists {NameOf(database)} with (force)");
    }

    static string NameOf(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    async Task<string> CreateAsync(string how)
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await RunAsync($"create database {name} {how}");
        return new NpgsqlConnectionStringBuilder(connection)
        {
            Database = name,
            MaxPoolSize = 30,
            CommandTimeout = (int)Patience.Long.TotalSeconds,
        }.ConnectionString;
    }

    async Task RunAsync(string sql)
    {
        await using var command = server!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    async Task StartAsync()
    {
        if (DockerAnswers())
        {
            container = new PostgreSqlBuilder("postgres:15-alpine").Build();
            await container.StartAsync();
            connection = container.GetConnectionString();
            server = Source(connection);
            return;
        }
        folder = Path.Combine(Path.GetTempPath(), $"ledger-tests-{Environment.ProcessId}");
        cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        connection = cluster.ConnectionString;
        server = Source(connection);
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes", "autovacuum"])
            await RunAsync($"alter system set {setting} = off");
        await RunAsync("select pg_reload_conf()");
    }

    static bool DockerAnswers()
    {
        try
        {
            using var docker = Process.Start(
                new ProcessStartInfo("docker", "info") { RedirectStandardOutput = true, RedirectStandardError = true }
            );
            return docker is not null && docker.WaitForExit(5_000) && docker.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>
    /// Ends the server after the last test, as an assembly fixture of each project that uses it. Not at the exit of the
    /// process: the runner gives that ten seconds, and a server that writes its last checkpoint on a busy disk needs
    /// more.
    /// </summary>
    public sealed class Lifetime : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => EndAsync();
    }

    /// <summary>Ends the server where one was started.</summary>
    public static async ValueTask EndAsync()
    {
        if (shared is not null)
            await shared.DisposeAsync();
        await PreparedCluster.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (container is not null)
            await container.DisposeAsync();
        if (cluster is null)
            return;
        await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
