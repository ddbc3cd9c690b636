using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Api.Cluster;

/// <summary>
/// A PostgreSQL cluster of the ledger's own, in its data folder: checksums on, durable commits, reachable on its socket
/// and on loopback only. As root it runs as the unprivileged user <c>postgres</c> (packages.md §3).
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    readonly string folder;
    readonly FileStream usage;

    PrivateCluster(string folder, FileStream usage) => (this.folder, this.usage) = (folder, usage);

    string Pg => Path.Combine(folder, "pg");

    /// <summary>How to reach it, over its socket.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts the cluster in <paramref name="dataFolder"/>, or joins the one that runs there.</summary>
    /// <exception cref="ClusterException">It cannot be made or started; the message says why and what to
    /// do.</exception>
    public static async Task<PrivateCluster> OpenAsync(string dataFolder, CancellationToken stop)
    {
        Directory.CreateDirectory(dataFolder);
        // Everyone who uses the cluster shares this lock; whoever leaves and finds nobody else stops it.
        var gate = Path.Combine(dataFolder, "cluster.lock");
        if (!File.Exists(gate))
            await File.WriteAllTextAsync(gate, "", stop);
        using var starting = await ExclusiveAsync(Path.Combine(dataFolder, "starting.lock"), stop);
        var usage = new FileStream(gate, FileMode.Open, FileAccess.Read, FileShare.Read);
        var cluster = new PrivateCluster(dataFolder, usage);
        try
        {
            await cluster.EnsureRunningAsync(stop);
            return cluster;
        }
        catch
        {
            await usage.DisposeAsync();
            throw;
        }
    }

    async Task EnsureRunningAsync(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(Pg, "PG_VERSION")))
            await CreateAsync(stop);
        await StaleLock.ClearAsync(Pg, stop);
        var status = await Tool("pg_ctl", ["status", "-D", Pg], stop);
        if (status.ExitCode != 0)
            await StartAsync(stop);
        ConnectionString = ReadConnection();
    }

    async Task CreateAsync(CancellationToken stop)
    {
        if (Directory.Exists(Pg) && Directory.EnumerateFileSystemEntries(Pg).Any())
            throw new ClusterException(
                $"{Pg} is not empty and holds no PostgreSQL cluster. Move it away or name another data folder with --data."
            );
        Directory.CreateDirectory(Pg);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Pg, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Unprivileged.GiveAsync(Pg, stop);
        var passwords = Path.Combine(Pg, "..", $"pw-{Environment.ProcessId}");
        // The password guards loopback TCP; the socket lies in a folder that only its owner may enter.
        await using (
            var file = new FileStream(
                passwords,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
            await file.WriteAsync(
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) + "\n"),
                stop
            );
        try
        {
            await Unprivileged.GiveAsync(passwords, stop);
            var made = await Tool(
                "initdb",
                [
                    "-D",
                    Pg,
                    "-U",
                    "ledger",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                    "--data-checksums",
                    "--auth-local=trust",
                    "--auth-host=scram-sha-256",
                    $"--pwfile={passwords}",
                ],
                stop
            );
            if (made.ExitCode != 0)
                throw new ClusterException($"initdb failed in {Pg}: {made.Error.Trim()}");
            var conf = Path.Combine(Pg, "ledger.conf");
            await File.WriteAllTextAsync(
                conf,
                """
                listen_addresses = '127.0.0.1'
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                wal_compression = lz4
                password_encryption = scram-sha-256
                max_connections = 200
                shared_buffers = 256MB
                max_wal_size = 2GB
                client_connection_check_interval = 1s
                idle_in_transaction_session_timeout = 60s
                timezone = 'UTC'
                log_timezone = 'UTC'
                """ + "\n",
                stop
            );
            await File.AppendAllTextAsync(Path.Combine(Pg, "postgresql.conf"), "include 'ledger.conf'\n", stop);
            await Unprivileged.GiveAsync(conf, stop);
        }
        finally
        {
            File.Delete(passwords);
        }
    }

    async Task StartAsync(CancellationToken stop)
    {
        var socket = SocketFolder();
        await Unprivileged.GiveAsync(socket, stop);
        var started = await Tool(
            "pg_ctl",
            [
                "start",
                "-D",
                Pg,
                "-w",
                "-t",
                "120",
                "-s",
                "-l",
                Path.Combine(Pg, "server.log"),
                "-o",
                $"-p {FreePort()} -k {socket}",
            ],
            stop
        );
        if (started.ExitCode != 0)
            throw new ClusterException(
                $"PostgreSQL did not start in {Pg}: {started.Error.Trim()} {LastLines(Path.Combine(Pg, "server.log"))}"
            );
        ConnectionString = ReadConnection();
        await using var source = Npgsql.NpgsqlDataSource.Create(
            ConnectionString.Replace("Database=ledger", "Database=postgres", StringComparison.Ordinal)
        );
        await using var exists = source.CreateCommand("select 1 from pg_database where datname = 'ledger'");
        if (await exists.ExecuteScalarAsync(stop) is null)
        {
            await using var create = source.CreateCommand("create database ledger");
            await create.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>A short private folder: a socket's path has at most 107 bytes, a data folder's may be longer.</summary>
    string SocketFolder()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..12];
        var path = Path.Combine("/tmp", $"ledger-{name}");
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Lines 4 and 5 of postmaster.pid: port and socket folder of the server that runs.</summary>
    string ReadConnection()
    {
        var lines = File.ReadAllLines(Path.Combine(Pg, "postmaster.pid"));
        return $"Host={lines[4]};Port={lines[3]};Username=ledger;Database=ledger";
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    static string LastLines(string log)
    {
        try
        {
            return string.Join(" | ", File.ReadLines(log).TakeLast(3));
        }
        catch (IOException)
        {
            return "";
        }
    }

    static Task<ToolRun> Tool(string name, IEnumerable<string> arguments, CancellationToken stop) =>
        Unprivileged.RunAsync(Path.Combine(Binaries(), name), arguments, stop);

    /// <summary>Where initdb and pg_ctl lie: the newest version installed.</summary>
    static string Binaries()
    {
        const string debian = "/usr/lib/postgresql";
        var found = Directory.Exists(debian)
            ? Directory
                .GetDirectories(debian)
                .Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb")))
                .OrderByDescending(d =>
                    int.TryParse(Path.GetFileName(Path.GetDirectoryName(d)), CultureInfo.InvariantCulture, out var v)
                        ? v
                        : 0
                )
                .FirstOrDefault()
            : null;
        found ??= (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));
        return found
            ?? throw new ClusterException(
                "PostgreSQL's server programs (initdb, pg_ctl) are not installed. Run ./ops/run once as root, or install the package postgresql, or give a server with --postgres."
            );
    }

    static async Task<FileStream> ExclusiveAsync(string path, CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 600)
            {
                await Task.Delay(100, stop);
            }
        }
    }

    /// <summary>Stops the cluster unless somebody else still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        using var ending = await ExclusiveAsync(Path.Combine(folder, "starting.lock"), CancellationToken.None);
        await usage.DisposeAsync();
        try
        {
            await using var last = new FileStream(
                Path.Combine(folder, "cluster.lock"),
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException)
        {
            return;
        }
        Npgsql.NpgsqlConnection.ClearAllPools();
        var stopped = await Tool(
            "pg_ctl",
            ["stop", "-D", Pg, "-m", "fast", "-w", "-t", "60", "-s"],
            CancellationToken.None
        );
        if (stopped.ExitCode == 0)
            Directory.Delete(SocketFolder(), recursive: true);
    }
}

/// <summary>The private cluster cannot be had; the message is for the person who started us.</summary>
public sealed class ClusterException(string message) : Exception(message);
