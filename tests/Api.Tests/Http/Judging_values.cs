namespace Api.Tests.Http;

public sealed class Judging_values(RunningService running)
{
    static readonly string[] BothWrong = ["vin:SHORT", "colour:red"];

    [Theory]
    [InlineData("imei:000000000000000")]
    [InlineData("serial:DELL/Default string")]
    [InlineData("serial:DELL/无")]
    public async Task A_placeholder_is_no_identity(string identifier)
    {
        var caller = await running.CallerAsync();
        var body = new { category = "electronics", identifiers = new[] { identifier } };
        Assert.NotNull(
            (await caller.PostAsync("/api/v1/items", body)).Refuses(422, "identifier-placeholder").Json["errors"]![
                "identifiers"
            ]
        );
    }

    /// <summary>Of the tool's report, of papers: 64 hexadecimal digits, not a word.</summary>
    [Theory]
    [InlineData("hello")]
    [InlineData("5f1c0d0e6f8a4c0b")]
    public async Task A_hash_is_one(string hash)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var car = await stall.RegisterAsync();
        var (deal, id) = await stall.DealAsync(car);
        await stall.SettleAsync(deal, 700);
        var submission = new
        {
            tradeId = id,
            station = await stall.StationAsync(),
            papers = new[] { hash },
        };
        var refused = (await caller.PostAsync($"{car}/transfer-submissions", submission)).Refuses(
            422,
            "value-malformed"
        );
        Assert.NotNull(refused.Json["errors"]!["papers"]);
    }

    [Fact]
    public async Task Every_fault_of_a_body_is_told_at_once()
    {
        var reply = await (await running.CallerAsync()).PostAsync(
            "/api/v1/items",
            new
            {
                category = "",
                identifiers = BothWrong,
                make = "a\u0000b",
                model = new string('x', 201),
                scrapCategory = "no-such",
                productionDate = "2019-02-30",
                firstRegistered = "15.03.2019",
                owner = "13912345678",
                occurredAt = "yesterday",
            }
        );
        reply.Is(422);
        var errors = reply.Json["errors"]!.AsObject();
        Assert.Equal(
            "category firstRegistered identifiers make model occurredAt owner productionDate scrapCategory",
            string.Join(' ', errors.Select(e => e.Key).Order(StringComparer.Ordinal))
        );
        Assert.Equal(2, errors["identifiers"]!.AsArray().Count);
        Assert.All(errors, e => Assert.NotEmpty((string)e.Value![0]!));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("10000000000001")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("-99999999999999999999999999")]
    [InlineData("1e308")]
    [InlineData("1e400")]
    public async Task A_price_outside_its_range_is_422(string fen)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        var body = $$"""{"market":"{{stall.Code}}","askFen":{{fen}}}""";
        var reply = (await caller.PostAsync($"{item}/listings", body)).Refuses(422, "value-out-of-range");
        Assert.NotNull(reply.Json["errors"]!["askFen"]);
    }

    [Fact]
    public async Task A_price_with_a_fraction_is_no_integer()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        var body = $$"""{"market":"{{stall.Code}}","askFen":0.5}""";
        var reply = await caller.PostAsync($"{item}/listings", body);
        Assert.InRange(reply.Status, 400, 422);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(10_000_000_000_000L)]
    public async Task A_price_at_the_edge_of_its_range_is_taken(long fen)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        await stall.ListAsync(item, fen);
        Assert.Equal(fen, (long?)(await caller.GetAsync(item)).Json["listing"]!["askFen"]);
    }

    [Theory]
    [InlineData(@"a\u0000b")]
    [InlineData(@"a\u0007b")]
    [InlineData(@"a\nb")]
    [InlineData(@"a\uffffb")]
    public async Task A_control_character_is_422(string make)
    {
        var reply = await RegisterAsync(Goods.NewSerial(), make);
        reply.Refuses(422, "text-malformed");
        Assert.NotNull(reply.Json["errors"]!["make"]);
    }

    [Theory]
    [InlineData(@"a\ud800b")]
    [InlineData(@"\udc00\ud800")]
    public async Task A_lone_surrogate_is_refused(string make)
    {
        var reply = await RegisterAsync(Goods.NewSerial(), make);
        Assert.True(reply.Code is "text-malformed" or "body-malformed", reply.Text);
        Assert.InRange(reply.Status, 400, 422);
    }

    [Theory]
    [InlineData("سيارة مستعملة")]
    [InlineData("רכב משומש")]
    [InlineData("👨‍👩‍👧 🚗")]
    [InlineData("𠮷野家")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; drop table ledger.mt_events; --")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("Ŵêlsh\u0301")]
    public async Task Text_of_any_script_comes_back_as_it_was(string make)
    {
        var serial = Goods.NewSerial();
        (await RegisterAsync(serial, make)).Is(201);
        var caller = await running.CallerAsync();
        var item = await caller.GetAsync($"/api/v1/items/{Uri.EscapeDataString(serial)}");
        Assert.Equal(make, (string?)item.Is(200).Json["make"]);
    }

    [Theory]
    [InlineData("used-car", "vin:LSVAM4187C2184848", "vin-check-failed")]
    [InlineData("used-car", "vin:LSVAM4187C218484", "vin-malformed")]
    [InlineData("used-car", "vin:LSVAM4187C218484O", "vin-malformed")]
    [InlineData("electronics", "imei:490154203237519", "imei-check-failed")]
    [InlineData("electronics", "imei:49015420323751", "imei-malformed")]
    [InlineData("appliance", "serial:HAIER", "serial-malformed")]
    [InlineData("appliance", "tag:000", "tag-malformed")]
    [InlineData("appliance", "colour:red", "identifier-kind-unknown")]
    [InlineData("appliance", "no colon", "identifier-malformed")]
    [InlineData("appliance", "", "identifier-malformed")]
    [InlineData("appliance", "imei:490154203237518", "identifier-not-for-category")]
    [InlineData("spaceship", "serial:A/1", "category-unknown")]
    public async Task An_identifier_or_category_that_is_none_is_422(string category, string identifier, string code)
    {
        var reply = await (await running.CallerAsync()).PostAsync(
            "/api/v1/items",
            new
            {
                category,
                identifiers = new[] { identifier },
                occurredAt = Goods.Day,
            }
        );
        reply.Refuses(422, code);
        var field = code == "category-unknown" ? "category" : "identifiers";
        Assert.NotNull(reply.Json["errors"]?[field]);
    }

    [Theory]
    [InlineData("MK-510104", "market-malformed")]
    [InlineData("MK-999999-0001", "division-unknown")]
    [InlineData("", "market-malformed")]
    [InlineData("mk-510104-0001", "market-malformed")]
    public async Task A_market_code_that_is_none_is_422(string code, string refusal)
    {
        var caller = await running.CallerAsync();
        (await caller.PostAsync("/api/v1/markets", new { code, name = "市场" })).Refuses(422, refusal);
    }

    [Theory]
    [InlineData("""{"facts":{"askFen":-5},"reason":"r"}""")]
    [InlineData("""{"facts":{"askFen":99000000000000},"reason":"r"}""")]
    [InlineData("""{"facts":{"currency":"no money"},"reason":"r"}""")]
    [InlineData("""{"facts":{"market":"nowhere"},"reason":"r"}""")]
    [InlineData("""{"facts":{"seller":"13912345678"},"reason":"r"}""")]
    [InlineData("""{"facts":{"currency":"\u0000"},"reason":"r"}""")]
    [InlineData("""{"facts":{"colour":"red"},"reason":"r"}""")]
    [InlineData("""{"facts":{"askFen":"much"},"reason":"r"}""")]
    [InlineData("""{"facts":7,"reason":"r"}""")]
    [InlineData("""{"facts":{},"reason":"r"}""")]
    [InlineData("""{"facts":{"market":5},"reason":"r"}""")]
    [InlineData("""{"facts":{"endsOn":5},"reason":"r"}""")]
    [InlineData("""{"facts":{"listingId":null},"reason":"r"}""")]
    public async Task A_corrected_fact_is_judged_like_a_first_one(string body)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        var listed = await stall.ListAsync(item);
        var reply = await caller.PostAsync(
            $"{item}/events/{listed.Json["eventIds"]![0]}/corrections",
            body,
            null,
            ("If-Match", listed.ETag),
            ("Ledger-Second-Actor", "auditor")
        );
        reply.Is(422);
        Assert.NotEmpty(reply.Json["errors"]!.AsObject());
    }

    /// <summary>A number that no reader of the log takes would end the log, a control character the statement that
    /// stores it: in lists and objects too they are refused at the door.</summary>
    [Theory]
    [InlineData("""{"ix":0,"type":"ufs","capacityBytes":9007199254740992}""", "value-out-of-range")]
    [InlineData("""{"ix":-5,"type":"ufs","capacityBytes":1}""", "value-out-of-range")]
    [InlineData("""{"ix":0,"type":"ufs\u0000"}""", "text-malformed")]
    [InlineData("""{"ix":0,"type":"13800138000"}""", "personal-data-in-public-field")]
    [InlineData("""{"ix":0,"type":"ufs","colour":"red"}""", "value-malformed")]
    public async Task A_corrected_list_is_judged_to_its_depth(string medium, string code)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var phone = await stall.RegisterAsync("electronics");
        var declared = await stall.PostAsync(
            $"{phone}/media",
            new { media = (object[])[new { ix = 0, type = "ufs" }], occurredAt = Goods.Day }
        );
        var reply = await caller.PostAsync(
            $"{phone}/events/{declared.Json["eventIds"]![0]}/corrections",
            $$$"""{"facts":{"media":[{{{medium}}}]},"reason":"r"}""",
            null,
            ("If-Match", declared.ETag),
            ("Ledger-Second-Actor", "auditor")
        );
        reply.Refuses(422, code);
    }

    async Task<Reply> RegisterAsync(string serial, string make) =>
        await (await running.CallerAsync()).PostAsync(
            "/api/v1/items",
            $$"""
            {"category":"appliance","identifiers":["{{serial}}"],"make":"{{make}}","occurredAt":"{{Goods.Day}}"}
            """
        );
}
