using System.Globalization;
using System.Net.Http.Json;
using Bench.Http;

namespace Bench;

/// <summary>The whole way over HTTP, from the request to a durable, signed answer with its receipt, and back for a
/// reader; beside an endpoint that does nothing, and beside another checkout where one is named.</summary>
static class S3
{
    static readonly int[] Connections = [1, 16, 64];

    /// <summary>Things that are read, and events that each has.</summary>
    const int Things = 200,
        EventsEach = 5;

    /// <summary>Commands of the slice in which the database's work is counted.</summary>
    const int Counted = 200;

    /// <summary>One service under load.</summary>
    sealed record Side(string Name, Served Service, string Database, IReadOnlyList<string> Things);

    public static async Task<IReadOnlyList<Line>> RunAsync(Server server, Settings settings)
    {
        await Wrk.NeedAsync();
        await DatabaseWork.RestAsync(server.Connection);
        await using var empty = await Served.EmptyAsync();
        var sides = new List<Side>();
        try
        {
            sides.Add(await SideAsync(server, "ours", Support.Places.Root));
            if (settings.Beside is { } other)
                sides.Add(await SideAsync(server, "beside", other));
            var taken = new Dictionary<(string Who, string What, int Connections), List<HttpSample>>();
            var run = 0;
            for (var round = 0; round < settings.Rounds; round++)
                foreach (var connections in Connections)
                {
                    var order = round % 2 == 0 ? sides : [.. Enumerable.Reverse(sides)];
                    foreach (var side in order)
                    {
                        await TakeAsync(side.Name, "post", side.Service, Wrk.Registering("/api/v1/items", $"r{++run}"));
                        await TakeAsync(side.Name, "get", side.Service, Wrk.Reading(side.Things));
                    }
                    await TakeAsync("empty", "post", empty, Wrk.Registering("/", $"e{++run}"));
                    await TakeAsync("empty", "get", empty, Wrk.Reading(["/"]));

                    async Task TakeAsync(string who, string what, Served service, string script)
                    {
                        var sample = await Wrk.RunAsync(service.Address, connections, settings.Seconds, script);
                        if (!taken.TryGetValue((who, what, connections), out var list))
                            taken[(who, what, connections)] = list = [];
                        list.Add(sample);
                        Console.Error.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"S3 round {round + 1}, {connections} connections, {what} {who}: {sample.Rate:F0}/s, {sample.Failures} failed"
                            )
                        );
                    }
                }
            var works = new List<(string, DatabaseWork)>();
            foreach (var side in sides)
                works.Add((side.Name, await DatabaseWork.OfAsync(side.Database, () => CountedAsync(side.Service))));
            // Last: its load leaves many things behind it.
            var ready = await BundleReady.RunAsync(sides[0].Service, sides[0].Things, settings, PostAsync);
            return [.. Lines(taken, settings), .. works.SelectMany(w => Lines(w.Item1, w.Item2)), ready];
        }
        finally
        {
            foreach (var side in sides)
                await side.Service.DisposeAsync();
        }
    }

    static async Task<Side> SideAsync(Server server, string name, string root)
    {
        var database = await server.DatabaseAsync();
        var service = await Served.LedgerAsync(root, Path.Combine(server.Folder, $"data-{name}"), database);
        try
        {
            using var client = Client(service);
            var things = new List<string>();
            for (var i = 0; i < Things; i++)
                things.Add(await ThingAsync(client, i));
            return new(name, service, database, things);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>A car with some readings.</summary>
    /// <returns>The path that shows it.</returns>
    static async Task<string> ThingAsync(HttpClient client, int number)
    {
        var made = await PostAsync(
            client,
            "/api/v1/items",
            $"thing-{number}",
            new
            {
                category = "used-car",
                identifiers = new[] { $"vin:{VinOf(number)}" },
                make = "大众",
            }
        );
        var path = made.Headers.Location!.ToString();
        for (var reading = 1; reading < EventsEach; reading++)
            (
                await PostAsync(
                    client,
                    $"{path}/odometer-readings",
                    $"reading-{number}-{reading}",
                    new
                    {
                        valueKm = 1000 * reading,
                        observedOn = $"2026-01-0{reading}",
                        source = "desk",
                    }
                )
            ).Dispose();
        made.Dispose();
        return path;
    }

    static string VinOf(int number)
    {
        var open = $"LSVAM4180C2{number:D6}";
        return $"{open[..8]}{Ledger.Kernel.Identifiers.Vin.CheckDigit(open)}{open[9..]}";
    }

    static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add("Ledger-Actor", "MK-510104-0001");
        request.Headers.Add("Ledger-Role", "CLK");
        request.Headers.Add("Ledger-Site", "MK-510104-0001");
        var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? answer
            : throw new ConditionException(
                $"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
    }

    static HttpClient Client(Served service) => new() { BaseAddress = service.Address };

    /// <summary>One command after another; then what they cause by itself: views, checkpoints.</summary>
    static async Task<int> CountedAsync(Served service)
    {
        using var client = Client(service);
        for (var i = 0; i < Counted; i++)
            (
                await PostAsync(
                    client,
                    "/api/v1/items",
                    $"counted-{i}",
                    new { category = "appliance", identifiers = new[] { $"serial:COUNTED/N{i}" } }
                )
            ).Dispose();
        using var quiet = new PeriodicTimer(TimeSpan.FromSeconds(3));
        await quiet.WaitForNextTickAsync();
        return Counted;
    }

    static IEnumerable<Line> Lines(
        Dictionary<(string Who, string What, int Connections), List<HttpSample>> taken,
        Settings settings
    )
    {
        foreach (var what in (string[])["post", "get"])
        foreach (var connections in Connections)
        {
            var rounds = taken[("ours", what, connections)];
            var failures = rounds.Sum(r => r.Failures);
            var line = new Line(
                "S3",
                what == "post" ? "http_commands_per_s" : "http_reads_per_s",
                $"connections={connections}{(failures > 0 ? $"; {failures} answers other than 2xx" : "")}",
                "1/s",
                Wrk.FiguresOf(rounds)
            )
            {
                Order = "ABAB",
            };
            var beside = line with { Peer = Wrk.FiguresOf(taken[("empty", what, connections)], "empty endpoint") };
            yield return what == "post" && connections == 64 ? beside.Against(.35, .5) : beside;
            if (taken.TryGetValue(("beside", what, connections), out var other))
                yield return line with
                {
                    Peer = Wrk.FiguresOf(other, settings.Beside),
                };
        }
    }

    static IEnumerable<Line> Lines(string who, DatabaseWork work)
    {
        (string, double)[] figures =
        [
            ("statements_per_command", work.Statements),
            ("session_resets_per_command", work.Resets),
            ("commits_per_command", work.Commits),
            ("database_ms_per_command", work.Milliseconds),
        ];
        foreach (var (metric, figure) in figures)
            yield return new Line("S3", metric, $"{who}, with views and publishing", "", Figures.OfTimes([figure]))
            {
                Better = "lower",
            };
    }
}
