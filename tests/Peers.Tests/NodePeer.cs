using System.Diagnostics;
using System.Text.Json;
using Support;

namespace Peers.Tests;

/// <summary>The packages of <c>tests/peers/node</c>, installed once into a folder of the artifacts.</summary>
static class NodePeer
{
    const string Packages = "@sd-jwt/core, @sd-jwt/crypto-nodejs, canonicalize, json-canonicalize";

    static readonly string Sources = Path.Combine(Places.Root, "tests", "peers", "node");
    static readonly string Installed = Path.Combine(Places.Root, "artifacts", "peers", "node");

    /// <summary>Why the packages are not there, or null. Every test waits for the same installation.</summary>
    static readonly Lazy<Task<string?>> Failure = new(Install);

    /// <summary>Asks a command of <c>peer.mjs</c>.</summary>
    public static async Task<JsonElement> Ask(string command, object question)
    {
        var node = Peer.Need("node", "Debian: nodejs");
        Peer.Need("npm", "Debian: npm");
        if (await Failure.Value is { } reason)
            throw Peer.Missing(Packages, reason);
        var (exit, answer, error) = await Peer.Run(
            new(node, ["peer.mjs", command]) { WorkingDirectory = Installed },
            JsonSerializer.Serialize(question),
            TestContext.Current.CancellationToken
        );
        Assert.True(exit == 0, error);
        return JsonElement.Parse(answer);
    }

    static async Task<string?> Install()
    {
        const string locked = "package-lock.json";
        var isInstalled =
            File.Exists(Path.Combine(Installed, "node_modules", ".package-lock.json"))
            && File.ReadAllText(Path.Combine(Installed, locked)) == File.ReadAllText(Path.Combine(Sources, locked));
        Directory.CreateDirectory(Installed);
        foreach (var file in (string[])["package.json", locked, "peer.mjs"])
            File.Copy(Path.Combine(Sources, file), Path.Combine(Installed, file), overwrite: true);
        if (isInstalled)
            return null;
        string[] quick = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
        var start = new ProcessStartInfo("npm", ["ci", .. quick]) { WorkingDirectory = Installed };
        var (exit, _, error) = await Peer.Run(start, "", CancellationToken.None);
        return exit == 0 ? null : $"npm ci: {error}";
    }
}
