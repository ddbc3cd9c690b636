using Npgsql;
using Support;

namespace Bench;

/// <summary>Durable commands a second, from callers in the process to a signed receipt, beside others who write the
/// same rows without proof.</summary>
static class S2
{
    public static async Task<IReadOnlyList<Line>> RunAsync(Server server, Settings settings)
    {
        await using var ledger = await server.LedgerAsync();
        await using var other = await server.LedgerAsync();
        await using var peers = new Peers(other.Connection, other.Store, server.Folder);
        await peers.PrepareAsync();
        var lane = new LaneLoad(ledger, settings.Seed, settings.Quick ? 5_000 : 50_000);
        var taken = new Dictionary<(string Who, int Callers), List<Sample>>();
        for (var round = 0; round < settings.Rounds; round++)
            foreach (var callers in settings.Callers)
            {
                (string, Func<Task<Sample>>)[] sides =
                [
                    ("ours", () => Load.RunAsync(callers, settings.Seconds, lane.OneAsync)),
                    ("pgbench", () => peers.PgbenchAsync(callers, settings.Seconds)),
                    ("npgsql", () => Load.RunAsync(callers, settings.Seconds, peers.RawAsync)),
                    ("marten", () => Load.RunAsync(callers, settings.Seconds, peers.MartenAsync)),
                ];
                foreach (var (who, run) in round % 2 == 0 ? sides : [.. sides.Reverse()])
                    Add(taken, who, callers, await run());
                if (callers == 32)
                    await SnapshotAsync(ledger, lane, settings, taken, round);
                Console.Error.WriteLine(
                    $"S2 round {round + 1}, {callers} callers: {taken[("ours", callers)][^1].Rate:F0}/s"
                );
            }
        var correct = await lane.CheckAsync();
        return [.. Lines(taken, settings).Select(l => l with { Correct = correct })];
    }

    /// <summary>A transaction that reads for long (a dump, an export) must not slow the lane: the same load with one
    /// held open.</summary>
    static async Task SnapshotAsync(
        TestLedger ledger,
        LaneLoad lane,
        Settings settings,
        Dictionary<(string, int), List<Sample>> taken,
        int round
    )
    {
        for (var turn = 0; turn < 2; turn++)
        {
            var held = (turn + round) % 2 == 0;
            await using var reader = new NpgsqlConnection(ledger.Connection);
            await reader.OpenAsync();
            if (held)
            {
                await using var take = new NpgsqlCommand(
                    "set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read; select count(*) from proof.head",
                    reader
                );
                await take.ExecuteNonQueryAsync();
            }
            Add(taken, held ? "held" : "free", 32, await Load.RunAsync(32, settings.Seconds, lane.OneAsync));
        }
    }

    static void Add(Dictionary<(string, int), List<Sample>> taken, string who, int callers, Sample sample)
    {
        if (!taken.TryGetValue((who, callers), out var list))
            taken[(who, callers)] = list = [];
        list.Add(sample);
    }

    static IEnumerable<Line> Lines(Dictionary<(string Who, int Callers), List<Sample>> taken, Settings settings)
    {
        foreach (var callers in settings.Callers)
        {
            var ours = Line($"callers={callers},signed", Figures.Of(taken[("ours", callers)]));
            Line Beside(string who, string version) =>
                ours with
                {
                    Peer = Figures.Of(taken[(who, callers)], who, version),
                };
            var pgbench = Beside("pgbench", Server.Version) with
            {
                Peer = Figures.Of(taken[("pgbench", callers)], "pgbench-insert", Server.Version),
            };
            yield return callers == 32 ? pgbench.Against(1, 1.5) : pgbench;
            yield return Beside("npgsql", Peers.NpgsqlVersion);
            var marten = Beside("marten", typeof(Marten.DocumentStore).Assembly.GetName().Version!.ToString(3));
            yield return callers == 32 ? marten.Against(4) : marten;
        }
        if (!taken.ContainsKey(("ours", 256)) || !taken.ContainsKey(("ours", 32)))
            yield break;
        var wide = Line("callers=256,signed; pgbench at 32", Figures.Of(taken[("ours", 256)]));
        yield return (
            wide with
            {
                Peer = Figures.Of(taken[("pgbench", 32)], "pgbench-insert", Server.Version),
            }
        ).Against(1.5);
        yield return Line("callers=32,signed,open-snapshot", Figures.Of(taken[("held", 32)])) with
        {
            Peer = Figures.Of(taken[("free", 32)], "the lane without a snapshot"),
        };
        yield return Line("callers=128,signed; EventStoreDB", Figures.Of(taken[("ours", 128)])) with
        {
            Reason = Environment.GetEnvironmentVariable("EVENTSTORE_URL") is null
                ? "EVENTSTORE_URL is not set"
                : "a client of it is not built in yet",
        };
        Line Line(string of, Figures ours) => new("S2", "durable_commands_per_s", of, "1/s", ours) { Order = "ABAB" };
    }
}
