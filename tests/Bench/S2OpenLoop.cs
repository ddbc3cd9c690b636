using HdrHistogram;
using Support;

namespace Bench;

/// <summary>What a caller waits when commands come by themselves: a closed loop asks less of whoever is slow.</summary>
static class S2OpenLoop
{
    const int Callers = 32;

    /// <param name="closed">Commands a second of the closed loop of the same run.</param>
    public static async Task<Line> RunAsync(
        TestLedger ledger,
        LaneLoad lane,
        Peers peers,
        Settings settings,
        double closed
    )
    {
        var rate = closed / 2;
        var before = (long)await ledger.Node.Tree.SizeAsync(default);
        var random = new Random(settings.Seed);
        List<HistogramBase> ours = [],
            pgbench = [];
        async Task OursAsync() =>
            ours.Add(await OpenLoop.RunAsync(Callers, rate, settings.Seconds, random, lane.OneAsync));
        async Task PgbenchAsync() =>
            pgbench.Add(OpenLoop.Of((await peers.PgbenchAsync(Callers, settings.Seconds, rate)).Latencies));
        Func<Task>[] sides = [OursAsync, PgbenchAsync];
        for (var round = 0; round < settings.Rounds; round++)
            foreach (var side in round % 2 == 0 ? sides : [.. sides.Reverse()])
                await side();
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rate:F0} commands/s offered");
        Console.Error.WriteLine($"S2 open loop, {Callers} callers: {name}");
        return new("S2", "durable_command_latency_ms", "open loop at half rate", "ms", OpenLoop.FiguresOf(ours, name))
        {
            Better = "lower",
            Peer = OpenLoop.FiguresOf(pgbench, "pgbench-insert at that rate", Server.Version),
            Order = "ABAB",
            EventsBefore = before,
        };
    }
}
