using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fuzz;

/// <summary>The service on a scratch ledger with the demo's data, as a process of its own: ended, and its data gone,
/// with this.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Process process;
    readonly string? scratch;

    ServiceProcess(Process process, int port, string? scratch)
    {
        (this.process, this.scratch) = (process, scratch);
        Address = new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
    }

    public Uri Address { get; }

    /// <summary>Standard error so far.</summary>
    public string Errors { get; private set; } = "";

    /// <param name="program">The program and what stands before its own arguments.</param>
    /// <param name="more">Further arguments of <c>serve</c>.</param>
    /// <param name="data">Its data folder; null: one that goes with this.</param>
    public static async Task<ServiceProcess> StartAsync(string[] program, string? data, params IEnumerable<string> more)
    {
        var scratch = data is null ? Directory.CreateTempSubdirectory("ledger-fuzz-").FullName : null;
        // A cluster's server runs as another user, who must come to its folder.
        if (scratch is not null)
            File.SetUnixFileMode(scratch, (UnixFileMode)0b111_101_101);
        var port = FreePort();
        var start = new ProcessStartInfo(program[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var argument in (string[])
                [
                    .. program[1..],
                    "serve",
                    "--demo",
                    "--port",
                    port.ToString(CultureInfo.InvariantCulture),
                    "--data",
                    data ?? Path.Combine(scratch!, "data"),
                    .. more,
                ]
        )
            start.ArgumentList.Add(argument);
        // The head map of a log comes every five minutes, which is longer than a short run.
        start.Environment["LEDGER_HEAD_MAP_SECONDS"] = "2";
        var process = Process.Start(start)!;
        var service = new ServiceProcess(process, port, scratch);
        process.ErrorDataReceived += (_, line) => service.Errors += line.Data is null ? "" : line.Data + "\n";
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.Contains("ledger is ready", StringComparison.Ordinal))
            {
                // Nobody reads what it says further: it must not wait for that.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return service;
            }
        await process.WaitForExitAsync(patience.Token);
        throw new InvalidOperationException($"The service did not start: {service.Errors}");
    }

    /// <summary>Memory in use, in megabytes, and the most that ever was.</summary>
    public (long Now, long Most) Memory()
    {
        long Of(string name) =>
            File.ReadLines($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/status")
                .Where(l => l.StartsWith(name, StringComparison.Ordinal))
                .Select(l =>
                    long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    / 1024
                )
                .FirstOrDefault();
        return (Of("VmRSS:"), Of("VmHWM:"));
    }

    public bool HasEnded => process.HasExited;

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // As Ctrl-C does: it ends its own cluster too.
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
        }
        process.Dispose();
        if (scratch is not null)
            Directory.Delete(scratch, recursive: true);
    }
}
