using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Api.Hosting;
using Api.Settings;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Witness;

namespace Api.Cli;

/// <summary>Runs a witness for another party's log (proof.md §5).</summary>
static class WitnessVerb
{
    public static Command Make()
    {
        var store = new Option<string>("--store")
        {
            Description = "Folder of its key and of what it cosigned; never restore an older copy of it",
            Required = true,
        };
        var listen = new Option<string>("--listen")
        {
            Description = "Address on loopback, e.g. http://127.0.0.1:5090",
            Required = true,
        };
        var log = new Option<string[]>("--log")
        {
            Description = "Verifier key of a log to witness; may be given several times",
            Required = true,
        };
        var name = new Option<string?>("--name")
        {
            Description = "Name of its key, at the first start (default: a name of its own)",
        };
        var hosts = new Option<string?>("--hosts")
        {
            Description = "Names under which a proxy passes requests on, e.g. witness.example.org (or Ledger__Hosts)",
        };
        var command = new Command("witness", "Runs a witness for another party's log")
        {
            store,
            listen,
            log,
            name,
            hosts,
        };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(() =>
                    WitnessAsync(
                        new(
                            Path.GetFullPath(parsed.GetValue(store)!),
                            parsed.GetValue(listen)!,
                            parsed.GetValue(log)!,
                            parsed.GetValue(name),
                            parsed.GetValue(hosts) ?? Environment.GetEnvironmentVariable("Ledger__Hosts")
                        ),
                        parsed.GetValue(Verbs.Json),
                        stop
                    )
                )
        );
        return command;
    }

    sealed record Options(string Store, string Listen, string[] Logs, string? Name, string? Hosts);

    static async Task<int> WitnessAsync(Options options, bool json, CancellationToken stop)
    {
        if (
            !Uri.TryCreate(options.Listen, UriKind.Absolute, out var listen)
            || listen is not { Scheme: "http", PathAndQuery: "/" }
            || !IsLoopback(listen)
        )
            return Verbs.Fail(
                $"--listen “{options.Listen}” is no http address on loopback: put a proxy with TLS before the witness.",
                Verbs.UsedWrongly
            );
        var logs = new List<NoteVerifier>();
        foreach (var vkey in options.Logs)
            if (NoteVerifier.Read(vkey) is { } log)
                logs.Add(log);
            else
                return Verbs.Fail($"--log “{vkey}” is no verifier key of a log (type 01).", Verbs.UsedWrongly);
        if (options.Name is { } name && !NoteKey.IsName(name))
            return Verbs.Fail($"--name “{name}” is no name of a key: no blank, no plus sign.", Verbs.UsedWrongly);
        WitnessHost host;
        try
        {
            KeyRights.CheckWitness(options.Store);
            host = KeyFiles.Witness(options.Store, logs, options.Name, TimeProvider.System);
        }
        catch (ArgumentException error)
        {
            return Verbs.Fail(error.Message, Verbs.UsedWrongly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NeededException($"The folder {options.Store} cannot be used: {error.Message}");
        }
        using (host)
            return await ServeAsync(host, listen, OwnNames.Read(options.Hosts), json, stop);
    }

    static bool IsLoopback(Uri address) =>
        address.DnsSafeHost == "localhost"
        || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));

    static async Task<int> ServeAsync(WitnessHost host, Uri listen, OwnNames names, bool json, CancellationToken stop)
    {
        await using var app = WitnessServer.Build(host, listen, names);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException error)
        {
            return Verbs.Fail($"{listen} cannot be used: {error.Message}", Verbs.Missing);
        }
        var address = listen.GetLeftPart(UriPartial.Authority);
        var monitors = host.Origins.Select(o => (o, $"{address}/{WitnessCore.MonitorPath(o)}")).ToArray();
        Console.WriteLine(
            json
                ? JsonSerializer.Serialize(
                    new
                    {
                        vkey = host.Vkey,
                        listen = address,
                        logs = monitors.Select(m => new { origin = m.o, monitor = m.Item2 }),
                    },
                    WireJson.Options
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"The witness is ready: {address}\nKey: {host.Vkey}\n{string.Join('\n', monitors.Select(m => $"Log: {m.o}   monitor: {m.Item2}"))}\nStop with Ctrl-C."
                )
        );
        await app.WaitForShutdownAsync(stop);
        return Verbs.Done;
    }
}
