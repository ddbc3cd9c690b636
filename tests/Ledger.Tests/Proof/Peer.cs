using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Support;

namespace Ledger.Tests.Proof;

/// <summary>Programs that are not ours. Where one is missing the test is skipped by its name: that is no pass.</summary>
static class Peer
{
    static readonly string Sources = Path.Combine(Places.Root, "tests", "peers", "node");
    static readonly string Installed = Path.Combine(Places.Root, "artifacts", "peers", "node");

    /// <summary>Why the packages are not there, or null.</summary>
    static readonly Lazy<Task<string?>> Missing = new(InstallAsync);

    /// <summary>Asks a command of <c>tests/peers/node/peer.mjs</c>.</summary>
    public static async Task<JsonElement> NodeAsync(string command, object question)
    {
        if (await Missing.Value is { } reason)
            Assert.Skip(reason);
        var (code, answer, error) = await RunAsync(
            "node",
            Installed,
            JsonSerializer.SerializeToUtf8Bytes(question),
            "peer.mjs",
            command
        );
        Assert.True(code == 0, error);
        return JsonElement.Parse(answer);
    }

    /// <summary>Runs OpenSSL in a folder.</summary>
    public static async Task<(bool Ok, string Output)> OpenSslAsync(string folder, params string[] arguments)
    {
        try
        {
            var (code, output, error) = await RunAsync("openssl", folder, [], arguments);
            return (code == 0, output + error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("openssl is not installed.");
            throw;
        }
    }

    static async Task<string?> InstallAsync()
    {
        string[] files = ["package.json", "package-lock.json", "peer.mjs"];
        var done = Path.Combine(Installed, "node_modules", ".package-lock.json");
        var asInstalled = Path.Combine(Installed, files[1]);
        var isNew =
            !File.Exists(done)
            || await File.ReadAllTextAsync(asInstalled) != await File.ReadAllTextAsync(Path.Combine(Sources, files[1]));
        Directory.CreateDirectory(Installed);
        foreach (var file in files)
            File.Copy(Path.Combine(Sources, file), Path.Combine(Installed, file), overwrite: true);
        try
        {
            await RunAsync("node", Installed, [], "--version");
            if (!isNew)
                return null;
            string[] quick = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
            var (code, _, error) = await RunAsync("npm", Installed, [], ["ci", .. quick]);
            return code == 0 ? null : $"@sd-jwt/core, canonicalize, json-canonicalize could not be installed: {error}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "node with npm is not installed: @sd-jwt/core, canonicalize, json-canonicalize were not asked.";
        }
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(
        string program,
        string folder,
        byte[] input,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
