namespace Year;

/// <summary>Sales of cars that the law forbids, and those that stop just short of it.</summary>
static class UnlawfulSales
{
    public static IReadOnlyList<Fraud> All { get; } =
    [
        new("third-car-of-a-person", 25, ThirdCarAsync) { OnItsDay = true },
        new("third-car-undated", 10, UndatedAsync, "three-cars") { OnItsDay = true },
        new("third-car-at-another-market", 5, ThirdCarElsewhereAsync, "three-cars")
        {
            OnItsDay = true,
            Open =
                "A person is known within one market: references of two markets are joined with the parties' register.",
        },
        new("lien-hidden", 20, LienHiddenAsync),
        new("held-between-deal-and-transfer", 10, HeldLateAsync),
        new("past-its-scrap-limit", 15, s => ScrapAsync(s, "2017-03-01")) { Beside = ["scrap-limit"] },
        new("in-the-last-year-before-it", 15, s => ScrapAsync(s, null)) { Beside = ["scrap-limit"] },
        new("accident-denied", 10, AccidentDeniedAsync),
        new("no-disclosure", 10, NoSheetAsync),
        new("engine-number-altered", 10, AlteredAsync),
        new("sold-by-a-stranger", 10, StrangerAsync),
        new("invoice-used-twice", 10, InvoiceTwiceAsync),
        new("stopped-market", 10, StoppedMarketAsync) { OnItsDay = true },
        new("stopped-station", 10, StoppedStationAsync) { OnItsDay = true },
    ];

    /// <summary>Honest, and close to what is forbidden: none of these may be refused or raise an alert.</summary>
    public static IReadOnlyList<Func<Scene, Task>> NearMisses { get; } =
    [TwoCarsAsync, AcrossNewYearAsync, OwnForLongAsync];

    /// <summary>Two of the year, both held for some months; a third one stands in the hall.</summary>
    static async Task TwoCarsAsync(Scene s)
    {
        var seller = await SellerOfTwoAsync(s, s.Chance.Next(0, 100));
        var car = await CarLives.TakeInAsync(s, seller, ownedDays: 90);
        await s.ListAsync(car.Item, seller, 5_000_000);
    }

    /// <summary>Two cars in December, one in January: another calendar year.</summary>
    static async Task AcrossNewYearAsync(Scene s)
    {
        var seller = await SellerOfTwoAsync(s, County.NewYear - 25);
        await s.DayAsync(County.NewYear + s.Chance.Next(1, 20));
        await CarLives.SellOneAsync(s, seller, Short(s));
    }

    /// <summary>The third of the year was his own for longer than one.</summary>
    static async Task OwnForLongAsync(Scene s)
    {
        var seller = await SellerOfTwoAsync(s, s.Chance.Next(0, 100));
        await CarLives.SellOneAsync(s, seller, s.Chance.Next(370, 900));
    }

    static async Task ThirdCarAsync(Scene s)
    {
        var seller = await SellerOfTwoAsync(s, s.Chance.Next(0, 100));
        await AgreeAsync(s, seller, Short(s));
    }

    /// <summary>He does not say since when he has had them.</summary>
    static async Task UndatedAsync(Scene s)
    {
        s.Market = County.CarMarket;
        await s.DayAsync(s.Chance.Next(0, 100));
        var seller = s.Person();
        await CarLives.SellOneAsync(s, seller, -1);
        await CarLives.SellOneAsync(s, seller, Short(s));
        var car = await CarLives.TakeInAsync(s, seller, ownedDays: -1);
        var deal = (await s.PaidAsync(car.Item, seller, s.Person(), 4_000_000)).Location;
        await s.AttemptAsync(car.Item, $"{deal}/invoices", Trades.Invoice(s, 4_000_000));
    }

    /// <summary>The same person; the other market has a reference of its own for him.</summary>
    static async Task ThirdCarElsewhereAsync(Scene s)
    {
        await SellerOfTwoAsync(s, s.Chance.Next(0, 100));
        s.Market = County.OtherCarMarket;
        await AgreeAsync(s, s.Person(), Short(s));
    }

    static async Task AgreeAsync(Scene s, Party seller, int ownedDays)
    {
        var car = await CarLives.TakeInAsync(s, seller, ownedDays: ownedDays);
        await s.DaysAsync(1, 5);
        var deal = await s.RecordAsync($"{car.Item}/trades", Trades.Deal(seller, s.Person()));
        await s.AttemptAsync(car.Item, $"{deal.Location}/agreements", new { priceFen = 5_000_000 });
    }

    static async Task<Party> SellerOfTwoAsync(Scene s, int firstDay)
    {
        s.Market = County.CarMarket;
        await s.DayAsync(firstDay);
        var seller = s.Person();
        await CarLives.SellOneAsync(s, seller, Short(s));
        await CarLives.SellOneAsync(s, seller, Short(s));
        return seller;
    }

    /// <summary>Held for less than a year, whatever comes until it is sold.</summary>
    static int Short(Scene s) => s.Chance.Next(20, 320);

    static async Task LienHiddenAsync(Scene s)
    {
        s.Market = County.CarMarket;
        var car = await CarLives.TakeInAsync(s, s.Person());
        var lien = new
        {
            kind = "mortgage",
            holder = WhoActs.CodeOf("LND"),
            since = s.Today,
        };
        await s.RecordAsync($"{car.Item}/encumbrances", lien);
        await s.DaysAsync(1, 30);
        if (s.Or(0.5))
        {
            await s.AttemptAsync(car.Item, $"{car.Item}/listings", Trades.Listing(s, car.Owner, 5_000_000));
            return;
        }
        var deal = await s.RecordAsync($"{car.Item}/trades", Trades.Deal(car.Owner, s.Person()));
        await s.AttemptAsync(car.Item, $"{deal.Location}/agreements", new { priceFen = 5_000_000 });
    }

    static async Task HeldLateAsync(Scene s)
    {
        var car = await CarFrauds.OfferedAsync(s);
        var deal = await s.InvoiceAsync(car.Item, car.Owner, s.Person(), 4_000_000);
        await s.SubmitAsync(car.Item, deal.Id);
        await s.CheckAsync(car.Item);
        await s.RecordAsync($"{car.Item}/holds", CarLives.Hold(s, "court"));
        await s.MinutesAsync(30);
        await s.AttemptAsync(car.Item, $"{car.Item}/transfers", Trades.Transfer(s, deal.Id));
    }

    /// <summary>A small taxi is scrapped after eight years.</summary>
    /// <param name="registered">Null: eight years ago but for some months.</param>
    static async Task ScrapAsync(Scene s, string? registered)
    {
        s.Market = County.CarMarket;
        var first = registered ?? $"{s.Now.AddYears(-8).AddDays(s.Chance.Next(30, 330)):yyyy-MM-dd}";
        var car = await CarLives.TakeInAsync(s, s.Person(), "taxi-small", first);
        await s.DaysAsync(1, 10);
        var deal = await s.RecordAsync($"{car.Item}/trades", Trades.Deal(car.Owner, s.Person()));
        await s.AttemptAsync(car.Item, $"{deal.Location}/agreements", new { priceFen = 2_000_000 });
    }

    static async Task AccidentDeniedAsync(Scene s)
    {
        var car = await CarFrauds.OfferedAsync(s);
        await s.RecordAsync($"{car.Item}/brands", new { brand = "accident", brandSource = "insurer" });
        await s.DaysAsync(1, 5);
        await s.AttemptAsync(car.Item, $"{car.Item}/disclosures", CarLives.Sheet);
    }

    static async Task NoSheetAsync(Scene s)
    {
        s.Market = County.CarMarket;
        var owner = s.Person();
        var item = await s.RecordAsync(
            "items",
            new
            {
                category = "used-car",
                identifiers = new[] { s.County.Numbers.Vin(s.Chance) },
                owner = owner.Reference,
            }
        );
        await s.AttemptAsync(item.Location, $"{item.Location}/listings", Trades.Listing(s, owner, 5_000_000));
    }

    static async Task AlteredAsync(Scene s)
    {
        var car = await CarFrauds.OfferedAsync(s);
        var deal = await s.InvoiceAsync(car.Item, car.Owner, s.Person(), 4_000_000);
        await s.SubmitAsync(car.Item, deal.Id);
        var check = new { vinMatches = true, engineMatches = false };
        await s.RecordAsync($"{car.Item}/vehicle-checks", check);
        await s.AttemptAsync(car.Item, $"{car.Item}/transfers", Trades.Transfer(s, deal.Id));
    }

    static async Task StrangerAsync(Scene s)
    {
        var car = await CarFrauds.OfferedAsync(s);
        await s.AttemptAsync(car.Item, $"{car.Item}/trades", Trades.Deal(s.Person(), s.Person()));
    }

    static async Task InvoiceTwiceAsync(Scene s)
    {
        var number = s.County.Numbers.Any("INV");
        foreach (var second in new[] { false, true })
        {
            var car = await CarFrauds.OfferedAsync(s);
            var deal = (await s.PaidAsync(car.Item, car.Owner, s.Person(), 4_000_000)).Location;
            var invoice = Trades.Invoice(s, 4_000_000, number);
            if (second)
                await s.AttemptAsync(car.Item, $"{deal}/invoices", invoice);
            else
                await s.RecordAsync($"{deal}/invoices", invoice);
        }
    }

    static async Task StoppedMarketAsync(Scene s)
    {
        await s.DayAsync(County.StoppedFrom + s.Chance.Next(1, 200));
        s.Market = County.CarMarket;
        var car = await CarLives.TakeInAsync(s, s.Person());
        s.Market = County.StoppedMarket;
        await s.AttemptAsync(car.Item, $"{car.Item}/listings", Trades.Listing(s, car.Owner, 5_000_000));
    }

    static async Task StoppedStationAsync(Scene s)
    {
        await s.DayAsync(County.StoppedFrom + s.Chance.Next(1, 200));
        var car = await CarFrauds.OfferedAsync(s);
        var deal = await s.InvoiceAsync(car.Item, car.Owner, s.Person(), 4_000_000);
        await s.AttemptAsync(
            car.Item,
            $"{car.Item}/transfer-submissions",
            Trades.Submission(s, deal.Id, County.StoppedStation)
        );
    }
}
