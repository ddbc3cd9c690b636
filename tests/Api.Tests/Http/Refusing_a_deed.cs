using Support;

namespace Api.Tests.Http;

public sealed class Refusing_a_deed(RunningService running)
{
    [Fact]
    public async Task An_identifier_belongs_to_one_item()
    {
        var caller = await running.CallerAsync();
        var vin = Goods.NewVin();
        var stall = await MarketClient.OpenAsync(caller);
        await stall.RegisterAsync(identifier: vin);
        var body = new { category = "used-car", identifiers = new[] { vin.ToLowerInvariant() } };
        (await caller.PostAsync("/api/v1/items", body)).Refuses(409, "item-exists");
        var other = await stall.RegisterAsync();
        (await caller.PostAsync($"{other}/identifiers", new { identifier = vin })).Refuses(409, "alias-taken");
    }

    [Fact]
    public async Task Only_the_owner_sells()
    {
        var (caller, stall, item) = await ItemAsync();
        var sale = Sale(Goods.NewParty(stall.Code), stall.Buyer);
        var reply = (await caller.PostAsync($"{item}/trades", sale)).Refuses(409, "seller-not-owner");
        Assert.NotNull(reply.Json["blockingEvent"]);
        Assert.NotNull(reply.Json["errors"]!["seller"]);
    }

    [Fact]
    public async Task Nobody_sells_to_himself()
    {
        var (caller, stall, item) = await ItemAsync();
        (await caller.PostAsync($"{item}/trades", Sale(stall.Owner, stall.Owner))).Refuses(422, "buyer-is-seller");
    }

    [Fact]
    public async Task A_second_deal_waits_for_the_first()
    {
        var (caller, stall, item) = await ItemAsync();
        await stall.DealAsync(item);
        var reply = await caller.PostAsync($"{item}/trades", Sale(stall.Owner, Goods.NewParty(stall.Code)));
        reply.Refuses(409, "item-in-other-deal");
        Assert.Equal("open", (string?)reply.Json["currentState"]);
    }

    [Fact]
    public async Task An_encumbered_item_is_not_listed_by_law()
    {
        var (caller, stall, item) = await ItemAsync();
        var lien = await stall.PostAsync(
            $"{item}/encumbrances",
            new
            {
                kind = "mortgage",
                holder = Roll.Bank,
                since = "2026-01-05",
                occurredAt = Goods.Day,
            }
        );
        var reply = (await ListAsync(caller, item, stall.Code)).Refuses(409, "encumbered");
        Assert.Contains("第二十三条", (string?)reply.Json["citation"], StringComparison.Ordinal);
        Assert.Equal((string?)lien.Json["eventIds"]![0], (string?)reply.Json["blockingEvent"]);
        Assert.Equal("trade-prohibited-encumbered", (string?)reply.Json["ruleId"]);
        var release = new { holder = $"{stall.Code}/BANK-2" };
        (await caller.PostAsync($"{lien.Location}/releases", release)).Refuses(409, "not-the-holder");
    }

    [Fact]
    public async Task A_held_item_is_not_listed_by_law()
    {
        var (caller, stall, item) = await ItemAsync();
        var hold = await stall.PostAsync(
            $"{item}/holds",
            new
            {
                authority = "court",
                docNo = "(2026)川01执123号",
                occurredAt = Goods.Day,
            }
        );
        (await caller.GetAsync(hold.Location)).Is(200);
        var reply = (await ListAsync(caller, item, stall.Code)).Refuses(409, "held-by-authority");
        Assert.NotNull(reply.Json["citation"]);
        (await caller.PostAsync($"{hold.Location}/releases", new { authority = "police" })).Refuses(
            409,
            "not-the-placer"
        );
    }

    [Fact]
    public async Task A_car_past_its_scrap_limit_is_not_listed_by_law()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var registered = await stall.PostAsync(
            "/api/v1/items",
            new
            {
                category = "used-car",
                identifiers = new[] { Goods.NewVin() },
                firstRegistered = "2000-01-05",
                scrapCategory = "taxi-small",
                occurredAt = Goods.Day,
            }
        );
        var reply = (await ListAsync(caller, registered.Location, stall.Code)).Refuses(422, "past-scrap-limit");
        Assert.NotNull(reply.Json["citation"]);
    }

    [Fact]
    public async Task An_unknown_market_lists_nothing()
    {
        var (caller, _, item) = await ItemAsync();
        var reply = (await ListAsync(caller, item, "MK-510104-0999")).Refuses(422, "market-not-found");
        Assert.NotNull(reply.Json["errors"]!["market"]);
    }

    [Fact]
    public async Task A_second_listing_names_the_market_of_the_first()
    {
        var (caller, stall, item) = await ItemAsync();
        await stall.ListAsync(item);
        var other = await MarketClient.OpenAsync(caller, "510302");
        var reply = (await ListAsync(caller, item, other.Code)).Refuses(409, "already-listed");
        Assert.Equal(stall.Code, (string?)reply.Json["facts"]!["market"]);
        Assert.Contains(stall.Code, (string?)reply.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_out_of_its_order_says_where_the_deal_stands()
    {
        var (caller, stall, item) = await ItemAsync();
        var (deal, _) = await stall.DealAsync(item);
        var payment = new
        {
            amountFen = 1,
            channel = "bank",
            occurredAt = Goods.Day,
        };
        var desk = ("Ledger-Site", stall.Code);
        var early = (await caller.PostAsync($"{deal}/payments", payment, null, desk)).Refuses(409, "wrong-state");
        Assert.Equal("open", (string?)early.Json["currentState"]);
        await stall.PostAsync($"{deal}/agreements", new { priceFen = 5, occurredAt = Goods.Day });
        (await caller.PostAsync($"{deal}/payments", payment, null, desk)).Refuses(422, "amount-differs");
    }

    [Fact]
    public async Task A_car_is_not_handed_over_like_a_phone()
    {
        var (caller, stall, item) = await ItemAsync();
        var (deal, id) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 5);
        (
            await caller.PostAsync(
                $"{deal}/completions",
                new { occurredAt = Goods.Day },
                null,
                ("Ledger-Site", stall.Code)
            )
        ).Refuses(422, "needs-station-transfer");
        Assert.Equal("in-deal", (string?)(await caller.GetAsync(item)).Json["life"]);
        Assert.Equal(id, (string?)(await caller.GetAsync(item)).Json["deal"]!["id"]);
    }

    [Fact]
    public async Task A_lower_odometer_is_asked_about_again()
    {
        var (caller, stall, item) = await ItemAsync();
        await stall.PostAsync($"{item}/odometer-readings", Odometer(50_000, confirmed: false));
        var reply = await caller.PostAsync($"{item}/odometer-readings", Odometer(40_000, confirmed: false));
        reply.Refuses(409, "odometer-needs-confirmation");
        await stall.PostAsync($"{item}/odometer-readings", Odometer(40_000, confirmed: true));
    }

    [Fact]
    public async Task The_future_has_not_occurred()
    {
        var (caller, _, item) = await ItemAsync();
        var repair = new { outcome = "fixed", occurredAt = "9999-01-01T00:00:00Z" };
        (await caller.PostAsync($"{item}/repairs", repair)).Refuses(422, "occurred-in-future");
    }

    [Theory]
    [InlineData("listings/{0}/withdrawals", """{"reason":"r"}""", "listing-not-found")]
    [InlineData("trades/{0}/agreements", """{"priceFen":1}""", "deal-not-found")]
    [InlineData("encumbrances/{0}/releases", """{"holder":"B"}""", "encumbrance-not-found")]
    [InlineData("holds/{0}/releases", """{"authority":"court"}""", "hold-not-found")]
    public async Task A_part_that_the_item_lacks_is_404(string path, string body, string code)
    {
        var (caller, _, item) = await ItemAsync();
        var unknown = path.Replace("{0}", "019b0000-0000-7000-8000-00000000dead", StringComparison.Ordinal);
        (await caller.PostAsync($"{item}/{unknown}", body)).Refuses(404, code);
    }

    async Task<(Caller, MarketClient, string)> ItemAsync()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        return (caller, stall, await stall.RegisterAsync());
    }

    static Task<Reply> ListAsync(Caller caller, string item, string market) =>
        caller.PostAsync(
            $"{item}/listings",
            new
            {
                market,
                askFen = 1_000,
                occurredAt = Goods.Day,
            }
        );

    static object Odometer(long valueKm, bool confirmed) =>
        new
        {
            valueKm,
            source = "desk",
            observedOn = "2026-01-05",
            confirmed,
            occurredAt = Goods.Day,
        };

    static object Sale(string seller, string buyer) =>
        new
        {
            seller,
            sellerKind = "person",
            buyer,
            buyerKind = "person",
            occurredAt = Goods.Day,
        };
}
