using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Support;

namespace Bench.Http;

/// <summary>A program that answers HTTP on loopback, started for the run: the ledger's service or the empty
/// endpoint.</summary>
sealed class Served : IAsyncDisposable
{
    readonly Process process;

    Served(Process process, int port) => (this.process, Address) = (process, new($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <summary>The ledger as a checkout built it, on a database of its own.</summary>
    /// <param name="root">The checkout; its release build must be there.</param>
    /// <param name="data">Data folder for its keys.</param>
    public static async Task<Served> LedgerAsync(string root, string data, string connection)
    {
        var program = Path.Combine(root, "artifacts", "bin", "Api", "release", "Api");
        if (!File.Exists(program))
            throw new ConditionException($"{program} is missing: build that checkout first (./ops/ledger --help).");
        (string, string)[] settings = [("LEDGER_POSTGRES", connection), ("LEDGER_ROOT", root)];
        // Whoever records does it at an open market: those of the demo register.
        var (markets, sales) = ($"{data}-markets.csv", $"{data}-sales.csv");
        await Conditions.RunAsync(program, ["demo", "--rows", "1", "--seed", "7", "--markets", markets, "-o", sales]);
        await Conditions.RunAsync(program, ["import", markets, "--kind", "history", "--data", data], settings);
        return await StartAsync(
            program,
            port => ["serve", "--data", data, "--port", $"{port}"],
            "/health/ready",
            settings
        );
    }

    /// <summary>This program again, as <see cref="EmptyEndpoint"/>.</summary>
    public static Task<Served> EmptyAsync() =>
        StartAsync(Environment.ProcessPath!, port => [EmptyEndpoint.Verb, $"{port}"], "/");

    static async Task<Served> StartAsync(
        string program,
        Func<int, string[]> arguments,
        string ready,
        params (string Name, string Value)[] environment
    )
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program, arguments(port))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var tail = new Queue<string>();
        void Keep(object _, DataReceivedEventArgs line)
        {
            lock (tail)
            {
                tail.Enqueue(line.Data ?? "");
                if (tail.Count > 20)
                    tail.Dequeue();
            }
        }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var served = new Served(process, port);
        using var client = new HttpClient { BaseAddress = served.Address, Timeout = TimeSpan.FromSeconds(5) };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 600 && !process.HasExited; tries++)
        {
            await tick.WaitForNextTickAsync();
            if (await AnswersAsync(client, ready))
                return served;
        }
        await served.DisposeAsync();
        lock (tail)
            throw new ConditionException($"{program} did not become ready: {string.Join(" | ", tail)}");
    }

    static async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        // SIGTERM: it ends as it does for its users.
        if (!process.HasExited)
            await Conditions.RunAsync("kill", ["-TERM", $"{process.Id}"]);
        using var patience = new CancellationTokenSource(Patience.Long);
        await process.WaitForExitAsync(patience.Token);
        process.Dispose();
    }
}
