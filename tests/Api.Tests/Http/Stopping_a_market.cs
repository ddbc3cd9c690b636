using Support;

namespace Api.Tests.Http;

/// <summary>The regulator stops markets and stations, and lets them go on.</summary>
public sealed class Stopping_a_market(RunningService running)
{
    static readonly object Reason = new { reason = "未按规定查验车辆", occurredAt = Goods.Day };

    [Fact]
    public async Task A_suspension_stops_listings_at_once()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/suspensions", Reason)).Is(201);
        var market = (await caller.GetAsync($"/api/v1/markets/{stall.Code}")).Is(200).Json;
        Assert.Equal("suspended", (string?)market["state"]);
        var listing = new
        {
            market = stall.Code,
            askFen = 1_000,
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{item}/listings", listing)).Refuses(409, "market-suspended");
        // Said again it records nothing.
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/suspensions", Reason)).Is(200);
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/reinstatements", Reason)).Is(201);
        (await caller.PostAsync($"{item}/listings", listing)).Is(201);
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/closures", Reason)).Is(201);
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/reinstatements", Reason)).Refuses(409, "wrong-state");
    }

    [Fact]
    public async Task A_market_offers_and_sells_what_it_was_opened_for()
    {
        var caller = await running.CallerAsync();
        var (first, code) = (await MarketClient.OpenAsync(caller), Goods.NewMarket());
        var opening = new
        {
            code,
            name = "手机市场",
            categories = new[] { "electronics" },
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync("/api/v1/markets", opening)).Is(201);
        var stall = new MarketClient(caller, code);
        var item = await first.RegisterAsync("appliance");
        var at = ("Ledger-Site", code);
        object Listing(string market) =>
            new
            {
                market,
                askFen = 1_000,
                seller = first.Owner,
                occurredAt = Goods.Day,
            };
        (await caller.PostAsync($"{item}/listings", Listing(code), null, at)).Refuses(409, "category-not-of-market");
        (await caller.PostAsync($"{item}/trades", first.Deal(), null, at)).Refuses(409, "category-not-of-market");
        var listing = await first.ListAsync(item);
        var mirror = new
        {
            market = code,
            consentBy = first.Code,
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{listing.Location}/mirrors", mirror, null, ("Ledger-Site", first.Code))).Refuses(
            409,
            "category-not-of-market"
        );
        await stall.ListAsync(await stall.RegisterAsync("electronics"));
    }

    [Fact]
    public async Task A_suspension_freezes_what_it_offers_until_it_goes_on()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        await stall.ListAsync(item);
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/suspensions", Reason)).Is(201);
        var deal = stall.Deal();
        (string, string)[] desk = [("Ledger-Site", stall.Code)];
        var refused = (await caller.PostAsync($"{item}/trades", deal, null, desk)).Refuses(409, "market-suspended");
        Assert.Contains(stall.Code, refused.Text, StringComparison.Ordinal);
        (await caller.PostAsync($"/api/v1/markets/{stall.Code}/reinstatements", Reason)).Is(201);
        (await caller.PostAsync($"{item}/trades", deal, null, desk)).Is(201);
    }

    [Fact]
    public async Task A_market_closes_once_no_deal_goes_on_there()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var (deal, _) = await stall.DealAsync(await stall.RegisterAsync("appliance"));
        var closures = $"/api/v1/markets/{stall.Code}/closures";
        var refused = (await caller.PostAsync(closures, Reason)).Refuses(409, "live-deals-open");
        Assert.Contains("1", (string?)refused.Json["detail"], StringComparison.Ordinal);
        await stall.PostAsync(
            $"{deal}/cancellations",
            new
            {
                by = "buyer",
                reason = "买方放弃",
                occurredAt = Goods.Day,
            }
        );
        (await caller.PostAsync(closures, Reason)).Is(201);
    }

    [Fact]
    public async Task A_person_stands_at_a_desk_until_they_are_removed()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var staff = $"/api/v1/markets/{stall.Code}/staff";
        var site = ("Ledger-Site", stall.Code);
        var other = await MarketClient.OpenAsync(caller);
        (
            await caller.PostAsync(staff, Assigned("CLK"), null, ("Ledger-Site", other.Code), ("Ledger-Role", "CLK"))
        ).Refuses(403, "not-of-this-market");
        object Assigned(params string[] roles) =>
            new
            {
                person = "G-07",
                desk = "1号柜台",
                roles,
            };
        await stall.PostAsync(staff, Assigned("CLK"));
        (await caller.PostAsync(staff, Assigned("CLK"), null, site)).Is(200);
        var row = Assert.Single((await caller.GetAsync(staff)).Is(200).Json["items"]!.AsArray())!;
        Assert.Equal(
            ($"{stall.Code}/G-07", "1号柜台", "CLK"),
            ((string?)row["person"], (string?)row["desk"], (string?)row["roles"]![0])
        );
        var removal = new
        {
            person = "G-07",
            desk = "1号柜台",
            reason = "离职",
        };
        await stall.PostAsync($"{staff}/removals", removal);
        Assert.Empty((await caller.GetAsync(staff)).Is(200).Json["items"]!.AsArray());
        (await caller.PostAsync($"{staff}/removals", removal, null, site)).Refuses(409, "wrong-state");
        (await caller.PostAsync(staff, Assigned("BOSS"))).Refuses(422, "value-malformed");
        (await caller.PostAsync("/api/v1/markets/MK-510104-9998/staff", Assigned("CLK"))).Refuses(
            404,
            "market-not-found"
        );
        (await caller.GetAsync("/api/v1/markets/MK-510104-9998/staff")).Refuses(404, "market-not-found");
    }

    [Fact]
    public async Task A_person_whose_role_was_ended_stands_at_no_desk_in_it()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var person = $"{stall.Code}/G-08";
        var party = Goods.PathOf(person);
        await stall.PostAsync("/api/v1/parties", new { kind = "person", @ref = person });
        await stall.PostAsync(
            $"{party}/roles",
            new
            {
                role = "CLK",
                basis = Paper.Hash("order"),
                validFrom = "2025-01-01",
            }
        );
        await stall.PostAsync($"{party}/roles/CLK/endings", new { reason = "离职" });
        var assigned = new
        {
            person = "G-08",
            desk = "1",
            roles = Clerk,
        };
        (
            await caller.PostAsync($"/api/v1/markets/{stall.Code}/staff", assigned, null, ("Ledger-Site", stall.Code))
        ).Refuses(422, "staff-listed-as-ended");
    }

    static readonly string[] Clerk = ["CLK"];

    [Fact]
    public async Task A_market_that_nobody_opened_cannot_be_suspended() =>
        (await (await running.CallerAsync()).PostAsync("/api/v1/markets/MK-510104-9998/suspensions", Reason)).Refuses(
            404,
            "market-not-found"
        );

    [Fact]
    public async Task A_car_goes_by_a_station_that_is_authorised()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        var (deal, id) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 1_000);
        var station = await stall.StationAsync();
        object Submission(string at) =>
            new
            {
                tradeId = id,
                station = at,
                papers = Papers,
                occurredAt = Goods.Day,
            };
        (
            await caller.PostAsync(
                $"{item}/transfer-submissions",
                Submission("ST-510104-9999"),
                null,
                ("Ledger-Site", stall.Code)
            )
        ).Refuses(409, "station-not-authorised");
        await stall.PostAsync($"{item}/transfer-submissions", Submission(station));
        await stall.PostAsync(
            $"{item}/vehicle-checks",
            new
            {
                vinMatches = false,
                engineMatches = true,
                occurredAt = Goods.Day,
            },
            station
        );
        var transfer = new
        {
            tradeId = id,
            station,
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{item}/transfers", transfer)).Refuses(409, "identity-altered");
        await stall.PostAsync(
            $"{item}/transfer-refusals",
            new
            {
                tradeId = id,
                reason = "车架号不符",
                occurredAt = Goods.Day,
            },
            station
        );
        await stall.PostAsync($"{item}/transfer-submissions", Submission(station));
        (await caller.PostAsync($"{item}/transfers", transfer)).Refuses(409, "identity-altered");
        await stall.PostAsync(
            $"{item}/vehicle-checks",
            new
            {
                vinMatches = true,
                engineMatches = true,
                occurredAt = Goods.Day,
            },
            station
        );
        await stall.PostAsync($"{item}/transfers", transfer);
        Assert.Equal(stall.Buyer, (string?)(await caller.GetAsync(item)).Is(200).Json["owner"]);
    }

    static readonly string[] Papers = [Paper.Hash("papers")];

    [Fact]
    public async Task A_suspended_station_transfers_nothing()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var station = await stall.StationAsync();
        var item = await stall.RegisterAsync();
        var (deal, id) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 1_000);
        await stall.CheckAsync(item, id, station);
        (await caller.PostAsync($"/api/v1/stations/{station}/suspensions", Reason)).Is(201);
        var shown = (await caller.GetAsync($"/api/v1/stations/{station}")).Is(200).Json;
        Assert.Equal(("suspended", "510104"), ((string?)shown["state"], (string?)shown["division"]));
        var transfer = new
        {
            tradeId = id,
            station,
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{item}/transfers", transfer)).Refuses(409, "station-not-authorised");
        Assert.Contains(
            station,
            (await caller.GetAsync("/api/v1/stations")).Is(200).Items.Select(s => (string?)s["code"])
        );
    }

    [Fact]
    public async Task A_station_needs_a_code_of_its_form()
    {
        var caller = await running.CallerAsync();
        var body = new
        {
            code = "ST-1",
            name = "站",
            authority = "公安",
            validFrom = "2026-01-01",
        };
        (await caller.PostAsync("/api/v1/stations", body)).Refuses(422, "station-malformed");
        (await caller.GetAsync("/api/v1/stations/ST-510104-98")).Refuses(404, "station-not-found");
    }
}
