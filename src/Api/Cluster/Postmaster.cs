using System.Diagnostics;
using System.Globalization;

namespace Api.Cluster;

/// <summary>A server that runs, as its lock file tells.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Socket">Where it is reached.</param>
sealed record Postmaster(int Process, SocketPlace Socket)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The server that works in a folder; null where none does. What counts is the folder that the process named in the
    /// lock file works in: its number may belong to another program by now, and a copied folder names the server of the
    /// original. A lock file that a killed server left is taken away once nobody works in the folder any more:
    /// PostgreSQL takes it over itself when the process is gone, but not while it is a zombie that nobody has reaped,
    /// nor when its number went to another.
    /// </summary>
    /// <exception cref="ClusterException">Processes of a killed server do not end.</exception>
    public static async Task<Postmaster?> FindAsync(string folder, CancellationToken stop)
    {
        var file = Path.Combine(folder, "postmaster.pid");
        var lines = Lines(file);
        if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id))
            return null;
        if (!IsZombie(id) && WorksIn($"/proc/{id}", folder))
            return Read(id, lines)
                ?? throw new ClusterException(
                    $"A PostgreSQL (process {id}) works in {folder} that does not say how to reach it. Wait until it has started, then start again."
                );
        // Also where its process is gone: a server does not start beside children that outlive the last one.
        await EndedAsync(folder, stop);
        if (!Directory.Exists($"/proc/{id}"))
            return null;
        File.Delete(file);
        // The socket has a lock of the same kind.
        if (Read(id, lines) is { } dead)
            File.Delete(
                Path.Combine(
                    dead.Socket.Path,
                    $".s.PGSQL.{dead.Socket.Port.ToString(CultureInfo.InvariantCulture)}.lock"
                )
            );
        return null;
    }

    static Postmaster? Read(int id, string[] lines) =>
        lines.Length > 4 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) && lines[4].Length > 0
            ? new(id, new(lines[4], port))
            : null;

    static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Backends that outlive their postmaster end by themselves; until then the folder is theirs.</summary>
    static async Task EndedAsync(string folder, CancellationToken stop)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var started = Stopwatch.GetTimestamp();
        while (
            Directory
                .EnumerateDirectories("/proc")
                .Any(p => char.IsAsciiDigit(Path.GetFileName(p)[0]) && WorksIn(p, folder))
        )
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new ClusterException(
                    $"Processes of a PostgreSQL that was killed still work in {folder}. Wait for them to end, then start again."
                );
            await tick.WaitForNextTickAsync(stop);
        }
    }

    /// <summary>A process of PostgreSQL, and by the folder itself, not its name: in a mount namespace of its own, and
    /// after a move, it has another.</summary>
    static bool WorksIn(string process, string folder) =>
        PathFacts.Behind(Path.Combine(process, "cwd")) is { } works
        && PathFacts.Behind(folder) is { } place
        && works.Identity == place.Identity
        && Stat(process) is { Name: "postgres" or "postmaster" };

    static bool IsZombie(int process) => Stat($"/proc/{process}") is { State: 'Z' };

    /// <summary>Name and state in <c>/proc/PID/stat</c>: <c>pid (name) state …</c>; null where there is no such
    /// process.</summary>
    static (string Name, char State)? Stat(string process)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(process, "stat"));
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            return (stat[(open + 1)..close], stat[close + 2]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
