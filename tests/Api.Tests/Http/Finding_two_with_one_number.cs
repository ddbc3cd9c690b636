using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>One VIN on two cars: it stands on both, and neither leaves the country before somebody has
/// decided.</summary>
public sealed class Finding_two_with_one_number
{
    const string Evidence = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Fact]
    public async Task Stops_the_export_of_both_until_it_is_resolved()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var stall = await MarketClient.OpenAsync(caller);
        var vin = Goods.NewVin();
        var first = await CarAsync(stall, vin);
        (await caller.PostAsync($"{first}/identity-conflicts", Raised(vin, null))).Refuses(422, "evidence-missing");
        (await caller.PostAsync($"{first}/identity-conflicts", Raised(Goods.NewVin(), Evidence))).Refuses(
            422,
            "identifier-not-held"
        );
        var raised = await stall.PostAsync($"{first}/identity-conflicts", Raised(vin, Evidence));
        var (second, firstId) = (raised.Location, first.Split('/')[^1]);
        Assert.NotEqual(first, second);
        Assert.Equal(second.Split('/')[^1], (string?)(await ConflictAsync(caller, first))["facts"]!["other"]);
        Assert.Equal(firstId, (string?)(await ConflictAsync(caller, second))["facts"]!["other"]);

        (await caller.PostAsync($"{first}/export-annotations", Note)).Refuses(422, "identity-conflict");
        await service.CaughtUpAsync();
        var alerts = (await caller.GetAsync("/api/v1/regulator/alerts?kind=clone")).Is(200).Items;
        Assert.Equal(2, alerts.Count());
        // The number stays with the first one; its history tells of the other.
        var found = Assert.Single(
            (await caller.GetAsync($"/api/v1/regulator/histories?identifier={vin}")).Is(200).Items
        );
        Assert.Contains("identity-conflict-raised", found["events"]!.AsArray().Select(e => (string?)e));

        (await caller.PostAsync($"{first}/identity-conflicts/resolutions", Resolved(firstId, firstId))).Refuses(
            422,
            "conflict-not-found"
        );
        var secondId = second.Split('/')[^1];
        await stall.PostAsync($"{first}/identity-conflicts/resolutions", Resolved(secondId, firstId));
        (await caller.PostAsync($"{second}/identity-conflicts/resolutions", Resolved(firstId, firstId))).Refuses(
            422,
            "conflict-not-found"
        );
        await stall.PostAsync($"{first}/export-annotations", Note);
    }

    static Task<string> CarAsync(MarketClient stall, string vin) =>
        Location(
            stall.PostAsync(
                "/api/v1/items",
                new
                {
                    category = "used-car",
                    identifiers = new[] { vin },
                    make = "大众",
                    model = "帕萨特",
                    firstRegistered = "2020-03-15",
                    scrapCategory = "private-small",
                    occurredAt = Goods.Day,
                }
            )
        );

    static async Task<string> Location(Task<Reply> reply) => (await reply).Location;

    static async Task<JsonNode> ConflictAsync(Caller caller, string item) =>
        Assert.Single(
            (await caller.GetAsync($"{item}/history")).Is(200).Items,
            e => (string?)e["type"] == "identity-conflict-raised.v1"
        );

    static object Raised(string vin, string? evidence) =>
        new
        {
            identifier = vin,
            evidence,
            make = "大众",
            occurredAt = Goods.Day,
        };

    static object Resolved(string other, string genuine) =>
        new
        {
            other,
            genuine,
            decidedBy = "成都市公安局交通管理局",
            evidence = Evidence,
            occurredAt = Goods.Day,
        };

    static readonly object Note = new
    {
        annotatedOn = "2026-01-05",
        tempPlateUntil = "2026-03-06",
        insuranceUntil = "2026-03-06",
        occurredAt = Goods.Day,
    };
}
