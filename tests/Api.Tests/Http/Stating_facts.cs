using Support;

namespace Api.Tests.Http;

/// <summary>Every fact that a person states of an item goes through the door and stands in its history.</summary>
public sealed class Stating_facts(RunningService running)
{
    [Fact]
    public async Task An_identifier_that_was_mistyped_is_taken_back()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var (wrong, right) = (Goods.NewVin(), Goods.NewVin());
        var item = await stall.RegisterAsync("used-car", wrong);
        object Taken(string? evidence) =>
            new
            {
                identifier = wrong,
                reason = "录入时误读一位",
                evidence,
                occurredAt = Goods.Day,
            };
        var corrections = $"{item}/identifiers/corrections";
        (await caller.PostAsync(corrections, Taken(Paper.Hash("paper")))).Refuses(409, "last-identifier");
        await stall.PostAsync($"{item}/identifiers", new { identifier = right, occurredAt = Goods.Day });
        (await caller.PostAsync(corrections, Taken(null))).Refuses(422, "evidence-missing");
        await stall.PostAsync(corrections, Taken(Paper.Hash("paper")));
        var shown = (await caller.GetAsync(item)).Is(200).Json;
        Assert.Equal(right, (string?)Assert.Single(shown["identifiers"]!.AsArray()));
        // Whoever looks for the old one finds the thing all the same, and its history says why.
        Assert.Equal(
            (string?)shown["id"],
            (string?)(await caller.GetAsync($"/api/v1/items/{Uri.EscapeDataString(wrong)}")).Is(200).Json["id"]
        );
        var told = Assert.Single(
            (await caller.GetAsync($"{item}/history")).Is(200).Items,
            e => (string?)e["type"] == "item-identifier-corrected.v1"
        );
        Assert.Equal(wrong, (string?)told["facts"]!["identifier"]);
        (await caller.PostAsync(corrections, Taken(Paper.Hash("paper")))).Refuses(422, "identifier-not-held");
    }

    [Fact]
    public async Task Stand_in_the_history_of_a_car()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var car = await stall.RegisterAsync();
        var facts = new (string Path, object Body, string Type)[]
        {
            (
                "appraisals",
                new
                {
                    amountFen = 7_600_000,
                    method = "市价",
                    appraiser = "APR-3",
                },
                "item-appraised"
            ),
            ("periodic-inspections", new { kind = "annual", passed = true }, "inspection-recorded"),
            (
                "part-replacements",
                new
                {
                    part = "door",
                    origin = "reused",
                    source = "拆解厂",
                },
                "part-replaced"
            ),
            ("refurbishments", new { level = "full" }, "item-refurbished"),
            ("refurb-grades", new { grade = "A" }, "refurb-grade-issued"),
            ("warranties", new { months = 3 }, "warranty-started"),
            ("registrations", new { kind = "first", plate = "川A12345" }, "registration-recorded"),
            ("document-losses", new { document = "登记证书" }, "document-lost"),
            ("document-reissues", new { document = "登记证书" }, "document-reissued"),
            ("alterations", new { what = "颜色" }, "item-altered"),
            ("sale-declarations", new { seller = stall.Owner, soldOn = "2026-01-05" }, "sale-declared"),
        };
        foreach (var (path, body, type) in facts)
        {
            (await caller.PostAsync($"{car}/{path}", body, null, ("Ledger-Site", stall.Code))).Is(201);
            var history = (await caller.GetAsync($"{car}/history")).Is(200).Items;
            Assert.Contains($"{type}.v1", history.Select(e => (string?)e["type"]));
        }
        // Numbers of plates stay in the vault.
        Assert.DoesNotContain("川A12345", (await caller.GetAsync($"{car}/history")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_what_is_wrong_with_them()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var phone = await stall.RegisterAsync("electronics");
        (await caller.PostAsync($"{phone}/refurbishments", new { level = "full" })).Refuses(422, "safety-test-missing");
        (await caller.PostAsync($"{phone}/refurb-grades", new { grade = "A", labels = Labels })).Refuses(
            422,
            "label-remanufactured-not-allowed"
        );
        (await caller.PostAsync($"{phone}/part-replacements", new { part = "x", origin = "reused" })).Refuses(
            422,
            "reused-part-without-source"
        );
        (await caller.PostAsync($"{phone}/brand-resolutions", new { brand = "fire", how = "x" })).Refuses(
            422,
            "evidence-missing"
        );
        (await caller.PostAsync($"{phone}/classified-diversions", new { authority = "局", marked = false })).Refuses(
            422,
            "not-marked-classified"
        );
        (await caller.PostAsync($"{phone}/classified-diversions", new { authority = "局", marked = true })).Is(201);
        (await caller.PostAsync($"{phone}/listings", new { market = stall.Code, askFen = 1 })).Refuses(
            422,
            "classified-not-for-market"
        );
    }

    static readonly string[] Labels = ["再制造"];

    [Fact]
    public async Task Follow_a_sale_back_and_to_its_complaint()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.SellAsync(100_000, Goods.Day);
        var deal = (string)
            (await caller.GetAsync($"{item}/history")).Items.Single(e => (string?)e["type"] == "deal-opened.v1")[
                "facts"
            ]!["dealId"]!;
        (await caller.PostAsync($"{item}/complaints", new { tradeId = Guid.NewGuid(), topic = "fraud" })).Refuses(
            422,
            "deal-not-found"
        );
        (string, string)[] buyer = [("Ledger-Role", "CON"), ("Ledger-Actor", stall.Buyer)];
        var complaint = (
            await caller.PostAsync($"{item}/complaints", new { tradeId = deal, topic = "fraud" }, null, buyer)
        ).Is(201);
        var settlement = new
        {
            outcome = "upheld",
            multiple = 3,
            paidFen = 300_000,
        };
        (await caller.PostAsync($"{complaint.Location}/settlements", settlement, null, buyer)).Is(201);
        (await caller.PostAsync($"{complaint.Location}/settlements", settlement, null, buyer)).Refuses(
            404,
            "complaint-not-found"
        );
        var back = (
            await caller.PostAsync($"{item}/trades/{deal}/rescissions", new { reason = "故障未告知" }, null, buyer)
        ).Is(201);
        Assert.EndsWith($"/trades/{back.Id}", back.Location, StringComparison.Ordinal);
        Assert.Equal(stall.Buyer, (string?)(await caller.GetAsync(item)).Is(200).Json["deal"]!["seller"]);
    }

    [Fact]
    public async Task Tag_a_thing_and_find_it_by_its_tag()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var (one, other) = (await stall.RegisterAsync("appliance"), await stall.RegisterAsync("appliance"));
        var body = new { tag = "7K3M9P2QXWAR", medium = "qr" };
        (await caller.PostAsync($"{one}/tags", body)).Is(201);
        (await caller.PostAsync($"{other}/tags", body)).Refuses(409, "tag-used");
        Assert.Equal(
            one.Split('/')[^1],
            (string?)(await caller.GetAsync("/api/v1/items/tag:7K3M9P2QXWAR")).Is(200).Json["id"]
        );
        (await caller.PostAsync($"{one}/tags", new { tag = "7K3M9P2QXWAT", medium = "qr" })).Is(422);
        // A car bears no ledger tag.
        (
            await caller.PostAsync($"{await stall.RegisterAsync()}/tags", new { tag = "000000000016", medium = "qr" })
        ).Refuses(422, "identifier-not-for-category");
    }

    [Fact]
    public async Task A_grading_keeps_what_was_found_or_refuses_it()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        var results = new[] { new { point = "压缩机", found = "正常" } };
        object Grading(bool? passed) =>
            new
            {
                standard = "GB/T 30323-2013",
                grade = 2,
                scoreTenths = 850,
                passed,
                results,
                occurredAt = Goods.Day,
            };
        (await caller.PostAsync($"{item}/inspections", Grading(null))).Refuses(422, "value-missing");
        var graded = (await caller.PostAsync($"{item}/inspections", Grading(true))).Is(201);
        Assert.Equal(2, graded.Json["eventIds"]!.AsArray().Count);
        var score = new
        {
            standard = "GB/T 30323-2013",
            passed = true,
            scoreTenths = 850,
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{item}/inspections", score)).Refuses(422, "value-missing");
    }

    [Fact]
    public async Task Mirror_a_listing_and_take_it_down_by_order()
    {
        var caller = await running.CallerAsync();
        var (first, second) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller, "510302"));
        var item = await first.RegisterAsync("appliance");
        var listing = await first.ListAsync(item);
        (
            await caller.PostAsync($"{listing.Location}/mirrors", new { market = second.Code, consentBy = second.Code })
        ).Refuses(409, "first-market-not-consenting");
        await first.PostAsync(
            $"{listing.Location}/mirrors",
            new
            {
                market = second.Code,
                consentBy = first.Code,
                occurredAt = Goods.Day,
            }
        );
        (
            await caller.PostAsync($"{listing.Location}/voidings", new { reason = "虚假车况", occurredAt = Goods.Day })
        ).Is(201);
        await first.ListAsync(item);
    }

    [Fact]
    public async Task Let_a_lender_consent_to_a_deal()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        var (deal, id) = await stall.DealAsync(item);
        var lien = await stall.PostAsync(
            $"{item}/encumbrances",
            new
            {
                kind = "mortgage",
                holder = Roll.Bank,
                since = "2026-01-01",
                occurredAt = Goods.Day,
            }
        );
        var agreement = new { priceFen = 1_000, occurredAt = Goods.Day };
        (await caller.PostAsync($"{deal}/agreements", agreement, null, ("Ledger-Site", stall.Code))).Refuses(
            409,
            "encumbered"
        );
        await stall.PostAsync(
            $"{item}/encumbrances/{lien.Id}/consents",
            new
            {
                holder = Roll.Bank,
                tradeId = id,
                occurredAt = Goods.Day,
            }
        );
        // Under the lender's consent it goes on once the warning is acknowledged, and whoever recorded it is told; a
        // repeat is told the same.
        var key = Goods.NewKey();
        var desk = ("Ledger-Site", stall.Code);
        object Having(params string[] read) =>
            new
            {
                priceFen = 1_000,
                occurredAt = Goods.Day,
                lateReason = "补录",
                acknowledged = read,
            };
        async Task<Reply> AgreeAsync(params string[] read) =>
            await caller.PostAsync($"{deal}/agreements", Having(read), key, desk);
        var unread = (await AgreeAsync("wipe-car-carriers")).Refuses(422, "warning-not-acknowledged");
        Assert.Equal("trade-under-consent", (string?)unread.Json["ruleId"]);
        Assert.Equal("trade-under-consent", (string?)unread.Json["facts"]!["rules"]);
        (await AgreeAsync("no-such-rule")).Refuses(422, "rule-unknown");
        (await AgreeAsync()).Refuses(422, "value-out-of-range");
        var agreed = (await AgreeAsync("trade-under-consent")).Is(201);
        var told = (await caller.GetAsync($"{item}/history")).Is(200).Items;
        Assert.Equal(
            """["trade-under-consent"]""",
            told.Single(e => (string?)e["eventId"] == (string?)agreed.Json["eventIds"]![0])[
                "acknowledged"
            ]!.ToJsonString()
        );
        var warning = Assert.Single(
            agreed.Json["warnings"]!.AsArray(),
            w => (string?)w!["ruleId"] == "trade-under-consent"
        )!;
        Assert.NotEmpty((string)warning["zh"]!);
        var repeat = (await AgreeAsync("trade-under-consent")).Is(201);
        Assert.Equal(agreed.Json["warnings"]!.ToJsonString(), repeat.Json["warnings"]!.ToJsonString());
        await stall.PostAsync(
            $"{item}/encumbrances/{lien.Id}/extensions",
            new
            {
                holder = Roll.Bank,
                until = "2029-01-01",
                occurredAt = Goods.Day,
            }
        );
    }
}
