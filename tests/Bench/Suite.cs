using System.Globalization;
using System.Text.Json;
using Api.Cluster;
using Bench.Http;
using Npgsql;
using Support;

namespace Bench;

/// <summary>The server that takes the load, with a fresh database for each side.</summary>
sealed class Server(PrivateCluster cluster, string folder)
{
    int databases;

    public string Folder => folder;
    public string Connection => cluster.ConnectionString;

    /// <summary>Of the server that runs.</summary>
    public static string Version { get; set; } = "";

    public async Task<TestLedger> LedgerAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await DatabaseAsync()) { MaxPoolSize = 20 };
        return await TestLedger.OpenAsync(
            connection.ConnectionString,
            Path.Combine(folder, $"witness-{connection.Database}")
        );
    }

    /// <returns>How to reach a new, empty database.</returns>
    public async Task<string> DatabaseAsync()
    {
        var name = $"bench{++databases}";
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString;
    }
}

/// <summary>Runs the scenarios, writes their lines, prints one table.</summary>
static class Suite
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    static readonly JsonSerializerOptions Tight = new(JsonSerializerDefaults.Web);

    /// <returns>0 where every scenario was correct, else 1; speed does not count.</returns>
    public static async Task<int> RunAsync(Settings settings)
    {
        var folder = Path.Combine(Places.Root, "artifacts", $"bench-{Environment.ProcessId}");
        Directory.CreateDirectory(settings.Out);
        // Asked first: who names a server that does not answer learns it at once.
        await using var eventStore = settings.Scenarios.Contains("S2") ? await EventStorePeer.OpenAsync() : null;
        try
        {
            return await MeasureAsync(settings, folder, eventStore);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<int> MeasureAsync(Settings settings, string folder, EventStorePeer? eventStore)
    {
        var all = new List<Line>();
        if (settings.Scenarios.Contains("S3"))
            // A setting that only a start of the server takes.
            await using (var first = await PrivateCluster.OpenAsync(folder, CancellationToken.None))
                await DatabaseWork.PreloadAsync(first.ConnectionString);
        await using (var cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None))
            foreach (var scenario in settings.Scenarios)
            {
                var server = new Server(cluster, folder);
                var before = await Conditions.AssertAsync(server.Connection);
                Server.Version = (string)before["pg"];
                var lines = scenario switch
                {
                    "S2" => await S2.RunAsync(server, settings, eventStore),
                    "S3" => await S3.RunAsync(server, settings),
                    _ => await S7.RunAsync(server, settings),
                };
                await Conditions.AssertAsync(server.Connection);
                lines = [.. lines.Select(l => Complete(l, settings, before))];
                await File.WriteAllTextAsync(
                    Path.Combine(settings.Out, $"{scenario}.json"),
                    JsonSerializer.Serialize(lines, Json)
                );
                await File.AppendAllLinesAsync(
                    Path.Combine(settings.Out, "trend.jsonl"),
                    lines.Select(l => JsonSerializer.Serialize(l, Tight))
                );
                all.AddRange(lines);
                await DropAsync(server);
            }
        Print(all);
        return all.All(l => l.Correct?.Holds != false) ? 0 : 1;
    }

    static Line Complete(Line line, Settings settings, Dictionary<string, object> conditions) =>
        line with
        {
            Rounds = line.Rounds == 0 ? settings.Rounds : line.Rounds,
            Seed = settings.Seed,
            Quick = settings.Quick,
            Conditions = JsonSerializer.SerializeToElement(
                new Dictionary<string, object>(conditions) { ["events_before"] = line.EventsBefore }
            ),
            At = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };

    static async Task DropAsync(Server server)
    {
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(server.Connection);
        await using var names = source.CreateCommand(
            "select string_agg(datname, ',') from pg_database where datname like 'bench%'"
        );
        foreach (var name in ((string)(await names.ExecuteScalarAsync())!).Split(','))
        {
            await using var drop = source.CreateCommand($"drop database {name} with (force)");
            await drop.ExecuteNonQueryAsync();
        }
    }

    static void Print(IReadOnlyList<Line> lines)
    {
        Console.WriteLine(
            "| scenario | metric | case | ours median (min–max) | p50/p99 ms | peer | peer median | ratio | floor | goal |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var l in lines)
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {l.Scenario} | {l.Metric} | {l.Case} | {Told(l.Ours?.Median)} ({Told(l.Ours?.Min)}–{Told(l.Ours?.Max)}) | {l.Ours?.P50:F2}/{l.Ours?.P99:F2} | {l.Peer?.Name ?? l.Reason} | {Told(l.Peer?.Median)} | {l.Ratio:F2} | {Told(l.Floor)} | {Told(l.Goal)} |"
                )
            );
        foreach (var scenario in lines.GroupBy(l => l.Scenario))
        foreach (var correct in scenario.Select(l => l.Correct).Distinct())
            Console.WriteLine($"{scenario.Key}: {correct}");
    }

    /// <summary>A rate without its fraction; of a few milliseconds the fraction counts.</summary>
    static string Told(double? figure) =>
        figure?.ToString(figure < 100 ? "F2" : "F0", CultureInfo.InvariantCulture) ?? "";

    static string Told(Bound? bound) => bound is null ? "" : $"{bound.Ratio} {(bound.Met ? "met" : "missed")}";
}
