namespace Year;

/// <summary>A phone on the bench: its arrival, and what it holds.</summary>
sealed record Phone(string Item, Party Owner, string Medium)
{
    public string Intake { get; init; } = "";
}

/// <summary>Honest lives of phones: taken in, wiped, checked by another, sold; some come back.</summary>
static class PhoneLives
{
    static readonly (string Make, string Model)[] Models =
    [
        ("华为", "Mate 60"),
        ("小米", "14"),
        ("OPPO", "Find X7"),
        ("vivo", "X100"),
        ("荣耀", "Magic6"),
        ("苹果", "iPhone 15"),
    ];

    public static async Task LiveAsync(Scene s)
    {
        s.Market = County.PhoneMarket;
        var phone = await TakeInAsync(s, s.Person());
        await ConsentAsync(s, phone);
        await s.MinutesAsync(s.Chance.Next(20, 300));
        await WipeAsync(s, phone, fails: s.Or(0.06));
        if (s.Or(0.20))
            await RefurbishAsync(s, phone);
        await s.DaysAsync(1, 5);
        await OfferAsync(s, phone);
        await s.DaysAsync(1, 30);
        if (s.Or(0.05))
            return;
        var buyer = s.Person();
        await SellAsync(s, phone, buyer);
        if (!s.Or(0.08))
            return;
        // Back after some months: taken in, agreed to, wiped and checked once more.
        await s.DaysAsync(20, 120);
        phone = await ReceiveAsync(s, phone with { Owner = buyer });
        await ConsentAsync(s, phone);
        await s.MinutesAsync(60);
        await WipeAsync(s, phone);
        await OfferAsync(s, phone);
        await s.DaysAsync(1, 10);
        await SellAsync(s, phone, s.Person());
    }

    public static async Task<Phone> TakeInAsync(Scene s, Party owner, string? chip = null)
    {
        var (make, model) = s.OneOf(Models);
        var imei = s.County.Numbers.Imei();
        var item = await s.RecordAsync(
            "items",
            new
            {
                category = "electronics",
                identifiers = s.Or(0.4) ? [imei, s.County.Numbers.Imei()] : new[] { imei },
                make,
                model,
                owner = owner.Reference,
            }
        );
        var medium = s.OneOf("ufs", "ufs", "emmc");
        var phone = await ReceiveAsync(s, new(item.Location, owner, medium));
        await s.RecordAsync($"{phone.Item}/media", Media(medium, chip ?? s.County.Numbers.Any("CHIP")));
        return phone;
    }

    const long Capacity = 128_000_000_000;

    public static object Media(string medium, string chip) =>
        new
        {
            media = new[]
            {
                new
                {
                    ix = 0,
                    type = medium,
                    capacityBytes = Capacity,
                    serial = chip,
                },
            },
        };

    public static async Task<Phone> ReceiveAsync(Scene s, Phone phone)
    {
        var intake = await s.RecordAsync(
            $"{phone.Item}/intakes",
            new { reason = "wipe", from = phone.Owner.Reference }
        );
        return phone with { Intake = intake.Id };
    }

    public static Task<Answer> ConsentAsync(Scene s, Phone phone) =>
        s.RecordAsync(
            $"{phone.Item}/wipe-consents",
            new
            {
                intakeId = phone.Intake,
                media = (IReadOnlyList<int>)[0],
                method = "purge",
                effect = "全部用户数据不可恢复",
                subject = phone.Owner.Reference,
            }
        );

    public static async Task<string> WipeAsync(Scene s, Phone phone, bool fails = false, string version = "4.2")
    {
        var wiped = await s.RecordAsync($"{phone.Item}/wipes", Wipe(s, phone, s.County.Hash(), version));
        await s.MinutesAsync(s.Chance.Next(10, 120));
        if (fails)
        {
            await s.RecordAsync($"{phone.Item}/wipe-verifications", Check(wiped.Id, residues: 12));
            await s.MinutesAsync(60);
            return await WipeAsync(s, phone, fails: false, version);
        }
        await s.RecordAsync($"{phone.Item}/wipe-verifications", Check(wiped.Id));
        return wiped.Id;
    }

    public static object Wipe(Scene s, Phone phone, string report, string version = "4.2", string? technique = null) =>
        new
        {
            intakeId = phone.Intake,
            mediumIx = 0,
            evidence = new
            {
                technique = technique ?? (phone.Medium == "ufs" ? "ufs-purge" : "emmc-sanitize"),
                result = "ok",
                bytesAddressed = Capacity,
                hidden = new
                {
                    hpa = "absent",
                    dco = "absent",
                    ama = "absent",
                },
                unreached = 0,
            },
            tool = new { name = County.Tool, version },
            startedAt = Clerk.Time(s.Now.AddMinutes(-9)),
            finishedAt = Clerk.Time(s.Now.AddMinutes(-2)),
            @operator = $"{s.Market}/W-{s.Chance.Next(1, 5)}",
            claimedLevel = technique is null ? null : "purge",
            docs = new[] { report },
        };

    /// <summary>Read back in samples that find one rotten block in a thousand with 99 %.</summary>
    public static object Check(string wipe, int residues = 0, string verifier = "V-1", int sampled = 4_603) =>
        new
        {
            attestationId = wipe,
            check = new
            {
                method = "sampled",
                sampled,
                total = 1_000_000,
                residues,
            },
            tool = new { name = "reader", version = "1.0" },
            verifier = $"{County.PhoneMarket}/{verifier}",
            accepted = residues == 0,
        };

    static async Task RefurbishAsync(Scene s, Phone phone)
    {
        await s.DaysAsync(1, 3);
        var battery = new { part = "battery", origin = s.OneOf("oem", "third-party") };
        await s.RecordAsync($"{phone.Item}/part-replacements", battery);
        var done = new
        {
            level = "full",
            parts = new[] { "battery" },
            warrantyMonths = 6,
            safetyTest = s.County.Hash(),
        };
        await s.RecordAsync($"{phone.Item}/refurbishments", done);
        var grade = new { grade = s.OneOf("A", "B"), labels = new[] { "翻新" } };
        await s.RecordAsync($"{phone.Item}/refurb-grades", grade);
    }

    public static Task<string> OfferAsync(Scene s, Phone phone) => s.ListAsync(phone.Item, phone.Owner, Price(s));

    public static async Task SellAsync(Scene s, Phone phone, Party buyer)
    {
        await s.SellByHandAsync(phone.Item, "electronics", phone.Owner, buyer, Price(s));
        await s.RecordAsync($"{phone.Item}/warranties", new { months = 3 });
    }

    public static long Price(Scene s) => s.Chance.Next(300, 5_000) * 100L;
}
