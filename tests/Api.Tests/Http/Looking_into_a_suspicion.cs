using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>From an alert to a suspicion, a case, a finding.</summary>
public sealed class Looking_into_a_suspicion(RunningService running)
{
    [Fact]
    public async Task The_ledger_raises_one_where_an_alert_stands_and_an_authority_takes_it_up()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("used-car");
        await stall.PostAsync(
            $"{item}/odometer-readings",
            new
            {
                valueKm = 90_000,
                source = "desk",
                observedOn = "2026-01-05",
                occurredAt = Goods.Day,
            }
        );
        await stall.PostAsync(
            $"{item}/odometer-readings",
            new
            {
                valueKm = 30_000,
                source = "desk",
                observedOn = "2026-01-05",
                confirmed = true,
                occurredAt = Goods.Day,
            }
        );
        var raised = await OfAsync(caller, item);
        Assert.Equal(("suspected", "odometer"), ((string?)raised["state"], (string?)raised["pattern"]));
        var history = (await caller.GetAsync($"{item}/history")).Is(200).Items.Select(e => (string?)e["eventId"]);
        Assert.Contains((string?)Assert.Single(raised["events"]!.AsArray()), history);

        var path = $"/api/v1/cases/{raised["id"]}";
        (await caller.PostAsync($"{path}/openings", new { officer = "JD-07", number = "17" })).Is(201);
        (await caller.PostAsync($"{path}/openings", new { officer = "JD-08" })).Refuses(409, "wrong-state");
        var open = (await caller.GetAsync(path)).Is(200);
        Assert.Equal(("open", "17", "\"2\""), ((string?)open.Json["state"], (string?)open.Json["number"], open.ETag));
        Assert.EndsWith("/JD-07", (string?)open.Json["officer"], StringComparison.Ordinal);
        (await caller.PostAsync($"{path}/closures", new { outcome = "founded", finding = "里程表被调" })).Is(201);
        (await caller.PostAsync($"{path}/closures", new { outcome = "unfounded", finding = "x" })).Refuses(
            409,
            "wrong-state"
        );
        var closed = Assert.Single(
            (await caller.GetAsync("/api/v1/regulator/cases?state=closed&pattern=odometer")).Is(200).Items,
            c => (string?)c["id"] == (string?)raised["id"]
        );
        Assert.Equal(("founded", "里程表被调"), ((string?)closed["outcome"], (string?)closed["finding"]));
    }

    [Fact]
    public async Task An_authority_opens_one_of_its_own_accord()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var vin = Goods.NewVin();
        var item = await stall.RegisterAsync("used-car", vin);
        object Case(string pattern, params string[] items) =>
            new
            {
                pattern,
                items,
                officer = "JD-07",
            };
        var opened = (await caller.PostAsync("/api/v1/cases", Case("clone", vin))).Is(201);
        var found = (await caller.GetAsync(opened.Location)).Is(200).Json;
        Assert.Equal(item.Split('/')[^1], (string?)Assert.Single(found["items"]!.AsArray()));
        Assert.Equal("open", (string?)found["state"]);
        (await caller.PostAsync("/api/v1/cases", Case("hunch", vin))).Refuses(422, "pattern-not-active");
        (await caller.PostAsync("/api/v1/cases", Case("clone"))).Refuses(422, "value-out-of-range");
        var unknown = (await caller.PostAsync("/api/v1/cases", Case("clone", Goods.NewVin()))).Is(422);
        Assert.Equal("item-not-found", unknown.Code);
        var nothing = (await caller.PostAsync("/api/v1/cases", Case("clone", $"{Guid.NewGuid()}"))).Is(422);
        Assert.Equal("item-not-found", nothing.Code);
    }

    /// <summary>Of up to fifty that a body names.</summary>
    [Fact]
    public async Task Which_items_are_not_there_is_said()
    {
        var caller = await running.CallerAsync();
        var vin = Goods.NewVin();
        await (await MarketClient.OpenAsync(caller)).RegisterAsync("used-car", vin);
        var (one, other) = (Goods.NewVin(), $"{Guid.NewGuid()}");
        var body = new
        {
            pattern = "clone",
            items = (string[])[one, vin, other],
            officer = "JD-07",
        };
        var refused = (await caller.PostAsync("/api/v1/cases", body, null, ("Accept-Language", "en"))).Is(422);
        Assert.Equal(
            [
                $"The ledger does not know this item: No item is known as {one}.",
                $"The ledger does not know this item: No item is known as {other}.",
            ],
            refused.Json["errors"]!["items"]!.AsArray().Select(e => (string?)e)
        );
    }

    [Fact]
    public async Task What_nobody_raised_is_not_there()
    {
        var caller = await running.CallerAsync();
        var id = $"{Guid.NewGuid()}";
        var nothing = $"/api/v1/cases/{id}";
        var refused = (await caller.GetAsync(nothing)).Refuses(404, "case-not-found");
        Assert.Contains(id, (string?)refused.Json["detail"], StringComparison.Ordinal);
        (await caller.PostAsync($"{nothing}/openings", new { officer = "JD-07" })).Refuses(404, "case-not-found");
        (await caller.PostAsync($"{nothing}/closures", new { outcome = "founded", finding = "x" })).Refuses(
            404,
            "case-not-found"
        );
        (await caller.GetAsync("/api/v1/regulator/cases?state=lost")).Is(400);
    }

    static Task<JsonNode> OfAsync(Caller caller, string item) =>
        Patience.FoundAsync(async () =>
            (await caller.GetAsync("/api/v1/regulator/cases?state=suspected"))
                .Is(200)
                .Items.FirstOrDefault(c => c["items"]!.AsArray().Any(i => (string?)i == item.Split('/')[^1]))
        );
}
