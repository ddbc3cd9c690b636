using System.Net;
using Api.Tests.Http;
using Support;

namespace Api.Tests.Cli;

/// <summary>What <c>ops/run</c> starts, run as a process with a cluster of its own.</summary>
[TakesLong]
public sealed class Serving : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("ledger-serve-").FullName;

    string Data(string name) => Path.Combine(root, name);

    async Task<string> PreparedAsync(string name)
    {
        await PreparedCluster.GiveAsync(Data(name));
        return Data(name);
    }

    [Fact]
    public async Task A_second_service_on_one_folder_names_the_first_and_leaves_it_alone()
    {
        var port = Served.FreePort();
        using var first = await Served.StartAsync(await PreparedAsync("a"), port);
        var second = await LedgerProgram.RunAsync(
            "serve",
            "--data",
            Data("a"),
            "--port",
            Served.Text(Served.FreePort())
        );
        Assert.Equal(3, second.Exit);
        Assert.Contains(Served.Text(first.Id), second.Error, StringComparison.Ordinal);
        Assert.Contains(Served.Text(port), second.Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(port));
        await Served.StopAsync(first);
    }

    [Fact]
    public async Task Two_folders_on_two_ports_run_side_by_side()
    {
        var (one, two) = (Served.FreePort(), Served.FreePort());
        using var first = await Served.StartAsync(Data("a"), one);
        using var second = await Served.StartAsync(await PreparedAsync("b"), two);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await ReadyAsync(one), await ReadyAsync(two)));
        await Served.StopAsync(first);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(two));
        await Served.StopAsync(second);
    }

    /// <summary>As a process: meters are a process's, and each of the hundreds of services in a run of tests would
    /// add its own until the exporter takes no more.</summary>
    [Fact]
    public async Task Its_metrics_are_Prometheus_text()
    {
        var port = Served.FreePort();
        using var service = await Served.StartAsync(await PreparedAsync("a"), port);
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        var caller = new Caller(client);
        // A car of unknown age: the scrap limit cannot be judged, which is a verdict to count.
        var stall = await MarketClient.OpenAsync(caller);
        await stall.ListAsync(await stall.RegisterAsync());
        var metrics = (await caller.GetAsync("/metrics")).Is(200);
        Assert.StartsWith("text/plain", metrics.Type, StringComparison.Ordinal);
        foreach (
            var name in (string[])
                [
                    "ledger_command_duration_seconds_bucket",
                    "ledger_events_appended",
                    "ledger_commit_batch_size",
                    "ledger_projection_lag",
                    "ledger_rules_verdicts",
                    "http_server_request_duration",
                ]
        )
            Assert.Contains(name, metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("LSVAM4", metrics.Text, StringComparison.Ordinal);
        await Served.StopAsync(service);
    }

    [Fact]
    public async Task A_stop_ends_the_cluster_too_and_the_next_start_finds_the_data()
    {
        var register = Path.Combine(root, "register.csv");
        var markets = Path.Combine(root, "markets.csv");
        await LedgerProgram.RunAsync("demo", "--rows", "50", "--seed", "5", "-o", register, "--markets", markets);
        var port = Served.FreePort();
        using (var first = await Served.StartAsync(Data("a"), port))
        {
            // The verb joins the cluster that the service runs.
            await LedgerProgram.RunAsync("import", markets, "--kind", "history", "--data", Data("a"));
            var run = await LedgerProgram.RunAsync("import", register, "--data", Data("a"), "--json");
            Assert.Equal(50, run.Counts.Recorded);
            await Served.StopAsync(first);
        }
        Assert.False(File.Exists(Path.Combine(Data("a"), "pg", "postmaster.pid")));
        using var again = await Served.StartAsync(Data("a"), port);
        var second = await LedgerProgram.RunAsync("import", register, "--data", Data("a"), "--json");
        Assert.Equal((0L, 50L), (second.Counts.Recorded, second.Counts.Known));
        await Served.StopAsync(again);
    }

    [Fact]
    public async Task A_folder_of_another_form_is_refused_with_a_sentence()
    {
        Directory.CreateDirectory(Data("old"));
        await File.WriteAllTextAsync(
            Path.Combine(Data("old"), "format"),
            "99\n",
            TestContext.Current.CancellationToken
        );
        var run = await LedgerProgram.RunAsync(
            "serve",
            "--data",
            Data("old"),
            "--port",
            Served.Text(Served.FreePort())
        );
        Assert.Equal(3, run.Exit);
        Assert.Contains("99", run.Error, StringComparison.Ordinal);
    }

    static async Task<HttpStatusCode> ReadyAsync(int port)
    {
        using var client = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{Served.Text(port)}/health/ready");
        return (await client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
