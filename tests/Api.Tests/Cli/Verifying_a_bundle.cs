using System.Diagnostics;
using Support;

namespace Api.Tests.Cli;

/// <summary>The verb over bundles that the peer in Python made; without it the tests are skipped.</summary>
public sealed class Verifying_a_bundle
{
    [Fact]
    public async Task exits_as_the_verdict_says_and_opens_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-verify-").FullName;
        try
        {
            await MakeAsync(folder);
            var good = await RunAsync(folder, "good.zip", "policy.txt");
            Assert.Equal((0, ""), (good.Exit, good.Error.Trim()));
            Assert.Contains("supported(", good.Out, StringComparison.Ordinal);
            Assert.Contains("Dishonest witnesses the policy bears: 1", good.Out, StringComparison.Ordinal);
            var spoilt = await RunAsync(folder, "last-event-dropped.zip", "policy.txt", "--json");
            Assert.Equal(1, spoilt.Exit);
            Assert.False(spoilt.Document.GetProperty("valid").GetBoolean());
            Assert.StartsWith(
                "truncated(",
                spoilt.Document.GetProperty("events")[0].GetProperty("complete").GetString(),
                StringComparison.Ordinal
            );
            Assert.False(Directory.Exists(Path.Combine(folder, "data")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("no-such.zip", "policy.txt")]
    [InlineData("good.zip", "no-such.txt")]
    [InlineData("good.zip", "LIST.jsonl")]
    [InlineData("good.zip", "policy.txt", "--require", "trust")]
    [InlineData("good.zip", "policy.txt", "--pin", "/no/such/note")]
    public async Task is_used_wrongly_with_two(string file, string policy, params string[] more)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-verify-").FullName;
        try
        {
            await MakeAsync(folder);
            var ran = await RunAsync(folder, file, policy, more);
            Assert.Equal((2, ""), (ran.Exit, ran.Out));
            Assert.NotEmpty(ran.Error.Trim());
            if (policy == "LIST.jsonl")
                Assert.Contains("line 1", ran.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Task<Ran> RunAsync(string folder, string file, string policy, params string[] more) =>
        LedgerProgram.RunAsync([
            "verify",
            Path.Combine(folder, file),
            "--policy",
            Path.Combine(folder, policy),
            "--registrars",
            Path.Combine(folder, "registrars.txt"),
            "--data",
            Path.Combine(folder, "data"),
            .. more,
        ]);

    static async Task MakeAsync(string folder)
    {
        const string Python = "/usr/bin/python3";
        var maker = Path.Combine(Places.Root, "tests", "peers", "python", "make_bundle.py");
        if (!File.Exists(Python))
            throw Peer.Missing("python3", "Debian: python3");
        var stop = TestContext.Current.CancellationToken;
        if ((await Peer.Run(new ProcessStartInfo(Python, ["-c", "import cryptography"]), "", stop)).Exit != 0)
            throw Peer.Missing("cryptography of Python", "Debian: python3-cryptography");
        var (exit, _, error) = await Peer.Run(new(Python, ["-B", maker, folder, "--events", "3"]), "", stop);
        Assert.True(exit == 0, error);
    }
}
