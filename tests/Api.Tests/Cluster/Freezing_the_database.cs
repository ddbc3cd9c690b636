using System.Diagnostics;
using Api.Cluster;
using Api.Settings;
using Api.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Support;

namespace Api.Tests.Cluster;

/// <summary>PostgreSQL is stopped as a debugger stops it: every connection stands, nothing is refused, nothing
/// comes.</summary>
public sealed class Freezing_the_database : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("ledger-frozen-").FullName;

    [Fact]
    public async Task Answers_every_request_in_time_and_goes_on_when_it_thaws()
    {
        await using var cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        var limits = TimeLimits.Default with { Request = TimeSpan.FromSeconds(2), Readiness = TimeSpan.FromSeconds(1) };
        await using var service = await TestService.StartAsync(
            b => b.Services.AddSingleton(limits),
            cluster.ConnectionString
        );
        var caller = new Caller(service.Client);
        var item = (await caller.PostAsync("/api/v1/items", Registration())).Is(201).Location;
        var (body, key) = (Registration(), Goods.NewKey());
        await ReadyAsync(caller, 200);

        Signal("-STOP");
        try
        {
            var (read, written, ready) = (
                caller.GetAsync(item),
                caller.PostAsync("/api/v1/items", body, key),
                caller.GetAsync("/health/ready")
            );
            Assert.NotEmpty((await read).Refuses(503, "timed-out").Headers["Retry-After"]);
            Assert.NotEmpty((await written).Refuses(503, "outcome-unknown").Headers["Retry-After"]);
            Assert.False((bool?)(await ready).Is(503).Json["ready"]);
            Assert.Equal("live", (await caller.GetAsync("/health/live")).Is(200).Text);
        }
        finally
        {
            Signal("-CONT");
        }
        await ReadyAsync(caller, 200);
        (await caller.GetAsync(item)).Is(200);
        // What was asked meanwhile is settled by its key, and is there once.
        var settled = await Patience.FoundAsync(async () =>
            await caller.PostAsync("/api/v1/items", body, key) is { Status: not 503 } reply ? reply : null
        );
        Assert.Single((await caller.GetAsync($"{settled.Is(201).Location}/history")).Is(200).Items);
        Assert.Null(service.Node.State.Broken);
    }

    static object Registration() => new { category = "appliance", identifiers = new[] { Goods.NewSerial() } };

    static Task ReadyAsync(Caller caller, int status) =>
        Patience.UntilAsync(async () => (await caller.GetAsync("/health/ready")).Status == status);

    /// <summary>To the postmaster first, so that it starts nobody, then to all it has started.</summary>
    void Signal(string signal)
    {
        var postmaster = File.ReadLines(Path.Combine(folder, "pg", "postmaster.pid")).First();
        Send(signal, postmaster);
        foreach (
            var child in File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        )
            Send(signal, child);
    }

    static void Send(string signal, string process)
    {
        using var kill = Process.Start("kill", [signal, process]);
        kill.WaitForExit();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
