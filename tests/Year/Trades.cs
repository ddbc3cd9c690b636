namespace Year;

/// <summary>Who stands in a sale.</summary>
sealed record Party(string Reference, string Kind);

/// <summary>The steps of a sale at a market's desk.</summary>
static class Trades
{
    public static Party Person(this Scene s) => new(s.NewPerson(), "person");

    public static Party Dealer(this Scene s) => new($"{s.Market}/D-{s.Chance.Next(1, 9)}", "dealer");

    public static async Task<string> ListAsync(this Scene s, string item, Party seller, long ask) =>
        (await s.RecordAsync($"{item}/listings", Listing(s, seller, ask))).Location;

    public static object Listing(Scene s, Party seller, long ask) =>
        new
        {
            market = s.Market,
            askFen = ask,
            seller = seller.Reference,
        };

    public static object Deal(Party seller, Party buyer) =>
        new
        {
            seller = seller.Reference,
            sellerKind = seller.Kind,
            buyer = buyer.Reference,
            buyerKind = buyer.Kind,
        };

    /// <summary>From the open deal to its payment.</summary>
    public static async Task<Answer> PaidAsync(
        this Scene s,
        string item,
        Party seller,
        Party buyer,
        long price,
        string channel = "bank"
    )
    {
        var deal = await s.RecordAsync($"{item}/trades", Deal(seller, buyer));
        await s.MinutesAsync(12);
        await s.RecordAsync($"{deal.Location}/agreements", new { priceFen = price });
        await s.MinutesAsync(8);
        await s.RecordAsync($"{deal.Location}/payments", new { amountFen = price, channel });
        return deal;
    }

    /// <summary>From the open deal to its invoice.</summary>
    public static async Task<(string Path, string Id)> InvoiceAsync(
        this Scene s,
        string item,
        Party seller,
        Party buyer,
        long price
    )
    {
        var deal = await s.PaidAsync(item, seller, buyer, price, s.OneOf("bank", "cash"));
        await s.RecordAsync($"{deal.Location}/invoices", Invoice(s, price));
        await s.MinutesAsync(15);
        return (deal.Location, deal.Id);
    }

    public static object Invoice(Scene s, long price, string? number = null) =>
        new
        {
            kind = "sale",
            grossFen = price,
            netFen = price - price / 201,
            taxFen = price / 201,
            rateBp = 50,
            invoiceNo = number ?? s.County.Numbers.Any("INV"),
        };

    /// <summary>Goods that pass from hand to hand: phones, appliances.</summary>
    public static async Task SellByHandAsync(
        this Scene s,
        string item,
        string category,
        Party seller,
        Party buyer,
        long price
    )
    {
        var (deal, _) = await s.InvoiceAsync(item, seller, buyer, price);
        await s.RecordAsync($"{deal}/completions", new { });
        s.County.Books.Sold(category, s.Market, s.Now, price);
    }

    /// <summary>Cars change owner at a registration station: papers, a look at the car, the register.</summary>
    public static async Task SellByStationAsync(this Scene s, string item, Party seller, Party buyer, long price)
    {
        var (_, id) = await s.InvoiceAsync(item, seller, buyer, price);
        await s.SubmitAsync(item, id);
        if (s.Or(0.03))
        {
            await s.MinutesAsync(20);
            await s.RecordAsync($"{item}/transfer-refusals", new { tradeId = id, reason = "登记证书缺页" });
            await s.DaysAsync(1, 4);
            await s.SubmitAsync(item, id);
        }
        await s.CheckAsync(item);
        await s.RecordAsync($"{item}/transfers", Transfer(s, id));
        s.County.Books.Sold("used-car", s.Market, s.Now, price);
    }

    public static async Task SubmitAsync(this Scene s, string item, string deal)
    {
        await s.RecordAsync($"{item}/transfer-submissions", Submission(s, deal));
        await s.MinutesAsync(25);
    }

    /// <summary>The station finds the car as its papers say.</summary>
    public static async Task CheckAsync(this Scene s, string item)
    {
        await s.RecordAsync(
            $"{item}/vehicle-checks",
            new
            {
                rubbing = s.County.Hash(),
                vinMatches = true,
                engineMatches = true,
            }
        );
        await s.MinutesAsync(30);
    }

    public static object Submission(Scene s, string deal, string? station = null) =>
        new
        {
            tradeId = deal,
            station = station ?? s.Station,
            papers = new[] { s.County.Hash() },
        };

    public static object Transfer(Scene s, string deal) =>
        new
        {
            tradeId = deal,
            station = s.Station,
            toRegion = County.Code,
            registeredOn = s.Today,
        };
}
