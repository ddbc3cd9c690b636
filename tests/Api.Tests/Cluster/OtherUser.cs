using System.Diagnostics;
using System.Globalization;

namespace Api.Tests.Cluster;

/// <summary>What a program of another system user gets: only root can ask in its name.</summary>
static class OtherUser
{
    /// <summary>Skips a test that only root can make.</summary>
    public static void IsNeeded() =>
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can act as another user of the machine.");

    /// <summary>Runs a program as somebody; what it wrote on both outputs.</summary>
    public static async Task<(int Exit, string Text)> RunAsync(string user, params string[] command)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var group = user == "nobody" ? "nogroup" : user;
        foreach (var a in (string[])[$"--reuid={user}", $"--regid={group}", "--clear-groups", .. command])
            start.ArgumentList.Add(a);
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Asks a server over its socket as somebody.</summary>
    public static Task<(int Exit, string Text)> AskAsync(string user, string host, int port, string role) =>
        RunAsync(
            user,
            "psql",
            "-X",
            "-h",
            host,
            "-p",
            port.ToString(CultureInfo.InvariantCulture),
            "-U",
            role,
            "-d",
            "postgres",
            "-c",
            "select 'came in'"
        );
}
