namespace Api.Cluster;

/// <summary>
/// A folder below one that only root may enter, as the server gets to see it: in a mount namespace of the server's own
/// the closed folder is covered by an empty one, and in it stands this folder at its old path. So the server reaches
/// its own folder without a right to search anybody else's.
/// </summary>
/// <param name="Top">The topmost folder that is closed to the server's user.</param>
/// <param name="Path">The folder, without links.</param>
sealed record ClosedFolder(string Top, string Path)
{
    /// <summary>The folder is opened before it is covered, and bound by its handle: no name is looked up
    /// twice.</summary>
    const string Script = """
        top=$1 path=$2; shift 2
        exec 9<"$path" && mount -t tmpfs -o mode=755 ledger "$top" && mkdir -p "$path" &&
        mount --no-canonicalize --bind /proc/self/fd/9 "$path" && exec 9<&- && exec "$@"
        """;

    /// <summary>What is put before a command that must see it.</summary>
    public IEnumerable<string> Opening =>
        ["unshare", "--mount", "--propagation", "slave", "sh", "-c", Script, "sh", Top, Path];

    /// <summary>Null where the server's user reaches the folder as it is.</summary>
    /// <param name="folder">Belongs to the server's user; without links.</param>
    /// <exception cref="ClusterException">The folder is closed to that user, and no mount is allowed here.</exception>
    public static async Task<ClosedFolder?> FindAsync(string folder, CancellationToken stop)
    {
        if (!Unprivileged.IsRoot)
            return null;
        var found = await AskAsync([.. Above(folder).Reverse(), folder], null, stop);
        if (found.ExitCode == 0)
            return null;
        var closed = new ClosedFolder(found.Text.Trim(), folder);
        if (closed.Top == folder || closed.Top.Length < 2)
            throw new ClusterException($"The user {Unprivileged.UserName} cannot enter {closed.Top}.");
        var seen = await AskAsync([folder], closed, stop);
        return seen.ExitCode == 0
            ? closed
            : throw new ClusterException(
                $"PostgreSQL runs as the user {Unprivileged.UserName}, who cannot enter {closed.Top}, and a mount that would show it {folder} alone is not allowed here ({seen.Text.Trim()}). Name a data folder that others may pass through (--data), let them pass (chmod o+x {closed.Top}), or start with the right to mount (CAP_SYS_ADMIN)."
            );
    }

    /// <summary>Says the first of these that the server's user cannot enter.</summary>
    static Task<ToolRun> AskAsync(IEnumerable<string> folders, ClosedFolder? seen, CancellationToken stop) =>
        Unprivileged.RunAsync(
            "sh",
            ["-c", "for d; do [ -x \"$d\" ] || { printf %s \"$d\"; exit 1; }; done", "sh", .. folders],
            seen,
            stop
        );

    static IEnumerable<string> Above(string folder)
    {
        for (var up = System.IO.Path.GetDirectoryName(folder); up is not null; up = System.IO.Path.GetDirectoryName(up))
            yield return up;
    }
}
