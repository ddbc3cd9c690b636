using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Api.Tests.Cli;

/// <summary>The program as <c>ops/run</c> starts it.</summary>
static class Served
{
    public static async Task<Process> StartAsync(string data, int port)
    {
        var process = LedgerProgram.Start("serve", "--data", data, "--port", Text(port));
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains("is ready", StringComparison.Ordinal))
                return process;
        throw new InvalidOperationException(
            await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
    }

    /// <summary>SIGTERM, as a supervisor sends it; the exit is clean.</summary>
    public static async Task StopAsync(Process process)
    {
        Signal("TERM", process.Id);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    public static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Text(process)]);
        kill.WaitForExit();
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
