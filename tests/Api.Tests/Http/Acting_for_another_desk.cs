using Support;

namespace Api.Tests.Http;

/// <summary>A listing is its market's, a deal its desk's, and a car's papers are at one station: another market's clerk
/// and another station do nothing there, and are told nothing of it.</summary>
public sealed class Acting_for_another_desk(RunningService running)
{
    async Task<(MarketClient Here, MarketClient Other, Caller Caller)> OpenAsync()
    {
        var caller = await running.CallerAsync();
        return (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller), caller);
    }

    static Task<Reply> AtAsync(Caller caller, string site, string role, string path, object body) =>
        caller.PostAsync(path, body, null, ("Ledger-Site", site), ("Ledger-Role", role));

    [Theory]
    [InlineData("CLK")]
    [InlineData("PLT")]
    [InlineData("DLR")]
    public async Task Changes_no_listing(string role)
    {
        var (here, other, caller) = await OpenAsync();
        var item = await here.RegisterAsync("appliance");
        var listing = await here.ListAsync(item);
        var price = new { askFen = 1, occurredAt = Goods.Day };
        var reason = new { reason = "不卖了", occurredAt = Goods.Day };
        var refused = await AtAsync(caller, other.Code, role, $"{listing.Location}/prices", price);
        refused.Refuses(403, "not-the-lister");
        Assert.DoesNotContain(here.Code, refused.Text, StringComparison.Ordinal);
        (await AtAsync(caller, other.Code, role, $"{listing.Location}/withdrawals", reason)).Refuses(
            403,
            "not-the-lister"
        );
        await here.PostAsync($"{listing.Location}/prices", price);
        await here.PostAsync($"{listing.Location}/withdrawals", reason);
    }

    /// <summary>The second market's word is not the first one's consent.</summary>
    [Fact]
    public async Task Mirrors_no_listing()
    {
        var (here, other, caller) = await OpenAsync();
        var listing = await here.ListAsync(await here.RegisterAsync("appliance"));
        var mirror = new
        {
            market = other.Code,
            consentBy = here.Code,
            occurredAt = Goods.Day,
        };
        (await AtAsync(caller, other.Code, "CLK", $"{listing.Location}/mirrors", mirror)).Refuses(
            409,
            "first-market-not-consenting"
        );
        await here.PostAsync($"{listing.Location}/mirrors", mirror);
    }

    /// <summary>A market that shows the offer sells it; one that does not is not its market.</summary>
    [Fact]
    public async Task Opens_no_deal_on_an_offer_that_it_does_not_show()
    {
        var (here, other, caller) = await OpenAsync();
        var item = await here.RegisterAsync("appliance");
        var listing = await here.ListAsync(item);
        var deal = here.Deal();
        (await AtAsync(caller, other.Code, "CLK", $"{item}/trades", deal)).Refuses(403, "not-the-lister");
        await here.PostAsync(
            $"{listing.Location}/mirrors",
            new
            {
                market = other.Code,
                consentBy = here.Code,
                occurredAt = Goods.Day,
            }
        );
        var opened = (await AtAsync(caller, other.Code, "CLK", $"{item}/trades", deal)).Is(201);
        await other.PostAsync($"{opened.Location}/agreements", new { priceFen = 900, occurredAt = Goods.Day });
    }

    [Theory]
    [InlineData("CLK")]
    [InlineData("PLT")]
    public async Task Brings_no_deal_further(string role)
    {
        var (here, other, caller) = await OpenAsync();
        var (deal, _) = await here.DealAsync(await here.RegisterAsync("appliance"));
        object[] steps =
        [
            new { priceFen = 1_000, occurredAt = Goods.Day },
            new
            {
                amountFen = 1_000,
                channel = "bank",
                occurredAt = Goods.Day,
            },
            new
            {
                kind = "sale",
                grossFen = 1_000,
                netFen = 1_000,
                taxFen = 0,
                occurredAt = Goods.Day,
            },
            new { occurredAt = Goods.Day },
        ];
        string[] paths = ["agreements", "payments", "invoices", "completions"];
        foreach (var (path, body) in paths.Zip(steps))
        {
            var refused = await AtAsync(caller, other.Code, role, $"{deal}/{path}", body);
            Assert.Null((string?)refused.Refuses(403, "not-of-this-deal").Json["currentState"]);
            await here.PostAsync($"{deal}/{path}", body);
        }
        var undone = new { reason = "反悔", occurredAt = Goods.Day };
        (await AtAsync(caller, other.Code, role, $"{deal}/rescissions", undone)).Refuses(403, "not-of-this-deal");
    }

    [Fact]
    public async Task Calls_no_deal_off_and_submits_none()
    {
        var (here, other, caller) = await OpenAsync();
        var item = await here.RegisterAsync();
        var station = await here.StationAsync();
        var (deal, id) = await here.DealAsync(item);
        var cancelled = new
        {
            by = "buyer",
            reason = "放弃",
            occurredAt = Goods.Day,
        };
        (await AtAsync(caller, other.Code, "CLK", $"{deal}/cancellations", cancelled)).Refuses(403, "not-of-this-deal");
        await here.SettleAsync(deal, 1_000);
        var submission = new
        {
            tradeId = id,
            station,
            papers = new[] { Paper.Hash("certificate") },
            occurredAt = Goods.Day,
        };
        var path = $"{item}/transfer-submissions";
        (await AtAsync(caller, other.Code, "CLK", path, submission)).Refuses(403, "not-of-this-deal");
        (await AtAsync(caller, await other.StationAsync(), "STN", path, submission)).Refuses(
            409,
            "not-at-this-station"
        );
        await here.PostAsync(path, submission);
    }

    [Theory]
    [InlineData("vehicle-checks")]
    [InlineData("transfer-refusals")]
    [InlineData("transfers")]
    public async Task Does_nothing_in_the_name_of_another_station(string act)
    {
        var (here, other, caller) = await OpenAsync();
        var item = await here.RegisterAsync();
        var (mine, foreign) = (await here.StationAsync(), await other.StationAsync());
        var (deal, id) = await here.DealAsync(item);
        await here.SettleAsync(deal, 1_000);
        await here.CheckAsync(item, id, mine);
        object body = act switch
        {
            "vehicle-checks" => new
            {
                vinMatches = false,
                engineMatches = true,
                occurredAt = Goods.Day,
            },
            "transfer-refusals" => new
            {
                tradeId = id,
                reason = "缺页",
                occurredAt = Goods.Day,
            },
            _ => new
            {
                tradeId = id,
                station = mine,
                occurredAt = Goods.Day,
            },
        };
        (await AtAsync(caller, foreign, "STN", $"{item}/{act}", body)).Refuses(409, "not-at-this-station");
        (await AtAsync(caller, mine, "STN", $"{item}/{act}", body)).Is(201);
    }

    /// <summary>Only its clerks are a market's desk: whoever else names the market, or none, does there what he began
    /// himself.</summary>
    [Theory]
    [InlineData("PLT", true)]
    [InlineData("PLT", false)]
    [InlineData("DLR", true)]
    public async Task Is_no_desk_by_naming_its_market(string role, bool isThere)
    {
        var (here, _, caller) = await OpenAsync();
        var item = await here.RegisterAsync("appliance");
        var listing = await here.ListAsync(item);
        (string, string)[] who =
        [
            ("Ledger-Role", role),
            ("Ledger-Actor", "somebody"),
            .. isThere ? new[] { ("Ledger-Site", here.Code) } : [],
        ];
        var price = new { askFen = 1, occurredAt = Goods.Day };
        (await caller.PostAsync($"{listing.Location}/prices", price, null, who)).Refuses(403, "not-the-lister");
        if (role == "PLT")
            (await caller.PostAsync($"{item}/trades", here.Deal(), null, who)).Refuses(403, "not-the-lister");
        else
            (
                await caller.PostAsync(
                    $"{item}/stock",
                    new
                    {
                        dealer = here.Owner,
                        mode = "consign",
                        occurredAt = Goods.Day,
                    },
                    null,
                    who
                )
            ).Refuses(403, "not-the-dealer");
    }

    /// <summary>A judgment is no way past the station that has the papers.</summary>
    [Theory]
    [InlineData("court")]
    [InlineData("auction")]
    [InlineData("foreign-register")]
    public async Task Registers_nothing_whose_papers_are_elsewhere(string via)
    {
        var (here, other, caller) = await OpenAsync();
        var item = await here.RegisterAsync();
        var (mine, foreign) = (await here.StationAsync(), await other.StationAsync());
        var (deal, tradeId) = await here.DealAsync(item);
        await here.SettleAsync(deal, 1_000);
        await here.CheckAsync(item, tradeId, mine);
        var transfer = new
        {
            tradeId,
            via,
            papers = new[] { Paper.Hash("judgment") },
            occurredAt = Goods.Day,
        };
        (await AtAsync(caller, foreign, "STN", $"{item}/transfers", transfer)).Refuses(409, "not-at-this-station");
        (await AtAsync(caller, mine, "STN", $"{item}/transfers", transfer)).Is(201);
    }
}
