using System.Globalization;
using System.Security.Cryptography;

namespace Api.Cluster;

/// <summary>
/// Where the server's socket lies: a short folder of a random name that only the server's user may enter (and root). A
/// socket's path has at most 107 bytes, a data folder's may be longer. The data folder remembers the name as long as
/// the server runs, so that a server that died comes back to the same place.
/// </summary>
sealed class SocketFolder
{
    /// <summary>There is no port on the network: the number stands in the socket's name, which is private.</summary>
    const int Port = 5432;

    readonly string note;
    readonly PathFacts cluster;

    /// <param name="dataFolder">The data folder.</param>
    /// <param name="cluster">PostgreSQL's folder in it: who owns it runs the server, and a copy of it is
    /// another.</param>
    public SocketFolder(string dataFolder, PathFacts cluster) =>
        (note, this.cluster) = (Path.Combine(dataFolder, "cluster.socket"), cluster);

    /// <summary>Where to start the server.</summary>
    /// <param name="alone">Nobody else uses this cluster; else the others wait for it where it was.</param>
    public async Task<SocketPlace> MakeAsync(bool alone, CancellationToken stop)
    {
        if (Noted() is { } before && (!alone || IsOurs(before.Path)))
        {
            if (PathFacts.Of(before.Path) is null)
                await CreateAsync(before.Path, stop);
            return Checked(before);
        }
        var path = Path.Combine(Base(), $"ledger-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9))}");
        await CreateAsync(path, stop);
        return Note(new(path, Port));
    }

    /// <summary>Remembers where a server runs.</summary>
    public SocketPlace Note(SocketPlace place)
    {
        if (Noted() != place)
            File.WriteAllLines(note, [place.Path, place.Port.ToString(CultureInfo.InvariantCulture), Mark]);
        return place;
    }

    /// <summary>Whoever may put a socket into it is asked for the ledger's data and told its commands: only the
    /// server's user may.</summary>
    /// <exception cref="ClusterException">It is a link, or another's, or open to others.</exception>
    public SocketPlace Checked(SocketPlace place) =>
        IsOurs(place.Path)
            ? place
            : throw new ClusterException(
                $"The folder of the server's socket, {place.Path}, is not as it must be: a folder, no link, of the user {Unprivileged.UserName}, closed to all others (mode 700). Nothing was sent to it. Stop every ledger of this data folder, then start again: the server takes a new folder."
            );

    /// <summary>Takes the folder away after a server that ended cleanly.</summary>
    public void Remove()
    {
        try
        {
            if (Noted() is { Path: var path } && IsOurs(path))
                // Not with what lies in it: its owner could put a link in its place while we go through it.
                Directory.Delete(path);
        }
        catch (IOException) { }
        File.Delete(note);
    }

    bool IsOurs(string path) =>
        PathFacts.Of(path) is { Kind: PathKind.Folder, OthersMay: false } found && found.Owner == cluster.Owner;

    /// <summary>What was noted for this very cluster, not for one that it was copied from.</summary>
    SocketPlace? Noted()
    {
        try
        {
            return
                File.ReadAllLines(note) is [var path, var number, var mark]
                && mark == Mark
                && int.TryParse(number, CultureInfo.InvariantCulture, out var port)
                ? new(path, port)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    string Mark => $"{cluster.Identity}";

    /// <summary>Fails where something of the name is there: nothing is ever taken over.</summary>
    static async Task CreateAsync(string path, CancellationToken stop)
    {
        var made = await Unprivileged.MakeFolderAsync(path, stop);
        if (made.ExitCode != 0)
            throw new ClusterException($"The folder of the server's socket cannot be made: {made.Text.Trim()}");
        await Unprivileged.GiveAsync(path, stop);
    }

    /// <summary>Nothing clears /run up while we run, and only root makes names in it; else the temporary folder, in
    /// which nobody moves another's.</summary>
    static string Base() =>
        Unprivileged.IsRoot && PathFacts.Of("/run") is { Kind: PathKind.Folder, Owner: 0, OthersReplace: false }
            ? "/run"
        : PathFacts.Of("/tmp") is { Kind: PathKind.Folder, OthersReplace: false } ? "/tmp"
        : throw new ClusterException(
            "/tmp lets everybody replace everybody's files (no sticky bit): the server's socket would not be safe in it. Mend it with: chmod 1777 /tmp"
        );
}

/// <summary>Where a server's socket is.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Port">The number in its name.</param>
sealed record SocketPlace(string Path, int Port);
