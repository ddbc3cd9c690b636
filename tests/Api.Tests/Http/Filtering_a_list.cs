namespace Api.Tests.Http;

/// <summary>On a ledger of its own, so that counts are whole.</summary>
public sealed class Filtering_a_list(Filtering_a_list.SmallLedger ledger) : IClassFixture<Filtering_a_list.SmallLedger>
{
    /// <summary>Two markets, in Chengdu and Zigong; three items.</summary>
    public sealed class SmallLedger : IAsyncLifetime
    {
        Support.TestService? service;
        public Caller Caller { get; private set; } = null!;
        public MarketClient Chengdu { get; private set; } = null!;
        public MarketClient Zigong { get; private set; } = null!;
        public string Car { get; private set; } = "";
        public string Vin { get; } = Goods.NewVin();
        public string Fridge { get; private set; } = "";
        public string Sold { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            service = await Support.TestService.StartAsync();
            Caller = new(service.Client);
            Chengdu = await MarketClient.OpenAsync(Caller, "510104");
            Zigong = await MarketClient.OpenAsync(Caller, "510302");
            Car = await Chengdu.RegisterAsync(identifier: Vin, at: "2026-01-05T02:00:00Z");
            await Chengdu.ListAsync(Car, at: "2026-01-06T02:00:00Z");
            Fridge = await Zigong.RegisterAsync("appliance", make: "海尔", at: "2026-01-07T02:00:00Z");
            await Zigong.ListAsync(Fridge, at: "2026-01-08T02:00:00Z");
            Sold = await Zigong.SellAsync(700, "2026-02-03T02:00:00Z");
            await service.CaughtUpAsync();
        }

        /// <summary>A query of histories is itself an event: other tests of this class may just have recorded
        /// one.</summary>
        public Task CaughtUpAsync() => service!.CaughtUpAsync();

        public async ValueTask DisposeAsync() => await service!.DisposeAsync();
    }

    [Theory]
    [InlineData("", "Fridge Car")]
    [InlineData("state=open", "Fridge Car")]
    [InlineData("state=ended", "Sold")]
    [InlineData("state=all", "Sold Fridge Car")]
    [InlineData("division=510104", "Car")]
    [InlineData("division=510100", "Car")]
    [InlineData("division=510300&state=all", "Sold Fridge")]
    [InlineData("division=510000", "Fridge Car")]
    [InlineData("division=510105", "")]
    [InlineData("category=used-car", "Car")]
    [InlineData("category=furniture", "")]
    [InlineData("make=海尔", "Fridge")]
    [InlineData("asOf=2026-01-07", "Car")]
    [InlineData("asOf=2026-01-05", "")]
    [InlineData("asOf=2026-01-06T02:00:00Z", "Car")]
    public async Task Listings_are_those_that_fit(string query, string expected) =>
        Assert.Equal(expected, await NamesAsync($"/api/v1/market/listings?{query}"));

    [Fact]
    public async Task Listings_of_a_market_are_its_own()
    {
        Assert.Equal("Car", await NamesAsync($"/api/v1/market/listings?market={ledger.Chengdu.Code}"));
        Assert.Equal("", await NamesAsync("/api/v1/market/listings?market=MK-510104-9999"));
    }

    [Theory]
    [InlineData("", "Sold Fridge Car")]
    [InlineData("division=510100", "Car")]
    [InlineData("division=510300", "Sold Fridge")]
    [InlineData("category=used-car", "Car")]
    [InlineData("event=deal-opened", "Sold")]
    [InlineData("event=item-listed", "Sold Fridge Car")]
    [InlineData("event=item-listed.v1&category=used-car", "Car")]
    [InlineData("from=2026-01-07", "Sold Fridge")]
    [InlineData("to=2026-01-06", "Car")]
    [InlineData("from=2026-01-07&to=2026-01-31", "Fridge")]
    [InlineData("from=2026-01-08&to=2026-01-08&event=item-registered", "")]
    [InlineData("from=2026-02-03T02:00:00Z&to=2026-02-03T02:00:00Z", "Sold")]
    [InlineData("identifier=vin:LSVAM4187C2184847", "")]
    public async Task Histories_are_those_with_a_matching_event(string query, string expected) =>
        Assert.Equal(expected, await NamesAsync($"/api/v1/regulator/histories?{query}"));

    [Fact]
    public async Task Histories_are_found_by_identifier_party_and_market()
    {
        const string path = "/api/v1/regulator/histories";
        Assert.Equal("Car", await NamesAsync($"{path}?identifier={ledger.Vin.ToLowerInvariant()}"));
        Assert.Equal("Sold", await NamesAsync($"{path}?party={ledger.Zigong.Buyer}"));
        Assert.Equal("Sold", await NamesAsync($"{path}?party={ledger.Zigong.Buyer.Split('/')[1]}"));
        Assert.Equal("Sold Fridge", await NamesAsync($"{path}?market={ledger.Zigong.Code}"));
        Assert.Equal("", await NamesAsync($"{path}?party=nobody"));
    }

    [Fact]
    public async Task A_history_found_says_which_of_its_events_match()
    {
        var found = Assert.Single(
            (await ledger.Caller.GetAsync($"/api/v1/regulator/histories?identifier={ledger.Vin}")).Is(200).Items
        );
        Assert.Equal(3, (long?)found["matches"]);
        Assert.Equal([ledger.Vin], found["identifiers"]!.AsArray().Select(i => (string?)i));
        Assert.Equal(
            ["item-disclosed", "item-listed", "item-registered"],
            found["events"]!.AsArray().Select(e => ((string)e!).Split('.')[0]).Order()
        );
        Assert.Equal("2026-01-05T02:00:00.000Z", (string?)found["firstAt"]);
        Assert.Equal("2026-01-06T02:00:00.000Z", (string?)found["lastAt"]);
    }

    [Fact]
    public async Task A_list_says_how_far_its_view_has_come()
    {
        await ledger.CaughtUpAsync();
        var asOf = (await ledger.Caller.GetAsync("/api/v1/market/listings")).Is(200).Json["asOf"]!;
        Assert.True((long)asOf["sequence"]! > 0);
        Assert.Equal((long)asOf["newest"]!, (long)asOf["sequence"]!);
    }

    [Theory]
    [InlineData("market/listings", "market=nowhere")]
    [InlineData("market/listings", "division=999999")]
    [InlineData("market/listings", "category=spaceship")]
    [InlineData("market/listings", "state=gone")]
    [InlineData("market/turnover", "from=January")]
    [InlineData("regulator/histories", "event=item-eaten")]
    [InlineData("regulator/histories", "to=later")]
    public async Task A_filter_that_is_none_is_400(string path, string query)
    {
        var reply = (await ledger.Caller.GetAsync($"/api/v1/{path}?{query}")).Refuses(400, "query-malformed");
        Assert.NotNull(reply.Json["errors"]![query.Split('=')[0]]);
    }

    async Task<string> NamesAsync(string path) =>
        string.Join(
            ' ',
            (await ledger.Caller.GetAsync(path))
                .Is(200)
                .Items.Select(i => (string)i["itemId"]!)
                .Select(id =>
                    ledger.Car.EndsWith(id, StringComparison.Ordinal) ? "Car"
                    : ledger.Fridge.EndsWith(id, StringComparison.Ordinal) ? "Fridge"
                    : ledger.Sold.EndsWith(id, StringComparison.Ordinal) ? "Sold"
                    : id
                )
        );
}
