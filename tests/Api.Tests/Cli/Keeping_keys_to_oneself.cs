using System.Diagnostics;
using Support;

namespace Api.Tests.Cli;

/// <summary>A key that other users of the machine can read, or put another in the place of, is not used.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class Keeping_keys_to_oneself
{
    public static TheoryData<string, string, string> Faults =>
        new()
        {
            { "keys/kh", "644", "chmod 600" },
            { "keys/log", "640", "chmod 600" },
            { "keys/kek-1", "604", "chmod 600" },
            { "keys/leaf", "620", "chmod 600" },
            { "keys", "777", "chmod go-w" },
            { "witness/key", "644", "chmod 600" },
            { "witness", "770", "chmod go-w" },
            { ".", "775", "chmod go-w" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Others_rights_are_said_with_the_command_that_mends_them(string name, string mode, string mend)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var path = Path.GetFullPath(Path.Combine(ledger.Data, name));
        var before = File.GetUnixFileMode(path);
        await ChangeAsync("chmod", mode, path);
        foreach (
            var way in (string[][])
                [
                    ["item", "tag:1"],
                    ["audit"],
                    ["keys", "list"],
                    ["serve", "--port", "0"],
                ]
        )
        {
            var ran = await ledger.RunAsync(way);
            Assert.Equal((way[0], 3, ""), (way[0], ran.Exit, ran.Out));
            Assert.Contains($"{mend} {path}", ran.Error, StringComparison.Ordinal);
        }
        File.SetUnixFileMode(path, before);
        Assert.Equal(0, (await ledger.RunAsync("keys", "list")).Exit);
    }

    [Fact]
    public async Task A_link_is_no_key()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var path = Path.Combine(ledger.Data, "keys", "kh");
        File.Move(path, path + ".elsewhere");
        File.CreateSymbolicLink(path, path + ".elsewhere");
        var ran = await ledger.RunAsync("item", "tag:1");
        Assert.Equal(3, ran.Exit);
        Assert.Contains(path, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys/kl")]
    [InlineData("keys")]
    [InlineData("witness/key")]
    public async Task Another_s_file_is_no_key(string name)
    {
        Cluster.OtherUser.IsNeeded();
        await using var ledger = await ScratchLedger.OpenAsync();
        var path = Path.Combine(ledger.Data, name);
        await ChangeAsync("chown", "nobody", path);
        var ran = await ledger.RunAsync("item", "tag:1");
        Assert.Equal(3, ran.Exit);
        Assert.Contains($"chown root {path}", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_says_it_and_goes_on()
    {
        await using var ledger = await ScratchLedger.OpenAsync(markets: false);
        var path = Path.Combine(ledger.Data, "keys", "kh");
        await ChangeAsync("chmod", "644", path);
        using var process = LedgerProgram.Start(
            "serve",
            "--demo",
            "--port",
            $"{TestService.FreePort()}",
            "--postgres",
            ledger.Connection,
            "--data",
            ledger.Data
        );
        try
        {
            var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.Contains($"chmod 600 {path}", line, StringComparison.Ordinal);
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } said)
                if (said.Contains("is ready", StringComparison.Ordinal))
                    return;
            Assert.Fail(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task New_ones_are_readable_by_their_owner_alone()
    {
        var data = Path.Combine(Directory.CreateTempSubdirectory("ledger-new-").FullName, "data");
        try
        {
            var database = await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
            var ran = await LedgerProgram.RunAsync("keys", "list", "--postgres", database, "--data", data);
            Assert.True(ran.Exit == 0, ran.Error);
            var keys = Directory.GetFiles(Path.Combine(data, "keys")).Append(Path.Combine(data, "witness", "key"));
            Assert.All(
                keys,
                k => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(k))
            );
            Assert.Equal(6, keys.Count());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);
        }
    }

    static async Task ChangeAsync(string program, string to, string path)
    {
        using var process = Process.Start(program, [to, path]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
