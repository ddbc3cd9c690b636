using System.Diagnostics;
using System.Globalization;
using Api.Cluster;

namespace Faults;

/// <summary>The faults of operations.md §7 that stand so far.</summary>
static class Tests
{
    /// <summary>T1: the service dies, and is started again.</summary>
    public static async Task<Outcome> KillTheServiceAsync(Scene scene)
    {
        await using var node = await StartedAsync(new(scene.Folder("t1")));
        return await scene.RunAsync(
            "T1",
            "kill -9 of the service, started again at once",
            scene.Settings.Kills,
            [node],
            () => Socket(node.Data),
            async _ =>
            {
                await node.KillAsync();
                var moment = Stopwatch.GetTimestamp();
                node.Start();
                return moment;
            }
        );
    }

    /// <summary>T2: the postmaster dies; the service starts it again itself.</summary>
    public static async Task<Outcome> KillPostgresAsync(Scene scene)
    {
        await using var node = await StartedAsync(new(scene.Folder("t2")));
        return await scene.RunAsync(
            "T2",
            "kill -9 of the postmaster, nobody helps",
            scene.Settings.Restarts,
            [node],
            () => Socket(node.Data),
            async _ =>
            {
                await Signals.SendAsync("KILL", Signals.Postmaster(node.Data));
                return Stopwatch.GetTimestamp();
            }
        );
    }

    /// <summary>N2: two nodes on one given server that restarts in every way there is.</summary>
    public static async Task<Outcome> RestartUnderTwoNodesAsync(Scene scene)
    {
        var server = Path.Combine(scene.Root, "n2-server");
        await using var cluster = await PrivateCluster.OpenAsync(server, CancellationToken.None);
        var (one, other) = (scene.Folder("n2-a"), scene.Folder("n2-b"));
        var witness = Path.Combine(one, "witness");
        await using var first = await StartedAsync(new(one, cluster.ConnectionString, witness));
        // The keys are the same already; the policy is the first node's.
        File.Copy(Path.Combine(one, "policy.txt"), Path.Combine(other, "policy.txt"));
        await using var second = await StartedAsync(new(other, cluster.ConnectionString, witness));
        return await scene.RunAsync(
            "N2",
            "two nodes; the server restarts: smart, fast, immediate, kill -9 in turn",
            scene.Settings.Restarts,
            [first, second],
            () => cluster.ConnectionString,
            async turn =>
            {
                await StopAsync(Signals.Postmaster(server), turn);
                var moment = Stopwatch.GetTimestamp();
                await RestoreAsync(cluster);
                return moment;
            },
            async () => [.. await ReadOnlyAsync(first), .. await ReadOnlyAsync(second)]
        );
    }

    static async Task StopAsync(int postmaster, int turn)
    {
        await Signals.SendAsync(Ways[turn % Ways.Length], postmaster);
        // Smart waits for clients that do not leave: after a while they are told to.
        await Scene.GoneAsync(postmaster, TimeSpan.FromSeconds(3));
        if (Scene.IsThere(postmaster))
            await Signals.SendAsync("INT", postmaster);
        await Scene.GoneAsync(postmaster, Scene.Patience);
    }

    static readonly string[] Ways = ["TERM", "INT", "QUIT", "KILL"];

    /// <summary>Children of one that was killed need a moment to end.</summary>
    static async Task RestoreAsync(PrivateCluster cluster)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var started = Stopwatch.GetTimestamp(); ; await tick.WaitForNextTickAsync())
            try
            {
                await cluster.RestoreAsync(CancellationToken.None);
                return;
            }
            catch (ClusterException) when (Stopwatch.GetElapsedTime(started) < Scene.Patience)
            {
                // Not gone yet.
            }
    }

    static async Task<IEnumerable<string>> ReadOnlyAsync(Node node)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        for (var tries = 0; tries < 100; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/items")
            {
                Content = System.Net.Http.Json.JsonContent.Create(
                    new
                    {
                        category = "appliance",
                        identifiers = (string[])
                            [string.Create(CultureInfo.InvariantCulture, $"serial:HAIER/last{node.Port}x{tries}")],
                    }
                ),
            };
            request.Headers.Add("Ledger-Role", "DLR");
            request.Headers.Add("Idempotency-Key", $"last-{node.Port}-{tries}");
            using var answer = await client.SendAsync(request);
            if (answer.IsSuccessStatusCode)
                return [];
            await Task.Delay(100);
        }
        return [$"{node.Data} takes nothing any more"];
    }

    /// <summary>T6: no room on the disk of the cluster, then room again.</summary>
    public static async Task<Outcome> FillTheDiskAsync(Scene scene)
    {
        await using var disk = await SmallDisk.MountAsync(Path.Combine(scene.Root, "t6"));
        var data = scene.Folder("t6");
        await using var node = await StartedAsync(new(data, null, Path.Combine(scene.Folder("t6-guard"), "witness")));
        return await scene.RunAsync(
            "T6",
            "the cluster's disk (tmpfs of 400 MB) is full for 15 s; s from the moment of space",
            Math.Max(1, scene.Settings.Kills / 12),
            [node],
            () => Socket(data),
            async _ =>
            {
                disk.Fill();
                // The next record needs a new file of the log, and there is none: the server gives up.
                await Ledgers.SwitchLogAsync(Socket(data));
                await Task.Delay(TimeSpan.FromSeconds(15));
                disk.Free();
                return Stopwatch.GetTimestamp();
            },
            async () =>
                (await File.ReadAllTextAsync(Path.Combine(data, "pg", "server.log"))).Contains(
                    "PANIC",
                    StringComparison.Ordinal
                )
                    ? []
                    : ["the server did not give up: its disk was not full enough"]
        );
    }

    static async Task<Node> StartedAsync(Node node)
    {
        node.Start();
        return await node.ReadyAsync(Scene.Patience)
            ? node
            : throw new InvalidOperationException($"The service did not become ready: {node.Said}");
    }

    /// <summary>The private cluster's own socket, as its lock file names it.</summary>
    static string Socket(string data)
    {
        var lines = File.ReadAllLines(Path.Combine(data, "pg", "postmaster.pid"));
        return $"Host={lines[4]};Port={lines[3]};Username=ledger;Database=ledger";
    }
}
