using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Api.Cluster;
using Api.Settings;
using Projections;

namespace Api.Cli;

/// <summary>What <c>ops/run</c> starts.</summary>
static class ServeVerb
{
    public static Command Make()
    {
        var port = new Option<int?>("--port")
        {
            Description = $"Port on loopback (default {LedgerSettings.DefaultPort}, or LEDGER_PORT)",
        };
        var demo = new Option<bool>("--demo")
        {
            Description = "Load a small fixed data set, so that every page has something to show",
        };
        var command = new Command("serve", "Serves API and pages") { port, demo };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(() =>
                    ServeAsync(
                        Verbs.Settings(parsed, parsed.GetValue(port)) with
                        {
                            Demo = parsed.GetValue(demo),
                        },
                        stop
                    )
                )
        );
        return command;
    }

    static async Task<int> ServeAsync(LedgerSettings settings, CancellationToken stop)
    {
        // Made first: the lock that keeps a second service away lies in it.
        DataFolder.Prepare(settings);
        using var alone = OnlyOne(settings);
        if (alone is null)
            return Verbs.Missing;
        await using var ledger = await LedgerRuntime.OpenAsync(settings, stop);
        await using var app = Composition.Build(
            ledger.Node,
            new(settings.Data),
            settings.Port,
            b => Keep(ledger.Cluster, b.Services)
        );
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException error)
        {
            return Verbs.Fail(
                $"Port {settings.Port} cannot be used: {error.Message} Name another with --port.",
                Verbs.Missing
            );
        }
        if (settings.Demo)
            await Demo.DemoLedger.LoadAsync(app.Services, stop);
        if (settings.Postgres is null && PrivateCluster.SuperuserIsWe)
            Console.Error.WriteLine(
                $"The database runs as the same system user ({Environment.UserName}) as this service: its superuser could read the keys of {settings.Data}. Started as root, they are two users; or give a server of another user with LEDGER_POSTGRES."
            );
        Console.WriteLine(
            $"""
            The ledger is ready: http://127.0.0.1:{settings.Port.ToString(CultureInfo.InvariantCulture)}
            API: /docs   health: /health/ready   data: {settings.Data}
            Sign in: no accounts yet: callers state who they are (headers Ledger-Actor, Ledger-Role, Ledger-Site).
            Stop with Ctrl-C.
            """
        );
        using var rebuilding = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var rebuilds = RebuildAsync(ledger.Tables, ledger.Stale, rebuilding.Token);
        await app.WaitForShutdownAsync(stop);
        await rebuilding.CancelAsync();
        await rebuilds;
        return Verbs.Done;
    }

    /// <summary>The cluster is the service's own: it starts it again. A verb only uses it.</summary>
    static void Keep(PrivateCluster? cluster, IServiceCollection services)
    {
        // So many threads may wait for a server that hangs, and the others still answer.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, MostWaiting), ports);
        if (cluster is not null)
            services.AddHostedService(given => ActivatorUtilities.CreateInstance<ClusterKeeper>(given, cluster));
    }

    /// <summary>Connections that the pools hold, and some.</summary>
    const int MostWaiting = 32;

    /// <summary>Views whose shape this version changed are filled beside the old ones while readers go on.</summary>
    static async Task RebuildAsync(ViewTables tables, IReadOnlyList<View> stale, CancellationToken stop)
    {
        try
        {
            foreach (var view in stale)
                while (!await IsRebuiltAsync(tables, view, stop))
                    await Task.Delay(TimeSpan.FromSeconds(10), stop);
        }
        catch (OperationCanceledException)
        {
            // The service ends; the next start goes on.
        }
    }

    static async Task<bool> IsRebuiltAsync(ViewTables tables, View view, CancellationToken stop)
    {
        try
        {
            await tables.RebuildAsync(view, null, stop);
            return true;
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or IOException or TimeoutException)
        {
            Console.Error.WriteLine($"The view {view.Name} could not be rebuilt and is tried again: {error.Message}");
            return false;
        }
    }

    /// <summary>One service a data folder; the second says where the first is.</summary>
    static FileStream? OnlyOne(LedgerSettings settings)
    {
        var note = Path.Combine(settings.Data, "service.json");
        try
        {
            var alone = new FileStream(
                Path.Combine(settings.Data, "service.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            File.WriteAllText(
                note,
                JsonSerializer.Serialize(new { pid = Environment.ProcessId, port = settings.Port })
            );
            return alone;
        }
        catch (IOException)
        {
            var (pid, port) = ("?", "?");
            try
            {
                using var said = JsonDocument.Parse(File.ReadAllText(note));
                (pid, port) = (
                    said.RootElement.GetProperty("pid").ToString(),
                    said.RootElement.GetProperty("port").ToString()
                );
            }
            catch (Exception error) when (error is IOException or JsonException or KeyNotFoundException) { }
            Verbs.Fail(
                $"A ledger already serves the data folder {settings.Data}: pid {pid}, port {port}. It was left alone; stop it first, or name another folder with --data.",
                Verbs.Missing
            );
            return null;
        }
    }
}
