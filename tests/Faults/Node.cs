using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Faults;

/// <summary>The program as it is started, with <c>serve</c>: killed and started again.</summary>
sealed class Node(string data, string? postgres = null, string? witness = null) : IAsyncDisposable
{
    static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Api.dll");

    readonly HttpClient probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    Process? process;
    long logged;

    public int Port { get; } = FreePort();
    public string Data => data;
    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Bytes it has written to its log.</summary>
    public long Logged => Interlocked.Read(ref logged);

    /// <summary>Its last words.</summary>
    public string Said { get; private set; } = "";

    public void Start()
    {
        process = Process.Start(
            Program("serve", "--data", data, "--port", Port.ToString(CultureInfo.InvariantCulture))
        )!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    void Note(string? line)
    {
        if (line is null)
            return;
        Interlocked.Add(ref logged, line.Length + 1);
        Said = line;
    }

    /// <summary>Runs a verb beside it.</summary>
    public async Task<(int Exit, string Text)> RunAsync(params string[] arguments)
    {
        var start = Program([.. arguments, "--data", data]);
        using var verb = Process.Start(start)!;
        var error = verb.StandardError.ReadToEndAsync();
        var text = await verb.StandardOutput.ReadToEndAsync() + await error;
        await verb.WaitForExitAsync();
        return (verb.ExitCode, text.Trim());
    }

    ProcessStartInfo Program(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var name in (string[])["LEDGER_DATA", "LEDGER_PORT", "LEDGER_WITNESS", "LEDGER_POSTGRES"])
            start.Environment.Remove(name);
        if (postgres is not null)
            start.Environment["LEDGER_POSTGRES"] = postgres;
        if (witness is not null)
            start.Environment["LEDGER_WITNESS"] = witness;
        return start;
    }

    /// <summary>As a power cut ends it.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <returns>Whether readiness said so within the patience.</returns>
    public async Task<bool> ReadyAsync(TimeSpan patience)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < patience; )
        {
            if (process is { HasExited: true })
                throw new InvalidOperationException($"The service ended with {process.ExitCode}: {Said}");
            try
            {
                using var answer = await probe.GetAsync(new Uri(Address, "/health/ready"));
                if (answer.StatusCode is HttpStatusCode.OK)
                    return true;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                // Not there yet.
            }
            await tick.WaitForNextTickAsync();
        }
        return false;
    }

    /// <returns>Views that have not seen the newest event within the patience.</returns>
    public async Task<IReadOnlyList<string>> BehindAsync(TimeSpan patience)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        IReadOnlyList<string> behind = ["readiness was not answered"];
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < patience; )
        {
            using var answer = await probe.GetAsync(new Uri(Address, "/health/ready"));
            var state = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            behind =
            [
                .. state["views"]!
                    .AsObject()
                    .Where(v => (long)v.Value!["sequence"]! < (long)v.Value["newest"]!)
                    .Select(v => v.Key),
            ];
            if (behind.Count == 0 && state["views"]!.AsObject().Count > 0)
                return [];
            await tick.WaitForNextTickAsync();
        }
        return behind;
    }

    static int FreePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port;
    }

    /// <summary>SIGTERM, as a supervisor sends it.</summary>
    public async ValueTask DisposeAsync()
    {
        probe.Dispose();
        if (process is null)
            return;
        await Signals.SendAsync("TERM", process.Id);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

/// <summary>Signals to processes of our own.</summary>
static class Signals
{
    public static async Task SendAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The postmaster of a cluster, by its lock file.</summary>
    public static int Postmaster(string data) =>
        int.Parse(File.ReadLines(Path.Combine(data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
}
