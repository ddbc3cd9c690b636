using System.Diagnostics;
using System.Text.Json;
using Support;

namespace Peers.Tests;

/// <summary>Packages for Node of one folder of <c>tests/peers</c>, installed once into a folder of the
/// artifacts.</summary>
/// <param name="folder">Name of the folder.</param>
/// <param name="packages">What to install, for whoever cannot.</param>
/// <param name="scripts">Files of the folder that run beside the packages.</param>
sealed class NodePackages(string folder, string packages, params string[] scripts)
{
    readonly string sources = Path.Combine(Places.Root, "tests", "peers", folder);

    /// <summary>Why the packages are not there, or null. Every test waits for the same installation.</summary>
    Task<string?>? failure;

    readonly Lock installing = new();

    /// <summary>Where they are installed.</summary>
    public string Folder { get; } = Path.Combine(Places.Root, "artifacts", "peers", folder);

    /// <summary>Runs a script with the packages.</summary>
    public async Task<(int Exit, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        var node = Peer.Need("node", "Debian: nodejs");
        Peer.Need("npm", "Debian: npm");
        Task<string?> installed;
        lock (installing)
            installed = failure ??= InstallAsync();
        if (await installed is { } reason)
            throw Peer.Missing(packages, reason);
        var start = new ProcessStartInfo(node, arguments) { WorkingDirectory = Folder };
        // No package tells anybody that it is used.
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        return await Peer.Run(start, input, TestContext.Current.CancellationToken);
    }

    async Task<string?> InstallAsync()
    {
        const string locked = "package-lock.json";
        var isInstalled =
            File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))
            && await File.ReadAllTextAsync(Path.Combine(Folder, locked))
                == await File.ReadAllTextAsync(Path.Combine(sources, locked));
        Directory.CreateDirectory(Folder);
        foreach (var file in (string[])["package.json", locked, .. scripts])
            File.Copy(Path.Combine(sources, file), Path.Combine(Folder, file), overwrite: true);
        if (isInstalled)
            return null;
        string[] quick = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
        var start = new ProcessStartInfo("npm", ["ci", .. quick]) { WorkingDirectory = Folder };
        var (exit, _, error) = await Peer.Run(start, "", CancellationToken.None);
        return exit == 0 ? null : $"npm ci: {error}";
    }
}

/// <summary>The packages of <c>tests/peers/node</c>.</summary>
static class NodePeer
{
    static readonly NodePackages Packages = new(
        "node",
        "@sd-jwt/core, @sd-jwt/crypto-nodejs, canonicalize, json-canonicalize",
        "peer.mjs"
    );

    /// <summary>Asks a command of <c>peer.mjs</c>.</summary>
    public static async Task<JsonElement> Ask(string command, object question)
    {
        var (exit, answer, error) = await Packages.RunAsync(JsonSerializer.Serialize(question), "peer.mjs", command);
        Assert.True(exit == 0, error);
        return JsonElement.Parse(answer);
    }
}
