using Support;

namespace Api.Tests.Http;

/// <summary>A desk is at an open market, a station is authorised, and a site that is named is there.</summary>
public sealed class Acting_at_a_site(RunningService running)
{
    const string Nowhere = "MK-510104-9997",
        NoStation = "ST-510104-9997";

    static readonly object Reason = new { reason = "未按规定查验车辆", occurredAt = Goods.Day };

    static object Item() =>
        new
        {
            category = "appliance",
            identifiers = new[] { Goods.NewSerial() },
            occurredAt = Goods.Day,
        };

    async Task<Reply> SayAsync(string path, object body, string role, string? site = null)
    {
        var caller = (await running.CallerAsync()).AsItIs();
        return await caller.PostAsync(path, body, null, People.Headers(role, site));
    }

    async Task<MarketClient> OpenAsync() => await MarketClient.OpenAsync(await running.CallerAsync());

    [Theory]
    [InlineData("CLK", null, 422, "site-missing")]
    [InlineData("CLK", "parking-lot", 403, "site-not-of-role")]
    [InlineData("CLK", Sites.Station, 403, "site-not-of-role")]
    [InlineData("CLK", Nowhere, 404, "market-not-found")]
    [InlineData("APR", Nowhere, 404, "market-not-found")]
    [InlineData("DLR", NoStation, 404, "station-not-found")]
    [InlineData("DLR", "parking-lot", 201, null)]
    [InlineData("APR", null, 201, null)]
    public async Task Is_judged_by_role_and_site(string role, string? site, int status, string? code)
    {
        var reply = await SayAsync("/api/v1/items", Item(), role, site);
        Assert.Equal(code, reply.Is(status).Code);
    }

    [Theory]
    [InlineData("mk", 201)]
    [InlineData("MK", 201)]
    public async Task Is_the_same_in_either_case(string prefix, int status)
    {
        var stall = await OpenAsync();
        (await SayAsync("/api/v1/items", Item(), "CLK", prefix + stall.Code[2..])).Is(status);
    }

    [Theory]
    [InlineData(null, 422, "site-missing")]
    [InlineData(Sites.Market, 403, "site-not-of-role")]
    [InlineData(NoStation, 404, "station-not-found")]
    public async Task A_station_checks_no_car_elsewhere(string? site, int status, string code)
    {
        var item = await (await OpenAsync()).RegisterAsync();
        var check = new
        {
            vinMatches = true,
            engineMatches = true,
            occurredAt = Goods.Day,
        };
        (await SayAsync($"{item}/vehicle-checks", check, "STN", site)).Refuses(status, code);
    }

    [Fact]
    public async Task A_station_acts_on_days_of_its_term_only()
    {
        var stall = await OpenAsync();
        var item = await stall.RegisterAsync();
        var station = await stall.StationAsync();
        object Check(string at) =>
            new
            {
                vinMatches = true,
                engineMatches = true,
                occurredAt = at,
            };
        var path = $"{item}/vehicle-checks";
        (await SayAsync(path, Check(Goods.Day), "STN", station)).Is(201);
        (await SayAsync($"/api/v1/stations/{station}/suspensions", Reason, "REG")).Is(201);
        (await SayAsync(path, Check(Goods.Day), "STN", station)).Refuses(409, "station-not-authorised");
        // Nor on a day before its suspension, told now.
        (await SayAsync(path, Check("2026-01-05T01:00:00Z"), "STN", station)).Refuses(409, "station-not-authorised");
    }

    /// <summary>Whatever the market offers or does not: its desk, a dealer and a platform there begin nothing.</summary>
    [Theory]
    [InlineData("CLK")]
    [InlineData("PLT")]
    public async Task A_stopped_market_opens_no_deal(string role)
    {
        var stall = await OpenAsync();
        var item = await stall.RegisterAsync("appliance");
        (await SayAsync($"/api/v1/markets/{stall.Code}/suspensions", Reason, "REG")).Is(201);
        (await SayAsync($"{item}/trades", stall.Deal(), role, stall.Code)).Refuses(409, "market-suspended");
        (await SayAsync("/api/v1/items", Item(), role, stall.Code)).Refuses(409, "market-suspended");
        (await SayAsync($"/api/v1/markets/{stall.Code}/reinstatements", Reason, "REG")).Is(201);
        (await SayAsync($"{item}/trades", stall.Deal(), role, stall.Code)).Is(201);
    }

    [Fact]
    public async Task A_stopped_market_brings_to_its_end_what_was_paid()
    {
        var stall = await OpenAsync();
        var item = await stall.RegisterAsync("appliance");
        var (deal, _) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 1_000);
        (await SayAsync($"/api/v1/markets/{stall.Code}/suspensions", Reason, "REG")).Is(201);
        await stall.PostAsync($"{deal}/completions", new { occurredAt = Goods.Day });
    }
}
