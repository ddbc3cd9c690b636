using System.Diagnostics;

namespace Api.Cluster;

/// <summary>How a tool ended.</summary>
sealed record ToolRun(int ExitCode, string Error);

/// <summary>
/// Runs PostgreSQL's tools as a user it accepts: as root through setpriv as <c>postgres</c>, with the right to search
/// folders that only root may enter (packages.md §3); otherwise as ourselves.
/// </summary>
static class Unprivileged
{
    static bool IsRoot => Environment.IsPrivilegedProcess;

    public static Task<ToolRun> RunAsync(string program, IEnumerable<string> arguments, CancellationToken stop) =>
        IsRoot
            ? StartAsync(
                "setpriv",
                [
                    "--reuid=postgres",
                    "--regid=postgres",
                    "--init-groups",
                    "--inh-caps=+dac_read_search",
                    "--ambient-caps=+dac_read_search",
                    program,
                    .. arguments,
                ],
                stop
            )
            : StartAsync(program, arguments, stop);

    /// <summary>Makes the unprivileged user the owner.</summary>
    public static async Task GiveAsync(string path, CancellationToken stop)
    {
        if (!IsRoot)
            return;
        var given = await StartAsync("chown", ["postgres:postgres", path], stop);
        if (given.ExitCode != 0)
            throw new ClusterException($"Cannot give {path} to the user postgres: {given.Error.Trim()}");
    }

    static async Task<ToolRun> StartAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        // Output goes to files, not pipes: the server that pg_ctl starts would keep a pipe open for ever. A session
        // of its
        // own keeps Ctrl-C of our terminal from the server: we stop it ourselves, after the last writer.
        var errors = Path.GetTempFileName();
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (
            var a in (string[])
                [
                    "-w",
                    "sh",
                    "-c",
                    "out=$1; shift; exec \"$@\" </dev/null >\"$out\" 2>&1",
                    "sh",
                    errors,
                    program,
                    .. arguments,
                ]
        )
            start.ArgumentList.Add(a);
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start) ?? throw new ClusterException($"Cannot start {program}.");
            await process.WaitForExitAsync(stop);
            return new(process.ExitCode, await File.ReadAllTextAsync(errors, stop));
        }
        finally
        {
            File.Delete(errors);
        }
    }
}
