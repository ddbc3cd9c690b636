namespace Bench;

/// <summary>Durable commands a second, from callers in the process to a signed receipt, beside others who write the
/// same rows without proof.</summary>
static class S2
{
    /// <summary>The number of callers that most is asked of: floors, open loop, snapshot.</summary>
    const int Main = 32;

    sealed class Rounds : Dictionary<(string Who, int Callers), List<Sample>>
    {
        public void Add(string who, int callers, Sample sample)
        {
            if (!TryGetValue((who, callers), out var list))
                this[(who, callers)] = list = [];
            list.Add(sample);
        }
    }

    /// <param name="eventStore">Null where none is named.</param>
    public static async Task<IReadOnlyList<Line>> RunAsync(Server server, Settings settings, EventStorePeer? eventStore)
    {
        await using var ledger = await server.LedgerAsync();
        await using var other = await server.LedgerAsync();
        await using var peers = new Peers(other.Connection, other.Store, server.Folder);
        await peers.PrepareAsync();
        var lane = new LaneLoad(ledger, settings.Seed, S2Snapshot.Items(settings));
        var before = (long)await ledger.Node.Tree.SizeAsync(default);
        var taken = new Rounds();
        for (var round = 0; round < settings.Rounds; round++)
            foreach (var callers in settings.Callers)
            {
                Task<Sample> Closed(Func<int, Task<bool>> one) => Load.RunAsync(callers, settings.Seconds, one);
                (string, Func<Task<Sample>>)[] sides =
                [
                    ("ours", () => Closed(lane.OneAsync)),
                    ("pgbench", () => peers.PgbenchAsync(callers, settings.Seconds)),
                    ("npgsql", () => Closed(peers.RawAsync)),
                    ("marten", () => Closed(peers.MartenAsync)),
                ];
                if (eventStore is not null)
                    sides = [.. sides, (EventStorePeer.Name, () => Closed(eventStore.AppendAsync))];
                foreach (var (who, run) in round % 2 == 0 ? sides : [.. sides.Reverse()])
                    taken.Add(who, callers, await run());
                Console.Error.WriteLine(
                    $"S2 round {round + 1}, {callers} callers: {taken[("ours", callers)][^1].Rate:F0}/s"
                );
            }
        var lines = Lines(taken, settings, eventStore).Select(l => l with { EventsBefore = before }).ToList();
        if (taken.TryGetValue(("ours", Main), out var closed))
        {
            lines.Add(await S2OpenLoop.RunAsync(ledger, lane, peers, settings, Figures.Of(closed).Median));
            lines.Add(await S2Snapshot.RunAsync(server, settings));
        }
        var correct = await lane.CheckAsync();
        return [.. lines.Select(l => l with { Correct = l.Correct ?? correct })];
    }

    static IEnumerable<Line> Lines(Rounds taken, Settings settings, EventStorePeer? eventStore)
    {
        foreach (var callers in settings.Callers)
        {
            var ours = Line($"callers={callers},signed", Figures.Of(taken[("ours", callers)]));
            Line Beside(string who, string? version) =>
                ours with
                {
                    Peer = Figures.Of(taken[(who, callers)], who, version),
                };
            var pgbench = Beside("pgbench", Server.Version) with
            {
                Peer = Figures.Of(taken[("pgbench", callers)], "pgbench-insert", Server.Version),
            };
            yield return callers == Main ? pgbench.Against(1, 1.5) : pgbench;
            yield return Beside("npgsql", Peers.NpgsqlVersion);
            var marten = Beside("marten", typeof(Marten.DocumentStore).Assembly.GetName().Version!.ToString(3));
            yield return callers == Main ? marten.Against(4) : marten;
            if (eventStore is null)
                continue;
            var other = Beside(EventStorePeer.Name, eventStore.Version);
            yield return callers == 128 ? other.Against(null, 1) : other;
        }
        if (taken.TryGetValue(("ours", 256), out var wide) && taken.TryGetValue(("pgbench", Main), out var narrow))
            yield return (
                Line($"callers=256,signed; pgbench at {Main}", Figures.Of(wide)) with
                {
                    Peer = Figures.Of(narrow, "pgbench-insert", Server.Version),
                }
            ).Against(1.5);
        if (eventStore is null)
        {
            var callers = settings.Callers.Contains(128) ? 128 : settings.Callers[^1];
            yield return Line($"callers={callers},signed; EventStoreDB", Figures.Of(taken[("ours", callers)])) with
            {
                Reason = $"{EventStorePeer.Variable} is not set",
            };
        }
        Line Line(string of, Figures ours) => new("S2", "durable_commands_per_s", of, "1/s", ours) { Order = "ABAB" };
    }
}
