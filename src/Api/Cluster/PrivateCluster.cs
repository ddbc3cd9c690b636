using System.Globalization;
using Ledger.Store.Postgres;
using Npgsql;

namespace Api.Cluster;

/// <summary>
/// A PostgreSQL cluster of the ledger's own, in its data folder: checksums on, durable commits, reachable on its socket
/// alone and by its own user alone. As root it runs as the unprivileged user <c>postgres</c> (operations.md §1).
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    /// <summary>Bytes of the server's log.</summary>
    const int LongestLog = 4 << 20;

    readonly string folder;
    readonly FileStream usage;
    readonly bool alone;
    string pg;
    ClosedFolder? closed;

    PrivateCluster(string folder, FileStream usage, bool alone) =>
        (this.folder, this.usage, this.alone, pg) = (folder, usage, alone, Path.Combine(folder, "pg"));

    /// <summary>How to reach it, over its socket; the same after a restart.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Whether the database's superuser could read what the service can: they are the same system user unless
    /// the service runs as root.</summary>
    public static bool SuperuserIsWe => !Unprivileged.IsRoot;

    /// <summary>Whether a data folder holds a cluster.</summary>
    public static bool IsIn(string dataFolder) => File.Exists(Path.Combine(dataFolder, "pg", "PG_VERSION"));

    /// <summary>Starts the cluster in <paramref name="dataFolder"/>, or joins the one that runs there.</summary>
    /// <exception cref="ClusterException">It cannot be made or started; the message says why and what to
    /// do.</exception>
    public static async Task<PrivateCluster> OpenAsync(string dataFolder, CancellationToken stop)
    {
        Directory.CreateDirectory(dataFolder);
        // Everyone who uses the cluster shares this lock; whoever leaves and finds nobody else stops it.
        var gate = Path.Combine(dataFolder, "cluster.lock");
        using var starting = await StartingAsync(dataFolder, stop);
        var last = LastLock(gate);
        var alone = last is not null;
        last?.Dispose();
        var usage = new FileStream(gate, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        var cluster = new PrivateCluster(dataFolder, usage, alone);
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

    /// <summary>Starts the server again where it is down, on the same socket: connections find it as before. Does
    /// nothing while it runs.</summary>
    /// <returns>Whether it had to be started.</returns>
    /// <exception cref="ClusterException">It does not start; the message says why.</exception>
    public async Task<bool> RestoreAsync(CancellationToken stop)
    {
        using var starting = await StartingAsync(folder, stop);
        return await RunAsync(alone: false, stop);
    }

    /// <summary>Whether a server works in the folder.</summary>
    internal async Task<bool> IsRunningAsync(CancellationToken stop) =>
        await Postmaster.FindAsync(pg, stop) is not null;

    /// <summary>Cuts the server's log where it has grown long; its last lines are kept beside it. The server appends to
    /// the same file. It is the server's user who does it: the file lies in a folder of his.</summary>
    internal async Task BoundLogAsync(CancellationToken stop)
    {
        var file = new FileInfo(ServerLog);
        if (!file.Exists || file.Length <= LongestLog)
            return;
        var cut = await Tool(
            "sh",
            ["-c", "tail -c \"$2\" \"$1\" >\"$1.1\" && : >\"$1\"", "sh", ServerLog, $"{LongestLog / 4}"],
            stop
        );
        if (cut.ExitCode != 0)
            throw new ClusterException($"{ServerLog} could not be cut: {cut.Text.Trim()}");
    }

    string ServerLog => Path.Combine(pg, "server.log");

    async Task EnsureRunningAsync(CancellationToken stop)
    {
        if (!IsIn(folder))
            await CreateAsync(stop);
        pg = PathFacts.RealPath(pg) ?? pg;
        var user = await Unprivileged.UserAsync(stop);
        if (PathFacts.Of(pg) is not { Kind: PathKind.Folder } found || found.Owner != user)
            throw new ClusterException(
                $"The cluster in {pg} belongs to another user than {Unprivileged.UserName}, who runs it. Start as its owner, or give it over: chown -R {Unprivileged.UserName}: {pg}"
            );
        closed = await ClosedFolder.FindAsync(pg, stop);
        await RunAsync(alone, stop);
    }

    /// <summary>Has the server run, with today's settings, at <see cref="ConnectionString"/>.</summary>
    async Task<bool> RunAsync(bool alone, CancellationToken stop)
    {
        var sockets = new SocketFolder(folder, PathFacts.Of(pg)!.Value);
        var server = await Postmaster.FindAsync(pg, stop);
        var started = server is null;
        var renewed = await ClusterFiles.RenewAsync(pg, closed, stop);
        if (server is null)
            server = await StartAsync(await sockets.MakeAsync(alone, stop), stop);
        else if (renewed)
            await Tool("pg_ctl", ["reload", "-D", pg, "-s"], stop);
        var (host, port) = sockets.Note(sockets.Checked(server.Socket));
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Username = "ledger",
            Database = "ledger",
        }.ConnectionString;
        await EnsureDatabaseAsync(stop);
        return started;
    }

    /// <summary>Made whole under another name first: a creation that was cut off leaves no half cluster
    /// behind.</summary>
    async Task CreateAsync(CancellationToken stop)
    {
        if (PathFacts.Of(pg) is { } there)
        {
            if (there.Kind is not PathKind.Folder || Directory.EnumerateFileSystemEntries(pg).Any())
                throw new ClusterException(
                    $"{pg} holds no PostgreSQL cluster, and is no empty folder where one could be made. Move it away or name another data folder with --data."
                );
            Directory.Delete(pg);
        }
        var half = Path.Combine(PathFacts.RealPath(folder) ?? folder, "pg.making");
        if (PathFacts.Of(half) is null)
            await Unprivileged.MakeFolderAsync(half, stop);
        await Unprivileged.GiveAsync(half, stop);
        closed = await ClosedFolder.FindAsync(half, stop);
        await Tool("find", [half, "-mindepth", "1", "-delete"], stop);
        var made = await Tool(
            "initdb",
            [
                "-D",
                half,
                "-U",
                "ledger",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--auth-local=peer",
                "--auth-host=reject",
            ],
            stop
        );
        if (made.ExitCode != 0)
            throw new ClusterException($"initdb failed in {half}: {made.Text.Trim()}");
        await ClusterFiles.RenewAsync(half, closed, stop);
        Directory.Move(half, pg);
        PathFacts.Settle(folder);
    }

    async Task<Postmaster> StartAsync(SocketPlace socket, CancellationToken stop)
    {
        var log = ServerLog;
        var started = await Tool(
            "pg_ctl",
            ["start", "-D", pg, "-w", "-t", "120", "-s", "-l", log, "-o", $"-p {socket.Port} -k {socket.Path}"],
            stop
        );
        if (started.ExitCode == 0 && await Postmaster.FindAsync(pg, stop) is { } server)
            return server;
        var said = await Tool("tail", ["-n", "3", log], stop);
        throw new ClusterException(
            $"PostgreSQL did not start in {pg}: {started.Text.Trim()} {said.Text.Trim().ReplaceLineEndings(" | ")}"
        );
    }

    async Task EnsureDatabaseAsync(CancellationToken stop)
    {
        var postgres = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false };
        await using var source = LedgerConnections.Builder(postgres.ConnectionString, "cluster").Build();
        await using var exists = source.CreateCommand("select 1 from pg_database where datname = 'ledger'");
        if (await exists.ExecuteScalarAsync(stop) is not null)
            return;
        await using var create = source.CreateCommand("create database ledger");
        await create.ExecuteNonQueryAsync(stop);
    }

    Task<ToolRun> Tool(string name, IEnumerable<string> arguments, CancellationToken stop) =>
        Unprivileged.RunAsync(
            name is "pg_ctl" or "initdb" ? Path.Combine(Binaries(), name) : name,
            arguments,
            closed,
            stop
        );

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

    static Task<FileStream> StartingAsync(string folder, CancellationToken stop) =>
        ExclusiveAsync(Path.Combine(folder, "starting.lock"), stop);

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

    /// <summary>Held by nobody else; null where somebody uses the cluster.</summary>
    static FileStream? LastLock(string gate)
    {
        try
        {
            return new(gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Stops the cluster unless somebody else still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        using var ending = await StartingAsync(folder, CancellationToken.None);
        await usage.DisposeAsync();
        using var last = LastLock(Path.Combine(folder, "cluster.lock"));
        if (last is null)
            return;
        NpgsqlConnection.ClearAllPools();
        var stopped = await Tool(
            "pg_ctl",
            ["stop", "-D", pg, "-m", "fast", "-w", "-t", "60", "-s"],
            CancellationToken.None
        );
        if (stopped.ExitCode == 0 && PathFacts.Of(pg) is { } found)
            new SocketFolder(folder, found).Remove();
    }
}

/// <summary>The private cluster cannot be had; the message is for the person who started us.</summary>
public sealed class ClusterException(string message) : Exception(message);
