using System.Diagnostics;
using Api.Tests.Http;
using Support;

namespace Api.Tests.Cli;

/// <summary>The PostgreSQL of a running service dies.</summary>
[TakesLong]
public sealed class Losing_the_server : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("ledger-lost-").FullName;

    int service;

    string Data => Path.Combine(root, "data");

    [Fact]
    public async Task The_service_starts_it_again_on_its_socket_and_says_so_in_few_lines()
    {
        var port = Served.FreePort();
        await PreparedCluster.GiveAsync(Data);
        using var served = await Served.StartAsync(Data, port);
        service = served.Id;
        var lines = CountAsync(served);
        var caller = await CallerAsync(port);
        var (key, body) = (Goods.NewKey(), Registration());
        var before = (await caller.PostAsync("/api/v1/items", body, key)).Is(201);
        var place = Place();
        for (var times = 0; times < 2; times++)
        {
            Served.Signal("KILL", Postmaster());
            var crowd = Enumerable.Range(0, 32).Select(_ => InsistAsync(caller, Registration()));
            Assert.All(await Task.WhenAll(crowd), r => r.Is(201));
            Assert.Equal(place, Place());
        }
        // What was acknowledged is there, once, with the receipt it had.
        Assert.Equal(before.Text, (await caller.PostAsync("/api/v1/items", body, key)).Is(201).Text);
        await Patience.UntilAsync(async () => (await caller.GetAsync("/health/ready")).Status == 200);
        Assert.Equal(0, (await LedgerProgram.RunAsync("audit", "--data", Data)).Exit);
        await Served.StopAsync(served);
        Assert.InRange(await lines, 2, 60);
    }

    [Fact]
    public async Task A_verb_beside_the_service_leaves_it_where_it_is()
    {
        var port = Served.FreePort();
        await PreparedCluster.GiveAsync(Data);
        using var served = await Served.StartAsync(Data, port);
        service = served.Id;
        var caller = await CallerAsync(port);
        (await caller.PostAsync("/api/v1/items", Registration())).Is(201);
        var place = Place();
        // It cannot start it itself now.
        Served.Signal("STOP", service);
        try
        {
            Served.Signal("KILL", Postmaster());
            Assert.Equal(0, (await LedgerProgram.RunAsync("audit", "--data", Data)).Exit);
            Assert.Equal(place, Place());
        }
        finally
        {
            Served.Signal("CONT", service);
        }
        (await InsistAsync(caller, Registration())).Is(201);
        await Served.StopAsync(served);
    }

    /// <summary>The same key until it is served.</summary>
    static Task<Reply> InsistAsync(Caller caller, object body)
    {
        var key = Goods.NewKey();
        return Patience.FoundAsync(async () =>
            await caller.PostAsync("/api/v1/items", body, key) is { Status: not 503 } reply ? reply : null
        );
    }

    static object Registration() => new { category = "appliance", identifiers = new[] { Goods.NewSerial() } };

    static async Task<Caller> CallerAsync(int port)
    {
        var caller = new Caller(new() { BaseAddress = new($"http://127.0.0.1:{Served.Text(port)}") });
        (await caller.GetAsync("/health/live")).Is(200);
        return caller;
    }

    int Postmaster() => int.Parse(Lines()[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Port and socket folder.</summary>
    (string, string) Place() => (Lines()[3], Lines()[4]);

    string[] Lines() => File.ReadAllLines(Path.Combine(Data, "pg", "postmaster.pid"));

    static async Task<int> CountAsync(Process served)
    {
        var lines = 0;
        while (await served.StandardOutput.ReadLineAsync() is not null)
            lines++;
        return lines;
    }

    /// <summary>A test that failed leaves neither of them behind.</summary>
    public void Dispose()
    {
        if (service != 0 && Directory.Exists($"/proc/{service}"))
            Served.Signal("KILL", service);
        if (File.Exists(Path.Combine(Data, "pg", "postmaster.pid")))
            Served.Signal("QUIT", Postmaster());
        Directory.Delete(root, recursive: true);
    }
}
