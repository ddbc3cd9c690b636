namespace Year;

/// <summary>Refrigerators, washing machines, air conditioners: bought in, repaired, sold with a warranty.</summary>
static class ApplianceLives
{
    public static IReadOnlyList<Fraud> Frauds { get; } =
    [
        new("serial-registered-again", 30, AgainAsync),
        new("appliance-sold-twice", 20, TwiceAsync),
        new("invoice-of-another-amount", 20, OtherAmountAsync),
        new("held-appliance-offered", 20, HeldAsync),
    ];

    public static async Task LiveAsync(Scene s)
    {
        var (item, dealer) = await TakeInAsync(s);
        if (s.Or(0.4))
        {
            await s.DaysAsync(1, 6);
            var repair = new
            {
                outcome = "fixed",
                work = "更换门封条",
                costFen = s.Chance.Next(30, 300) * 100,
                parts = new[] { "门封条" },
            };
            await s.RecordAsync($"{item}/repairs", repair);
        }
        await s.DaysAsync(1, 8);
        var price = Price(s);
        await s.ListAsync(item, dealer, price);
        await s.DaysAsync(1, 40);
        if (s.Or(0.05))
            return;
        await s.SellByHandAsync(item, "appliance", dealer, s.Person(), price * 9 / 10);
        await s.RecordAsync($"{item}/warranties", new { months = s.OneOf(3, 6, 12) });
    }

    static async Task<(string Item, Party Dealer)> TakeInAsync(Scene s)
    {
        s.Market = County.ApplianceMarket;
        var dealer = s.Dealer();
        var item = await s.RecordAsync("items", Registration(s, dealer));
        await s.MinutesAsync(5);
        var stock = new
        {
            dealer = dealer.Reference,
            mode = "purchase",
            priceFen = Price(s) / 2,
        };
        await s.RecordAsync($"{item.Location}/stock", stock, actor: dealer.Reference);
        return (item.Location, dealer);
    }

    static object Registration(Scene s, Party owner)
    {
        var (maker, make, model) = s.OneOf(
            ("HAIER", "海尔", "BCD-201"),
            ("MIDEA", "美的", "MB80"),
            ("GREE", "格力", "KFR-35"),
            ("CHANGHONG", "长虹", "55D4P")
        );
        return new
        {
            category = "appliance",
            identifiers = new[] { s.County.Numbers.Serial(maker) },
            make,
            model,
            owner = owner.Reference,
        };
    }

    static long Price(Scene s) => s.Chance.Next(200, 3_000) * 100L;

    static async Task AgainAsync(Scene s)
    {
        s.Market = County.ApplianceMarket;
        var registration = Registration(s, s.Dealer());
        var item = await s.RecordAsync("items", registration);
        await s.DaysAsync(1, 60);
        s.Market = County.FarMarket;
        await s.AttemptAsync(item.Location, "items", registration);
    }

    static async Task TwiceAsync(Scene s)
    {
        var (item, dealer) = await TakeInAsync(s);
        await s.InvoiceAsync(item, dealer, s.Person(), Price(s));
        await s.AttemptAsync(item, $"{item}/trades", Trades.Deal(dealer, s.Person()));
    }

    static async Task OtherAmountAsync(Scene s)
    {
        var (item, dealer) = await TakeInAsync(s);
        var deal = (await s.PaidAsync(item, dealer, s.Person(), 150_000, "cash")).Location;
        await s.AttemptAsync(item, $"{deal}/invoices", Trades.Invoice(s, 90_000));
    }

    static async Task HeldAsync(Scene s)
    {
        var (item, dealer) = await TakeInAsync(s);
        await s.RecordAsync($"{item}/holds", CarLives.Hold(s, "police"));
        await s.AttemptAsync(item, $"{item}/listings", Trades.Listing(s, dealer, 90_000));
    }
}
