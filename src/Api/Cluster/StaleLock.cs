namespace Api.Cluster;

/// <summary>
/// A server that was killed leaves its lock file. PostgreSQL takes the file over when the process is gone, but not
/// while
/// it is a zombie that nobody has reaped, nor when its number went to another program: then we do, once no process
/// works in the folder any more.
/// </summary>
static class StaleLock
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task ClearAsync(string folder, CancellationToken stop)
    {
        var file = Path.Combine(folder, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid))
            return;
        if (StateOf(pid) is not { } state || state is { Name: "postgres" or "postmaster", IsZombie: false })
            return;
        // Backends that outlive their postmaster end by themselves; until then the folder is theirs.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (SomebodyWorksIn(folder))
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(started) > Patience)
                throw new ClusterException(
                    $"Processes of a PostgreSQL that was killed still work in {folder}. Wait for them to end, then start again."
                );
            await tick.WaitForNextTickAsync(stop);
        }
        File.Delete(file);
    }

    /// <summary>Name and state from <c>/proc/PID/stat</c>: <c>pid (name) state …</c>; null where there is no such
    /// process.</summary>
    static (string Name, bool IsZombie)? StateOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            return (stat[(open + 1)..close], stat[close + 2] == 'Z');
        }
        catch (IOException)
        {
            return null;
        }
    }

    static bool SomebodyWorksIn(string folder) =>
        Directory
            .EnumerateDirectories("/proc")
            .Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0]))
            .Any(p =>
            {
                try
                {
                    return new FileInfo(Path.Combine(p, "cwd")).LinkTarget == folder;
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            });
}
