namespace Year;

/// <summary>What is done with cars that the law forbids, or that somebody should see.</summary>
static class CarFrauds
{
    public static IReadOnlyList<Fraud> All { get; } =
    [
        new("clone-registered-again", 30, CloneAsync),
        new("clone-in-two-places-at-once", 20, TwoPlacesAsync, "clone"),
        new("clone-of-a-car-in-the-hall", 20, InTheHallAsync, "clone"),
        new("clone-with-papers", 10, WithPapersAsync, "clone"),
        new("rollback", 40, RollbackAsync, "odometer"),
        new("rollback-at-resale", 20, RollbackAtResaleAsync, "odometer"),
        new("double-listing", 30, DoubleListingAsync),
        new("double-sale", 20, DoubleSaleAsync),
        new("flipped-within-a-week", 15, FlippedAsync, "rapid-resale"),
    ];

    static async Task CloneAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        await s.DaysAsync(1, 40);
        s.Market = County.FarMarket;
        var again = new
        {
            category = "used-car",
            identifiers = new[] { car.Vin },
            make = car.Make,
            model = car.Model,
            owner = s.NewPerson(),
        };
        await s.AttemptAsync(car.Item, "items", again);
    }

    static async Task TwoPlacesAsync(Scene s)
    {
        var car = await SoldAsync(s);
        await s.DaysAsync(3, 30);
        car = await CarLives.ReadAgainAsync(s, car with { Km = car.Km + 500 });
        await s.MinutesAsync(s.Chance.Next(5, 50));
        var seen = CarLives.Reading(s, car.Km + 5);
        await s.AttemptAsync(car.Item, $"{car.Item}/odometer-readings", seen, County.FarMarket);
    }

    static async Task InTheHallAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        await s.DaysAsync(2, 15);
        var seen = CarLives.Reading(s, car.Km + 300);
        await s.AttemptAsync(car.Item, $"{car.Item}/odometer-readings", seen, County.FarMarket);
    }

    /// <summary>The other market has papers too, and says so.</summary>
    static async Task WithPapersAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        await s.DaysAsync(1, 40);
        s.Market = County.FarMarket;
        var other = new
        {
            identifier = car.Vin,
            evidence = s.County.Hash(),
            make = car.Make,
            model = car.Model,
            owner = s.NewPerson(),
        };
        await s.AttemptAsync(car.Item, $"{car.Item}/identity-conflicts", other);
    }

    static async Task RollbackAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        await s.DaysAsync(1, 20);
        var less = s.Or(0.2) ? car.Km - 1 : car.Km * s.Chance.Next(40, 95) / 100;
        await BackAsync(s, car, less);
    }

    static async Task RollbackAtResaleAsync(Scene s)
    {
        var car = await SoldAsync(s);
        await s.DaysAsync(60, 150);
        await BackAsync(s, car, car.Km * s.Chance.Next(50, 99) / 100);
    }

    /// <summary>Half of them insist when they are asked whether the reading is right.</summary>
    static Task BackAsync(Scene s, Car car, long km) =>
        s.AttemptAsync(car.Item, $"{car.Item}/odometer-readings", CarLives.Reading(s, km, confirmed: s.Or(0.5)));

    static async Task DoubleListingAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        await s.DaysAsync(0, 10);
        s.Market = s.OneOf(County.FarMarket, County.OtherCarMarket);
        await s.AttemptAsync(car.Item, $"{car.Item}/listings", Trades.Listing(s, s.Person(), 5_000_000));
    }

    static async Task DoubleSaleAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        await s.InvoiceAsync(car.Item, car.Owner, s.Person(), 4_000_000);
        await s.DaysAsync(0, 2);
        await s.AttemptAsync(car.Item, $"{car.Item}/trades", Trades.Deal(car.Owner, s.Person()));
    }

    /// <summary>A person who is no dealer sells on what he bought this week.</summary>
    static async Task FlippedAsync(Scene s)
    {
        var car = await SoldAsync(s);
        await s.DaysAsync(1, 4);
        var deal = await s.InvoiceAsync(car.Item, car.Owner, s.Person(), 5_000_000);
        await s.SubmitAsync(car.Item, deal.Id);
        await s.CheckAsync(car.Item);
        if (await s.AttemptAsync(car.Item, $"{car.Item}/transfers", Trades.Transfer(s, deal.Id)))
            s.County.Books.Sold("used-car", s.Market, s.Now, 5_000_000);
    }

    public static async Task<Car> OfferedAsync(Scene s)
    {
        s.Market = County.CarMarket;
        var car = await CarLives.TakeInAsync(s, s.Person());
        await s.DaysAsync(1, 5);
        await s.ListAsync(car.Item, car.Owner, CarLives.Price(s, car));
        await s.MinutesAsync(30);
        return car;
    }

    public static async Task<Car> SoldAsync(Scene s)
    {
        var car = await OfferedAsync(s);
        var buyer = s.Person();
        await s.DaysAsync(1, 5);
        await s.SellByStationAsync(car.Item, car.Owner, buyer, 4_500_000);
        return car with { Owner = buyer };
    }
}
