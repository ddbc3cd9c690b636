namespace Year;

/// <summary>A car as the desk knows it.</summary>
sealed record Car(string Item, string Vin, Party Owner, string Make, string Model, long Km, DateTimeOffset ReadAt);

/// <summary>Honest lives of cars, mishaps included.</summary>
static class CarLives
{
    static readonly (string Make, string Model, long New)[] Models =
    [
        ("大众", "朗逸", 13_000_000),
        ("大众", "帕萨特", 20_000_000),
        ("比亚迪", "秦PLUS", 12_000_000),
        ("丰田", "卡罗拉", 12_500_000),
        ("长安", "CS75", 11_000_000),
        ("吉利", "帝豪", 8_500_000),
        ("宝马", "320Li", 30_000_000),
    ];

    public static async Task LiveAsync(Scene s)
    {
        s.Market = s.OneOf(County.CarMarket, County.CarMarket, County.OtherCarMarket);
        // Whose papers go where says nothing of where the sale is made.
        s.Station = s.Or(0.25) ? County.FarStation : County.Station;
        var car = await TakeInAsync(s, s.Person());
        if (s.Or(0.10))
            await LienAsync(s, car);
        if (s.Or(0.02))
            await HoldAsync(s, car);
        if (s.Or(0.35))
            car = await ThroughADealerAsync(s, car);
        await s.DaysAsync(1, 12);
        var ask = Price(s, car);
        var listing = await s.ListAsync(car.Item, car.Owner, ask);
        await s.DaysAsync(2, 30);
        if (s.Or(0.30))
            await s.RecordAsync($"{listing}/prices", new { askFen = ask * 95 / 100 });
        if (s.Or(0.08))
        {
            await s.RecordAsync($"{listing}/withdrawals", new { reason = "车主撤回" });
            await ElsewhereAsync(s, car);
            return;
        }
        if (s.Or(0.05))
            await CancelledAsync(s, car);
        var buyer = s.Person();
        await s.SellByStationAsync(car.Item, car.Owner, buyer, ask * 94 / 100);
        if (s.Or(0.10))
            await DriveHomeAsync(s, car);
        if (s.Or(0.15))
            await ResellAsync(s, car with { Owner = buyer });
    }

    /// <summary>Sold without an offer: at a market in another prefecture, or privately, so that no market's desk sees
    /// the deal.</summary>
    static async Task ElsewhereAsync(Scene s, Car car)
    {
        await s.DaysAsync(2, 10);
        var buyer = s.Person();
        s.Market = s.Or(0.5) ? County.FarMarket : County.NoMarket;
        await s.SellByStationAsync(car.Item, car.Owner, buyer, Price(s, car));
    }

    /// <summary>Registered, taken in, looked at, read, disclosed.</summary>
    /// <param name="ownedDays">How long its owner has had it; 0: for more than a year; negative: he does not
    /// say.</param>
    public static async Task<Car> TakeInAsync(
        Scene s,
        Party owner,
        string use = "private-small",
        string? firstRegistered = null,
        int ownedDays = 0
    )
    {
        var vin = s.County.Numbers.Vin(s.Chance);
        var (make, model, _) = s.OneOf(Models);
        var item = await s.RecordAsync(
            "items",
            new
            {
                category = "used-car",
                identifiers = new[] { vin },
                make,
                model,
                scrapCategory = use,
                firstRegistered = firstRegistered ?? $"{s.Chance.Next(2016, 2025)}-{s.Chance.Next(1, 13):D2}-15",
                owner = owner.Reference,
                ownedSince = ownedDays < 0 ? null : s.DayBefore(ownedDays > 0 ? ownedDays : s.Chance.Next(400, 2_000)),
            }
        );
        var km = s.Chance.Next(8_000, 160_000);
        var car = new Car(item.Location, vin, owner, make, model, km, s.Now);
        await s.MinutesAsync(5);
        await s.RecordAsync($"{car.Item}/intakes", new { reason = "consign", from = owner.Reference });
        await ReadAsync(s, car);
        await s.MinutesAsync(30);
        await InspectAsync(s, car.Item);
        await s.RecordAsync($"{car.Item}/disclosures", Sheet);
        return car;
    }

    public static object Sheet { get; } = new
    {
        accident = "no",
        flood = "no",
        fire = "no",
        repair = "yes",
        text = "更换过前保险杠",
    };

    public static object Reading(Scene s, long km, bool confirmed = false) =>
        new
        {
            valueKm = km,
            source = "desk",
            observedOn = s.Today,
            confirmed,
        };

    static Task<Answer> ReadAsync(Scene s, Car car) =>
        s.RecordAsync($"{car.Item}/odometer-readings", Reading(s, car.Km));

    /// <summary>Read again: as far as it has been driven since, thirty to sixty kilometres a day.</summary>
    public static async Task<Car> ReadAgainAsync(Scene s, Car car)
    {
        var driven = car.Km + (long)((s.Now - car.ReadAt).TotalDays * s.Chance.Next(30, 61));
        await s.RecordAsync($"{car.Item}/odometer-readings", Reading(s, driven));
        return car with { Km = driven, ReadAt = s.Now };
    }

    /// <summary>GB/T 30323: from 90 points grade one, from 60 two, from 20 three, below that four; an accident
    /// five.</summary>
    static Task<Answer> InspectAsync(Scene s, string item)
    {
        var tenths = s.Chance.Next(150, 1001);
        var accident = s.Or(0.03);
        return s.RecordAsync(
            $"{item}/inspections",
            new
            {
                standard = "GB/T 30323-2013",
                scoreTenths = tenths,
                grade = accident ? 5
                : tenths >= 900 ? 1
                : tenths >= 600 ? 2
                : tenths >= 200 ? 3
                : 4,
                accident,
            }
        );
    }

    public static long Price(Scene s, Car car) =>
        Models.First(m => m.Model == car.Model).New * s.Chance.Next(25, 80) / 10_000 * 100;

    static async Task LienAsync(Scene s, Car car)
    {
        var lien = new
        {
            kind = "mortgage",
            holder = WhoActs.CodeOf("LND"),
            since = s.Today,
        };
        var registered = await s.RecordAsync($"{car.Item}/encumbrances", lien);
        await s.DaysAsync(2, 20);
        await s.RecordAsync($"{registered.Location}/releases", new { lien.holder, reason = "结清" });
    }

    static async Task HoldAsync(Scene s, Car car)
    {
        var placed = await s.RecordAsync($"{car.Item}/holds", Hold(s, "court"));
        await s.DaysAsync(3, 25);
        await s.RecordAsync($"{placed.Location}/releases", new { authority = "court", reason = "解除" });
    }

    public static object Hold(Scene s, string authority) => new { authority, docNo = s.County.Numbers.Any("DOC") };

    /// <summary>A dealer buys it and offers it in his turn, often within the week: his trade.</summary>
    static async Task<Car> ThroughADealerAsync(Scene s, Car car)
    {
        var dealer = s.Dealer();
        await s.DaysAsync(1, 3);
        await s.SellByStationAsync(car.Item, car.Owner, dealer, Price(s, car));
        await s.MinutesAsync(30);
        await s.RecordAsync(
            $"{car.Item}/stock",
            new { dealer = dealer.Reference, mode = "purchase" },
            actor: dealer.Reference
        );
        return car with { Owner = dealer };
    }

    static async Task CancelledAsync(Scene s, Car car)
    {
        var deal = await s.RecordAsync($"{car.Item}/trades", Trades.Deal(car.Owner, s.Person()));
        await s.DaysAsync(1, 3);
        await s.RecordAsync($"{deal.Location}/cancellations", new { by = "buyer", reason = "贷款未获批" });
        await s.DaysAsync(1, 5);
    }

    /// <summary>Over the border of the prefecture on the day of the purchase: three hours of road, then a
    /// workshop.</summary>
    static async Task DriveHomeAsync(Scene s, Car car)
    {
        await s.MinutesAsync(s.Chance.Next(180, 300));
        var seen = new
        {
            valueKm = car.Km + 400,
            source = "workshop",
            observedOn = s.Today,
        };
        await s.RecordAsync($"{car.Item}/odometer-readings", seen, County.FarMarket);
    }

    /// <summary>The buyer's change of mind, some months on; a first car or a second one within the year.</summary>
    static async Task ResellAsync(Scene s, Car car)
    {
        await s.DaysAsync(25, 90);
        car = await ReadAgainAsync(s, car with { Km = car.Km + 500 });
        await s.RecordAsync($"{car.Item}/disclosures", Sheet);
        await s.ListAsync(car.Item, car.Owner, Price(s, car));
        await s.DaysAsync(2, 20);
        await s.SellByStationAsync(car.Item, car.Owner, s.Person(), Price(s, car));
    }

    /// <summary>A natural person sells this car, held for less than a year.</summary>
    public static async Task<Car> SellOneAsync(Scene s, Party seller, int ownedDays)
    {
        var car = await TakeInAsync(s, seller, ownedDays: ownedDays);
        await s.DaysAsync(1, 4);
        await s.SellByStationAsync(car.Item, seller, s.Person(), Price(s, car));
        return car;
    }
}
