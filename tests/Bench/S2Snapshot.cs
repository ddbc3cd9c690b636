using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Bench;

/// <summary>A transaction that reads for long (a dump, an export) must not slow the lane. Two new ledgers grow by
/// turns, a slice each, so that both are as old and as large; over one of them a snapshot stands open.</summary>
static class S2Snapshot
{
    const int Callers = 32;

    public static async Task<Line> RunAsync(Server server, Settings settings)
    {
        await using var held = await server.LedgerAsync();
        await using var free = await server.LedgerAsync();
        var (a, b) = (
            new LaneLoad(held, settings.Seed, Items(settings)),
            new LaneLoad(free, settings.Seed, Items(settings))
        );
        await Load.SliceAsync(Callers, 1, a.OneAsync);
        await Load.SliceAsync(Callers, 1, b.OneAsync);
        var (with, without, stood) = await BesideAsync(held.Connection, a, b, settings);
        return new(
            "S2",
            "durable_commands_per_s",
            string.Create(
                CultureInfo.InvariantCulture,
                $"callers={Callers},signed,snapshot open {Math.Floor(stood.TotalSeconds)} s"
            ),
            "1/s",
            Figures.Of(with)
        )
        {
            Peer = Figures.Of(without, "a ledger as large without a snapshot"),
            Rounds = with.Count,
            Order = "ABBA",
            Correct = await a.CheckAsync(),
        };
    }

    internal static int Items(Settings settings) => settings.Quick ? 5_000 : 50_000;

    /// <returns>The slices of both, and how long the snapshot stood.</returns>
    static async Task<(List<Sample> With, List<Sample> Without, TimeSpan Stood)> BesideAsync(
        string connection,
        LaneLoad held,
        LaneLoad free,
        Settings settings
    )
    {
        await using var reader = new NpgsqlConnection(connection);
        await reader.OpenAsync();
        await using var open = new NpgsqlCommand(
            "set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read",
            reader
        );
        await open.ExecuteNonQueryAsync();
        await using var count = new NpgsqlCommand("select count(*) from proof.head", reader);
        var seen = (long)(await count.ExecuteScalarAsync())!;
        var (with, without) = (new List<Sample>(), new List<Sample>());
        var stood = Stopwatch.StartNew();
        do
        {
            (List<Sample> Slices, LaneLoad Lane)[] turn = [(with, held), (without, free)];
            foreach (var (slices, lane) in with.Count % 2 == 0 ? turn : [.. turn.Reverse()])
                slices.Add(await Load.SliceAsync(Callers, Math.Min(settings.Seconds, settings.Held), lane.OneAsync));
            Console.Error.WriteLine(
                $"S2 snapshot open {stood.Elapsed.TotalSeconds:F0} s: {with[^1].Rate:F0}/s, without {without[^1].Rate:F0}"
            );
        } while (stood.Elapsed.TotalSeconds < settings.Held);
        // It still sees what it saw at first, so it was there all the time.
        return (long)(await count.ExecuteScalarAsync())! == seen
            ? (with, without, stood.Elapsed)
            : throw new ConditionException("The snapshot did not stand: it sees what was written after it.");
    }
}
