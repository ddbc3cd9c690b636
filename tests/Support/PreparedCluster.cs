using Api.Cluster;

namespace Support;

/// <summary>A private cluster as the product makes it, made once in the process: for tests that are about what happens
/// to one, not about how it is made.</summary>
public static class PreparedCluster
{
    static readonly Lazy<Task<string>> Made = new(async () =>
    {
        var folder = Directory.CreateTempSubdirectory("ledger-cluster-").FullName;
        await using var cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        return folder;
    });

    /// <summary>Puts a copy of it, which does not run, into a data folder.</summary>
    public static async Task GiveAsync(string data) =>
        await Folders.CopyAsync(Path.Combine(await Made.Value, "pg"), Path.Combine(data, "pg"));

    internal static async Task EndAsync()
    {
        if (Made.IsValueCreated)
            Directory.Delete(await Made.Value, recursive: true);
    }
}
