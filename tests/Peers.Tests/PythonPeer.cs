using System.Text.Json;
using Support;

namespace Peers.Tests;

/// <summary>The verifier and the maker of bundles in <c>tests/peers/python</c>, written from the text alone.</summary>
static class PythonPeer
{
    static readonly string Folder = Path.Combine(Places.Root, "tests", "peers", "python");

    /// <summary>Good and spoilt bundles of so many logs, one list of arguments a line.</summary>
    public static async Task<string> MakeMany(string folder, int logs)
    {
        await Run("make_bundle.py", folder, "--many", $"{logs}");
        return Path.Combine(folder, "LIST.jsonl");
    }

    /// <summary>What its own tests ask about: each verdict of each kind, at its borders.</summary>
    public static async Task<string> RecordCases(string folder)
    {
        await Run("record_cases.py", folder);
        return Path.Combine(folder, "LIST.jsonl");
    }

    /// <summary>Its answers to such a list, in their order.</summary>
    public static async Task<JsonElement[]> Verify(string list) =>
        [
            .. (await Run("verify_bundle.py", "--batch", list))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line)),
        ];

    static async Task<string> Run(string program, params string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        var python = Peer.Need("python3", "Debian: python3");
        if ((await Peer.Run(new(python, ["-c", "import cryptography"]), "", stop)).Exit != 0)
            // What another distribution of Python lacks, the system's may have.
            python = "/usr/bin/python3";
        if (!File.Exists(python) || (await Peer.Run(new(python, ["-c", "import cryptography"]), "", stop)).Exit != 0)
            throw Peer.Missing("cryptography of Python", "Debian: python3-cryptography");
        var (exit, output, error) = await Peer.Run(
            new(python, ["-B", Path.Combine(Folder, program), .. arguments]),
            "",
            stop
        );
        Assert.True(exit is 0 or 1, error);
        return output;
    }
}
