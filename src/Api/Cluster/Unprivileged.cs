using System.Diagnostics;
using System.Globalization;

namespace Api.Cluster;

/// <summary>How a tool ended, and what it wrote.</summary>
sealed record ToolRun(int ExitCode, string Text);

/// <summary>
/// Runs PostgreSQL's tools as a user it accepts: as root as <c>postgres</c>, otherwise as ourselves. Never with a
/// capability: whoever is superuser in the database can do what this user can.
/// </summary>
static class Unprivileged
{
    const string Name = "postgres";

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>The user id that the server has.</summary>
    public static async Task<uint> UserAsync(CancellationToken stop)
    {
        if (!IsRoot)
            return PathFacts.Me;
        var asked = await StartAsync(["id", "-u", Name], stop);
        return uint.TryParse(asked.Text.Trim(), CultureInfo.InvariantCulture, out var user)
            ? user
            : throw new ClusterException(
                $"There is no user {Name}, and PostgreSQL does not run as root. Install the package postgresql, or give a server with --postgres."
            );
    }

    /// <summary>What a person calls that user.</summary>
    public static string UserName => IsRoot ? Name : Environment.UserName;

    /// <param name="seen">What the tool must reach below folders that are closed to its user.</param>
    public static Task<ToolRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        ClosedFolder? seen,
        CancellationToken stop
    ) =>
        !IsRoot
            ? StartAsync([program, .. arguments], stop)
            : StartAsync(
                [
                    .. seen?.Opening ?? [],
                    "setpriv",
                    $"--reuid={Name}",
                    $"--regid={Name}",
                    "--clear-groups",
                    "--inh-caps=-all",
                    "--no-new-privs",
                    program,
                    .. arguments,
                ],
                stop
            );

    /// <summary>Makes the server's user the owner of a folder that lies in one of ours.</summary>
    public static async Task GiveAsync(string path, CancellationToken stop)
    {
        if (!IsRoot)
            return;
        var given = await StartAsync(["chown", "-h", $"{Name}:{Name}", path], stop);
        if (given.ExitCode != 0)
            throw new ClusterException($"Cannot give {path} to the user {Name}: {given.Text.Trim()}");
    }

    /// <summary>Makes a folder that nobody else may enter; fails where something of that name is there, even a
    /// link.</summary>
    public static Task<ToolRun> MakeFolderAsync(string path, CancellationToken stop) =>
        StartAsync(["mkdir", "-m", "700", path], stop);

    /// <summary>Waits until the names in a folder are on disk.</summary>
    public static Task SettleAsync(string folder, CancellationToken stop) => StartAsync(["sync", folder], stop);

    static async Task<ToolRun> StartAsync(IEnumerable<string> command, CancellationToken stop)
    {
        // Output goes to a file, not a pipe: the server that pg_ctl starts would keep a pipe open for ever. A session
        // of its own keeps Ctrl-C of our terminal from the server: we stop it ourselves, after the last writer.
        var output = Path.GetTempFileName();
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (
            var a in (string[])
                ["-w", "sh", "-c", "out=$1; shift; exec \"$@\" </dev/null >\"$out\" 2>&1", "sh", output, .. command]
        )
            start.ArgumentList.Add(a);
        KeepOnly(start.Environment, "PATH", "LD_LIBRARY_PATH", "TZ");
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start) ?? throw new ClusterException("Cannot start setsid.");
            await process.WaitForExitAsync(stop);
            return new(process.ExitCode, await File.ReadAllTextAsync(output, stop));
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>Our environment may hold secrets, and the server's is open to its superuser.</summary>
    static void KeepOnly(IDictionary<string, string?> environment, params string[] names)
    {
        foreach (var name in environment.Keys.Except(names, StringComparer.Ordinal).ToList())
            environment.Remove(name);
    }
}
