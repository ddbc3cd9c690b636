namespace Year;

/// <summary>What is done with phones: from 2027 on a device that was not wiped is not sold (GB 46864-2025); before that
/// day somebody should see it.</summary>
static class PhoneFrauds
{
    public static IReadOnlyList<Fraud> All { get; } =
    [
        new("unwiped-before-the-day", 60, s => UnwipedAsync(s, after: false), "wipe-unverified") { OnItsDay = true },
        new("unwiped-after-the-day", 60, s => UnwipedAsync(s, after: true)) { OnItsDay = true },
        new("attested-not-verified", 40, UnverifiedAsync) { OnItsDay = true },
        new("old-wipe-for-a-phone-used-since", 40, OldWipeAsync, "wipe-unverified"),
        new("wipe-of-another-phone", 20, OtherPhonesWipeAsync),
        new("report-of-another-phone", 20, OtherPhonesReportAsync, "wipe-report-reused"),
        new("chip-of-another-phone", 20, OtherPhonesChipAsync),
        new("checked-by-the-operator", 20, OwnCheckAsync),
        new("too-few-blocks-read", 20, FewBlocksAsync),
        new("factory-reset-as-purge", 20, ResetAsync),
        new("wiped-without-consent", 20, NoConsentAsync) { OnItsDay = true },
        new("imei-registered-again", 30, AgainAsync),
        new("wiped-with-a-broken-tool", 60, BrokenToolAsync, "wipe-in-doubt") { OnItsDay = true },
        new("phone-sold-twice", 20, TwiceAsync),
    ];

    static async Task UnwipedAsync(Scene s, bool after)
    {
        await s.DayAsync(s.Chance.Next(after ? County.NewYear : 0, after ? 360 : County.NewYear - 3));
        s.Market = County.PhoneMarket;
        var phone = await PhoneLives.TakeInAsync(s, s.Person());
        if (after)
        {
            var offer = Trades.Listing(s, phone.Owner, 90_000);
            await s.AttemptAsync(phone.Item, $"{phone.Item}/listings", offer);
        }
        else
            await SellAllTheSameAsync(s, phone);
    }

    static async Task SellAllTheSameAsync(Scene s, Phone phone)
    {
        var price = PhoneLives.Price(s);
        var (deal, _) = await s.InvoiceAsync(phone.Item, phone.Owner, s.Person(), price);
        if (await s.AttemptAsync(phone.Item, $"{deal}/completions", new { }))
            s.County.Books.Sold("electronics", s.Market, s.Now, price);
    }

    static async Task UnverifiedAsync(Scene s)
    {
        await s.DayAsync(s.Chance.Next(County.NewYear, 355));
        var phone = await ReadyAsync(s);
        await s.RecordAsync($"{phone.Item}/wipes", PhoneLives.Wipe(s, phone, s.County.Hash()));
        await s.AttemptAsync(phone.Item, $"{phone.Item}/listings", Trades.Listing(s, phone.Owner, 90_000));
    }

    /// <summary>Sold, used, and offered again on the certificate of its first wipe.</summary>
    static async Task OldWipeAsync(Scene s)
    {
        var phone = await ReadyAsync(s);
        await PhoneLives.WipeAsync(s, phone);
        var first = s.Person();
        await PhoneLives.SellAsync(s, phone, first);
        await s.DaysAsync(10, 200);
        phone = phone with { Owner = first };
        if (s.Or(0.5))
            phone = await PhoneLives.ReceiveAsync(s, phone);
        if (s.Now < County.Opens.AddDays(County.NewYear))
        {
            await SellAllTheSameAsync(s, phone);
            return;
        }
        var deal = (await s.RecordAsync($"{phone.Item}/trades", Trades.Deal(phone.Owner, s.Person()))).Location;
        await s.AttemptAsync(phone.Item, $"{deal}/agreements", new { priceFen = PhoneLives.Price(s) });
    }

    static async Task OtherPhonesWipeAsync(Scene s)
    {
        var wiped = await ReadyAsync(s);
        var wipe = await PhoneLives.WipeAsync(s, wiped);
        var phone = await ReadyAsync(s);
        await s.AttemptAsync(phone.Item, $"{phone.Item}/wipe-verifications", PhoneLives.Check(wipe));
    }

    static async Task OtherPhonesReportAsync(Scene s)
    {
        var wiped = await ReadyAsync(s);
        var report = s.County.Hash();
        await s.RecordAsync($"{wiped.Item}/wipes", PhoneLives.Wipe(s, wiped, report));
        await s.DaysAsync(1, 20);
        var phone = await ReadyAsync(s);
        await s.AttemptAsync(phone.Item, $"{phone.Item}/wipes", PhoneLives.Wipe(s, phone, report));
    }

    static async Task OtherPhonesChipAsync(Scene s)
    {
        s.Market = County.PhoneMarket;
        var chip = s.County.Numbers.Any("CHIP");
        await PhoneLives.TakeInAsync(s, s.Person(), chip);
        await s.DaysAsync(1, 20);
        var item = await s.RecordAsync(
            "items",
            new { category = "electronics", identifiers = new[] { s.County.Numbers.Imei() } }
        );
        await s.AttemptAsync(item.Location, $"{item.Location}/media", PhoneLives.Media("ufs", chip));
    }

    static Task OwnCheckAsync(Scene s) => CheckAsync(s, (wipe, who) => PhoneLives.Check(wipe, verifier: who));

    static Task FewBlocksAsync(Scene s) =>
        CheckAsync(s, (wipe, _) => PhoneLives.Check(wipe, sampled: s.Chance.Next(1, 200)));

    static async Task CheckAsync(Scene s, Func<string, string, object> check)
    {
        var phone = await ReadyAsync(s);
        var body = Clerk.Body(PhoneLives.Wipe(s, phone, s.County.Hash()), s.Now);
        var who = ((string)body["operator"]!).Split('/')[1];
        var wiped = await s.RecordAsync($"{phone.Item}/wipes", body);
        await s.MinutesAsync(20);
        await s.AttemptAsync(phone.Item, $"{phone.Item}/wipe-verifications", check(wiped.Id, who));
    }

    static async Task ResetAsync(Scene s)
    {
        var phone = await ReadyAsync(s);
        var claim = PhoneLives.Wipe(s, phone, s.County.Hash(), technique: "factory-reset");
        await s.AttemptAsync(phone.Item, $"{phone.Item}/wipes", claim);
    }

    static async Task NoConsentAsync(Scene s)
    {
        await s.DayAsync(s.Chance.Next(County.NewYear, 355));
        s.Market = County.PhoneMarket;
        var phone = await PhoneLives.TakeInAsync(s, s.Person());
        await s.MinutesAsync(30);
        var wipe = PhoneLives.Wipe(s, phone, s.County.Hash());
        await s.AttemptAsync(phone.Item, $"{phone.Item}/wipes", wipe);
    }

    static async Task AgainAsync(Scene s)
    {
        s.Market = County.PhoneMarket;
        var imei = s.County.Numbers.Imei();
        var phone = new { category = "electronics", identifiers = new[] { imei } };
        var item = await s.RecordAsync("items", phone);
        await s.DaysAsync(1, 60);
        s.Market = County.FarMarket;
        await s.AttemptAsync(item.Location, "items", phone);
    }

    /// <summary>Wiped in good faith with a version that will turn out to leave data behind.</summary>
    static async Task BrokenToolAsync(Scene s)
    {
        await s.DayAsync(s.Chance.Next(County.BrokenFrom, County.BrokenTo));
        var phone = await ReadyAsync(s);
        await PhoneLives.WipeAsync(s, phone, version: County.BrokenVersion);
        s.Leave(phone.Item);
    }

    static async Task TwiceAsync(Scene s)
    {
        var phone = await ReadyAsync(s);
        await PhoneLives.WipeAsync(s, phone);
        await s.InvoiceAsync(phone.Item, phone.Owner, s.Person(), PhoneLives.Price(s));
        await s.AttemptAsync(phone.Item, $"{phone.Item}/trades", Trades.Deal(phone.Owner, s.Person()));
    }

    static async Task<Phone> ReadyAsync(Scene s)
    {
        s.Market = County.PhoneMarket;
        var phone = await PhoneLives.TakeInAsync(s, s.Person());
        await PhoneLives.ConsentAsync(s, phone);
        await s.MinutesAsync(30);
        return phone;
    }
}
