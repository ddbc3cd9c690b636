using System.Reflection;
using System.Text.Json;
using Api.Import;
using Ledger;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support;

namespace Api.Tests.Http;

/// <summary>No act lies after now; and who says no time is never told that his time is too early.</summary>
public sealed class Dating_an_act(RunningService running)
{
    /// <summary>Far behind every clock.</summary>
    const string Day = "2999-01-01",
        Instant = "2999-01-01T00:00:00Z";

    /// <summary>Each body's own time that has happened, and a path that takes it.</summary>
    [Theory]
    [InlineData("odometer-readings", "observedOn")]
    [InlineData("sale-declarations", "soldOn")]
    [InlineData("encumbrances", "since")]
    [InlineData("export-inspections", "inspectedOn")]
    public async Task That_has_happened_is_refused_by_the_field_where_it_lies_ahead(string path, string field)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        object body = path switch
        {
            "odometer-readings" => new
            {
                valueKm = 5,
                source = "desk",
                observedOn = Day,
            },
            "sale-declarations" => new { seller = stall.Owner, soldOn = Day },
            "encumbrances" => new
            {
                kind = "mortgage",
                holder = Roll.Bank,
                since = Day,
            },
            _ => new
            {
                standard = "WM/T 8-2022",
                passed = true,
                inspectedOn = Day,
            },
        };
        var reply = await caller.PostAsync($"{item}/{path}", body, null, ("Ledger-Site", stall.Code));
        Assert.NotEmpty(reply.Refuses(422, "occurred-in-future").Json["errors"]![field]!.AsArray());
    }

    [Fact]
    public async Task Of_a_registration_a_transfer_and_a_correction_too()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        foreach (var field in new[] { "productionDate", "firstRegistered" })
        {
            var body = new Dictionary<string, object>
            {
                ["category"] = "used-car",
                ["identifiers"] = new[] { Goods.NewVin() },
                [field] = Day,
            };
            var registered = await caller.PostAsync("/api/v1/items", body);
            Assert.NotNull(registered.Refuses(422, "occurred-in-future").Json["errors"]![field]);
        }
        var item = await stall.RegisterAsync();
        var (deal, id) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 700);
        var station = await stall.StationAsync();
        await stall.CheckAsync(item, id, station);
        var transfer = await caller.PostAsync(
            $"{item}/transfers",
            new
            {
                tradeId = id,
                station,
                registeredOn = Day,
            }
        );
        Assert.NotNull(transfer.Refuses(422, "occurred-in-future").Json["errors"]!["registeredOn"]);
        var moved = await stall.PostAsync(
            $"{item}/transfers",
            new { tradeId = id, registeredOn = "2026-01-05" },
            station
        );
        var correction = await caller.PostAsync(
            $"{moved.Location}/corrections",
            new { reason = "typo", facts = new { registeredOn = Day } },
            null,
            ("If-Match", moved.ETag),
            ("Ledger-Role", "STN"),
            ("Ledger-Site", station),
            ("Ledger-Second-Actor", stall.Buyer)
        );
        Assert.NotNull(correction.Refuses(422, "occurred-in-future").Json["errors"]!["registeredOn"]);
    }

    /// <summary>Each stream that is no item.</summary>
    [Fact]
    public async Task Of_an_incident_and_a_credit_signal_too()
    {
        var caller = await running.CallerAsync();
        var incident = new
        {
            finding = "x",
            tool = "t",
            from = Instant,
            to = Instant,
        };
        var reported = await caller.PostAsync("/api/v1/incidents", incident, null, ("Ledger-Role", "REG"));
        Assert.NotNull(reported.Refuses(422, "occurred-in-future").Json["errors"]!["from"]);
    }

    [Fact]
    public async Task Of_a_plan_may_lie_ahead()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        await stall.PostAsync(
            $"{item}/listings",
            new
            {
                market = stall.Code,
                askFen = 5,
                endsOn = "2999-01-01",
            }
        );
    }

    /// <summary>Whatever any operation takes, and every column of an import.</summary>
    [Fact]
    public async Task Is_read_by_no_name_that_has_no_meaning()
    {
        var service = await running.StartedAsync();
        var bodies = service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Select(e => e.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)
            .OfType<Type>()
            .Distinct()
            .ToList();
        Assert.True(bodies.Count > 50, $"{bodies.Count} bodies");
        Assert.Empty(bodies.SelectMany(b => Unknown(b, [])).Distinct());
        var columns = RowReader.SalesColumns.Union(RowReader.HistoryColumns).Where(LooksLikeTime).ToList();
        Assert.Contains("manufactured_on", columns);
        Assert.Empty(columns.Except(ActTimes.All.Select(l => l.Column!)).Except(["occurred_at"]));
    }

    static IEnumerable<string> Unknown(Type body, HashSet<Type> seen)
    {
        if (!seen.Add(body))
            yield break;
        foreach (var member in body.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (
                (
                    type == typeof(string)
                    || type == typeof(long)
                    || type == typeof(DateOnly)
                    || type == typeof(DateTimeOffset)
                )
                && LooksLikeTime(name)
                && !ActTimes.Knows(name)
            )
                yield return $"{body.Name}.{name}";
            foreach (
                var part in type.IsGenericType ? type.GetGenericArguments()
                : type.IsArray ? [type.GetElementType()!]
                : [type]
            )
                if (part.Assembly == body.Assembly && part.IsClass)
                    foreach (var inner in Unknown(part, seen))
                        yield return inner;
        }
    }

    /// <summary>As a time is called here: so that a new one is found before anybody reads it.</summary>
    static bool LooksLikeTime(string name) =>
        System.Text.RegularExpressions.Regex.IsMatch(
            name,
            "(At|On|Date|From|Until|Since|Day|Registered|_at|_on|valid[A-Z].*)$|^(from|to|since|until|at|on)$"
        ) && name is not "fromRegion";

    [Fact]
    public async Task Sixty_four_cars_into_one_batch_at_once_are_never_too_early()
    {
        var caller = await running.CallerAsync();
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var batch = await Exporting_a_car.DraftAsync(caller, exporter);
        var cars = new List<string>();
        for (var i = 0; i < 64; i++)
            cars.Add((await Exporting_a_car.NotedAsync(caller)).Id);
        var replies = await Task.WhenAll(
            cars.Select(car =>
                ThroughAsync(
                    caller,
                    $"{batch}/items",
                    new
                    {
                        item = car,
                        hsCode = "8703234110",
                        make = "大众",
                        model = "帕萨特",
                        firstRegistered = "2020-03-15",
                        pendingExportOn = "2026-01-05",
                    }
                )
            )
        );
        // A licence takes twenty; who came after them is told so.
        Assert.Equal(20, replies.Count(r => r.Status == 201));
        Assert.All(replies.Where(r => r.Status != 201), r => r.Refuses(409, "batch-full"));
    }

    [Fact]
    public async Task Sixty_four_acts_on_one_item_at_once_are_never_too_early()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var vin = Goods.NewVin();
        var item = await stall.RegisterAsync(identifier: vin);
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    i % 2 == 0
                        ? ThroughAsync(caller, $"{item}/brands", new { brand = "damaged", brandSource = $"s{i}" })
                        : ThroughAsync(
                            caller,
                            $"{item}/identity-conflicts",
                            new { identifier = vin, evidence = Paper.Hash($"paper-{i}") }
                        )
                )
        );
        Assert.All(replies, r => r.Is(201));
    }

    /// <summary>What a client says of the time is judged as ever.</summary>
    [Fact]
    public async Task Whose_time_its_caller_says_is_judged_by_it()
    {
        var caller = await running.CallerAsync();
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var batch = await Exporting_a_car.DraftAsync(caller, exporter);
        var (_, car) = await Exporting_a_car.NotedAsync(caller);
        var early = await caller.PostAsync(
            $"{batch}/items",
            new
            {
                item = car,
                hsCode = "8703234110",
                occurredAt = "2025-01-05T02:00:00Z",
            }
        );
        early.Refuses(422, "occurred-too-early");
    }

    /// <summary>As a client does: what was not taken for want of a turn is asked again, under its key.</summary>
    static async Task<Reply> ThroughAsync(Caller caller, string path, object body)
    {
        var key = Goods.NewKey();
        while (true)
            if (await caller.PostAsync(path, body, key) is { Status: not 503 } reply)
                return reply;
    }
}
