using System.Diagnostics;
using Api.Cluster;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Support;

/// <summary>
/// A real PostgreSQL for a test run: Testcontainers where a Docker engine answers, else a private cluster of the
/// product's own kind. Each test takes a fresh database of it.
/// </summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    static readonly SemaphoreSlim Gate = new(1);
    static DatabaseServer? shared;

    PostgreSqlContainer? container;
    PrivateCluster? cluster;
    string folder = "";
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

    /// <summary>A connection string to a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await using var source = NpgsqlDataSource.Create(connection);
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connection)
        {
            Database = name,
            MaxPoolSize = 30,
            CommandTimeout = (int)Patience.Long.TotalSeconds,
        }.ConnectionString;
    }

    async Task StartAsync()
    {
        if (DockerAnswers())
        {
            container = new PostgreSqlBuilder("postgres:15-alpine").Build();
            await container.StartAsync();
            connection = container.GetConnectionString();
            return;
        }
        folder = Path.Combine(Path.GetTempPath(), $"ledger-tests-{Environment.ProcessId}");
        cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        connection = cluster.ConnectionString;
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
    public static ValueTask EndAsync() => shared?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (container is not null)
            await container.DisposeAsync();
        if (cluster is null)
            return;
        await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
