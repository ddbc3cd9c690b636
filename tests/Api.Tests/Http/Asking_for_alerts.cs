namespace Api.Tests.Http;

/// <summary>The wipe bench, prices and alerts, as their readers ask.</summary>
public sealed class Asking_for_alerts(RunningService running)
{
    [Fact]
    public async Task A_reading_that_was_turned_back_is_one()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        foreach (var (km, day) in new[] { (50_000, 5), (30_000, 6) })
            await stall.PostAsync(
                $"{item}/odometer-readings",
                new
                {
                    valueKm = km,
                    source = "desk",
                    observedOn = $"2026-01-0{day}",
                    confirmed = true,
                    occurredAt = $"2026-01-0{day}T02:00:00Z",
                }
            );
        var alert = Assert.Single(await AlertsAsync(caller, stall.Code));
        Assert.Equal(
            ("odometer", "odo-rollback", item[(item.LastIndexOf('/') + 1)..]),
            ((string?)alert["kind"], (string?)alert["ruleId"], (string?)alert["itemId"])
        );
        Assert.Contains("lastKm=50000", alert["facts"]!.AsArray().Select(f => (string?)f));
    }

    [Fact]
    public async Task A_phone_sold_unwiped_is_one_and_a_fresh_listing_is_none()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("electronics");
        await stall.ListAsync(item);
        var (deal, _) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 900);
        await stall.PostAsync($"{deal}/completions", new { occurredAt = Goods.Day });
        var alert = Assert.Single(await AlertsAsync(caller, stall.Code));
        Assert.Equal("wipe-unverified", (string?)alert["kind"]);
    }

    /// <summary>The road to another prefecture takes its hour; a car that stands in a hall is on no road.</summary>
    [Theory]
    [InlineData(false, "2026-01-05T02:59:00Z", true)]
    [InlineData(false, "2026-01-05T03:00:00Z", false)]
    [InlineData(true, "2026-01-08T02:00:00Z", true)]
    public async Task A_car_seen_where_it_cannot_be_is_one(bool kept, string then, bool told)
    {
        var caller = await running.CallerAsync();
        var (here, far) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller, "510703"));
        var item = await here.RegisterAsync();
        if (kept)
            await here.PostAsync($"{item}/intakes", new { reason = "consign", occurredAt = Goods.Day });
        await here.PostAsync($"{item}/odometer-readings", Reading(50_000, Goods.Day));
        await far.PostAsync($"{item}/odometer-readings", Reading(50_010, then));
        var kinds = (await AlertsAsync(caller, far.Code)).Select(a => (string?)a["kind"]);
        Assert.Equal(told ? ["clone"] : [], kinds);
    }

    static object Reading(long km, string at) =>
        new
        {
            valueKm = km,
            source = "desk",
            observedOn = at[..10],
            occurredAt = at,
        };

    /// <summary>Whoever deals in goods sells on within the week.</summary>
    [Theory]
    [InlineData("person", true)]
    [InlineData("dealer", false)]
    public async Task A_person_who_sells_on_at_once_is_one(string kind, bool told)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        foreach (var (seller, buyer, day) in new[] { (stall.Owner, stall.Buyer, 5), (stall.Buyer, "K-3", 8) })
        {
            var at = $"2026-01-0{day}T02:00:00Z";
            var deal = new
            {
                seller,
                sellerKind = kind,
                buyer,
                buyerKind = kind,
                occurredAt = at,
            };
            var opened = (await stall.PostAsync($"{item}/trades", deal)).Location;
            await stall.SettleAsync(opened, 900, at);
            await stall.PostAsync($"{opened}/completions", new { occurredAt = at });
        }
        var kinds = (await AlertsAsync(caller, stall.Code)).Select(a => (string?)a["kind"]);
        Assert.Equal(told ? ["rapid-resale"] : [], kinds);
    }

    [Fact]
    public async Task The_bench_says_what_each_medium_needs_next()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("electronics");
        var media = new { media = new[] { new { ix = 0, type = "ufs" } }, occurredAt = Goods.Day };
        var declared = await stall.PostAsync($"{item}/media", media);
        Assert.Equal("intake", await NeedsAsync(caller, stall.Code, declared));
        var intake = await stall.PostAsync($"{item}/intakes", new { reason = "wipe", occurredAt = Goods.Day });
        Assert.Equal("consent", await NeedsAsync(caller, stall.Code, intake));
    }

    [Fact]
    public async Task Prices_are_grouped_by_what_is_asked()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        foreach (var price in new[] { 1_000, 2_000, 3_000 })
        {
            var item = await stall.RegisterAsync("appliance", make: "海尔");
            var (deal, _) = await stall.DealAsync(item);
            await stall.SettleAsync(deal, price);
            await stall.PostAsync($"{deal}/completions", new { occurredAt = Goods.Day });
        }
        var page = await caller.GetAsync($"/api/v1/market/prices?market={stall.Code}&atLeast={await TipAsync(caller)}");
        var entry = Assert.Single(page.Is(200).Items);
        Assert.Equal(
            (3, 2_000, 1_000),
            ((int?)entry["count"], (int?)entry["medianFen"], (int?)entry["lowerQuartileFen"])
        );
        (await caller.GetAsync("/api/v1/market/prices?by=colour")).Is(400);
    }

    [Theory]
    [InlineData("/market/prices", "成交价格")]
    [InlineData("/market/media", "数据清除工作台")]
    [InlineData("/regulator/alerts", "预警")]
    public async Task Each_has_a_page(string path, string title)
    {
        var page = (await (await running.CallerAsync()).GetAsync($"{path}?lang=zh-CN")).Is(200);
        Assert.Contains($"<h1>{title}</h1>", System.Net.WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
    }

    static async Task<IEnumerable<System.Text.Json.Nodes.JsonNode>> AlertsAsync(Caller caller, string market) =>
        (await caller.GetAsync($"/api/v1/regulator/alerts?market={market}&atLeast={await TipAsync(caller)}"))
            .Is(200)
            .Items;

    static async Task<string?> NeedsAsync(Caller caller, string market, Reply after)
    {
        var leaf = (long)after.Json["receipt"]!["entries"]![0]!["leafIndex"]!;
        var page = await caller.GetAsync($"/api/v1/market/media?market={market}&atLeast={leaf}");
        return (string?)Assert.Single(page.Is(200).Items)["needs"];
    }

    /// <summary>The newest leaf: whatever was acknowledged stands before it.</summary>
    static async Task<long> TipAsync(Caller caller)
    {
        var recorded = await caller.PostAsync(
            "/api/v1/items",
            new { category = "appliance", identifiers = new[] { Goods.NewSerial() } }
        );
        return (long)recorded.Is(201).Json["receipt"]!["entries"]![0]!["leafIndex"]!;
    }
}
