using System.Diagnostics;
using System.Globalization;
using Api.Tests.Cli;
using Support;

namespace Api.Tests.Cluster;

/// <summary>The program itself, as another user than root, and as a root that may not mount.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class Starting_with_fewer_rights : IDisposable
{
    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("ledger-rights-");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_another_user_it_says_that_the_database_could_read_the_keys()
    {
        OtherUser.IsNeeded();
        using (var chown = Process.Start("chown", ["nobody:nogroup", root.FullName]))
            await chown.WaitForExitAsync(Stop);
        var data = Path.Combine(root.FullName, "data");
        var port = TestService.FreePort().ToString(CultureInfo.InvariantCulture);
        var start = As(
            ["--reuid=nobody", "--regid=nogroup", "--clear-groups"],
            "serve",
            "--data",
            data,
            "--port",
            port
        );
        start.Environment["HOME"] = start.Environment["TMPDIR"] = root.FullName;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadLineAsync(Stop);
        Assert.Contains("same system user (nobody)", said, StringComparison.Ordinal);
        Assert.Contains(data, said, StringComparison.Ordinal);
        while (await process.StandardOutput.ReadLineAsync(Stop) is { } line)
            if (line.Contains("is ready", StringComparison.Ordinal))
                break;

        var socket = File.ReadLines(Path.Combine(data, "cluster.socket")).First();
        Assert.Contains(
            "Permission denied",
            (await OtherUser.AskAsync("postgres", socket, 5432, "ledger")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "came in",
            (await OtherUser.AskAsync("nobody", socket, 5432, "ledger")).Text,
            StringComparison.Ordinal
        );
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        Assert.False(Directory.Exists(socket));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task As_a_root_that_may_not_mount_only_closed_folders_are_refused(bool closed)
    {
        OtherUser.IsNeeded();
        if (!closed)
            File.SetUnixFileMode(root.FullName, File.GetUnixFileMode(root.FullName) | UnixFileMode.OtherExecute);
        var start = As(
            ["--bounding-set=-sys_admin", "--inh-caps=-sys_admin"],
            "keys",
            "list",
            "--data",
            Path.Combine(root.FullName, "data")
        );
        using var process = Process.Start(start)!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == (closed ? 3 : 0), await error + await said);
        if (closed)
            Assert.Contains($"chmod o+x {root.FullName}", await error, StringComparison.Ordinal);
    }

    static ProcessStartInfo As(string[] rights, params string[] arguments)
    {
        var start = LedgerProgram.Prepare(arguments);
        var command = start.ArgumentList.Prepend(start.FileName).ToList();
        start.ArgumentList.Clear();
        foreach (var a in rights.Concat(command))
            start.ArgumentList.Add(a);
        start.FileName = "setpriv";
        start.WorkingDirectory = "/";
        return start;
    }

    public void Dispose() => root.Delete(recursive: true);
}
