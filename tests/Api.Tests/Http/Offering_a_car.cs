namespace Api.Tests.Http;

/// <summary>What the law asks of a car before it is offered, read and put to another use.</summary>
public sealed class Offering_a_car(RunningService running)
{
    [Fact]
    public async Task Needs_its_sheet()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var registered = new
        {
            category = "used-car",
            identifiers = new[] { Goods.NewVin() },
            occurredAt = Goods.Day,
        };
        var item = (await stall.PostAsync("/api/v1/items", registered)).Location;
        var listing = new
        {
            market = stall.Code,
            askFen = 1_000,
            occurredAt = Goods.Day,
        };
        var reply = (await caller.PostAsync($"{item}/listings", listing)).Refuses(422, "disclosure-incomplete");
        Assert.Equal("trade-disclosure", (string?)reply.Json["ruleId"]);
        Assert.Contains("第十四条", (string?)reply.Json["citation"], StringComparison.Ordinal);
        await stall.PostAsync(
            $"{item}/disclosures",
            new
            {
                accident = "yes",
                text = "右前门更换",
                occurredAt = Goods.Day,
            }
        );
        await stall.PostAsync($"{item}/listings", listing);
    }

    [Fact]
    public async Task Cannot_deny_what_the_ledger_knows()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        await stall.PostAsync(
            $"{item}/brands",
            new
            {
                brand = "flood",
                brandSource = "insurer",
                occurredAt = Goods.Day,
            }
        );
        (await caller.PostAsync($"{item}/disclosures", new { flood = "no" })).Refuses(409, "contradicts-ledger");
        (await caller.PostAsync($"{item}/disclosures", new { flood = "perhaps" })).Refuses(422, "value-malformed");
    }

    [Fact]
    public async Task Tells_why_a_reading_is_doubted()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        object Reading(long km, int day, bool confirmed = false) =>
            new
            {
                valueKm = km,
                source = "desk",
                observedOn = $"2026-01-0{day}",
                confirmed,
                occurredAt = $"2026-01-0{day}T02:00:00Z",
            };
        await stall.PostAsync($"{item}/odometer-readings", Reading(50_000, 5));
        var reply = await caller.PostAsync($"{item}/odometer-readings", Reading(505_000, 6));
        reply.Refuses(409, "odometer-needs-confirmation");
        Assert.Contains("typo-suspected-x10", reply.Text, StringComparison.Ordinal);
        await stall.PostAsync($"{item}/odometer-readings", Reading(30_000, 6, confirmed: true));
        var history = (await caller.GetAsync($"{item}/history")).Is(200).Items;
        Assert.Equal("implausible", (string?)history.Last()["facts"]!["verdict"]);
        Assert.Equal("rolled-back", (string?)history.Last()["facts"]!["reasonCode"]);
    }

    [Fact]
    public async Task To_another_use_gets_another_limit()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var registered = new
        {
            category = "used-car",
            identifiers = new[] { Goods.NewVin() },
            scrapCategory = "private-small",
            firstRegistered = "2020-03-15",
            occurredAt = Goods.Day,
        };
        var item = (await stall.PostAsync("/api/v1/items", registered)).Location;
        var change = new
        {
            to = "taxi-small",
            changedOn = "2026-01-05",
            occurredAt = Goods.Day,
        };
        await stall.PostAsync($"{item}/use-changes", change);
        var facts = (await caller.GetAsync($"{item}/history")).Is(200).Items.Last()["facts"]!;
        Assert.Equal((11, "2031-03-15"), ((int?)facts["yearsAllowed"], (string?)facts["limitDate"]));
        (await caller.PostAsync($"{item}/use-changes", change with { to = "spaceship" })).Refuses(
            422,
            "value-malformed"
        );
    }
}
