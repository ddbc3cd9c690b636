using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Support;

namespace Bench;

/// <summary>A transaction that reads for long (a dump, an export) must not slow the lane: one snapshot stands open for
/// as long as is asked, and the load goes on beside it.</summary>
static class S2Snapshot
{
    const int Callers = 32;

    public static async Task<Line> RunAsync(TestLedger ledger, LaneLoad lane, Settings settings)
    {
        var before = (long)await ledger.Node.Tree.SizeAsync(default);
        var free = new List<Sample> { await Load.RunAsync(Callers, settings.Seconds, lane.OneAsync) };
        var (held, stood) = await HeldAsync(ledger.Connection, lane, settings);
        free.Add(await Load.SliceAsync(Callers, settings.Seconds, lane.OneAsync));
        Console.Error.WriteLine($"S2 without it: before {free[0].Rate:F0}/s, after {free[1].Rate:F0}/s");
        return new(
            "S2",
            "durable_commands_per_s",
            string.Create(
                CultureInfo.InvariantCulture,
                $"callers={Callers},signed,snapshot open {Math.Floor(stood.TotalSeconds)} s"
            ),
            "1/s",
            Figures.Of(held)
        )
        {
            Peer = Figures.Of(free, "the lane without a snapshot"),
            Rounds = held.Count,
            Order = $"B{new string('A', held.Count)}B",
            EventsBefore = before,
        };
    }

    /// <returns>The slices, and how long the snapshot stood.</returns>
    static async Task<(List<Sample> Slices, TimeSpan Stood)> HeldAsync(
        string connection,
        LaneLoad lane,
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
        var slices = new List<Sample>();
        for (var stood = Stopwatch.StartNew(); ; )
        {
            var seconds = Math.Min(settings.Seconds, settings.Held);
            slices.Add(await Load.SliceAsync(Callers, seconds, lane.OneAsync));
            Console.Error.WriteLine($"S2 snapshot open {stood.Elapsed.TotalSeconds:F0} s: {slices[^1].Rate:F0}/s");
            if (stood.Elapsed.TotalSeconds < settings.Held)
                continue;
            // It still sees what it saw at first, so it was there all the time.
            return (long)(await count.ExecuteScalarAsync())! == seen
                ? (slices, stood.Elapsed)
                : throw new ConditionException("The snapshot did not stand: it sees what was written after it.");
        }
    }
}
