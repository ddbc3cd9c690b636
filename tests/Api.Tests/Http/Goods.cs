using System.Globalization;
using Ledger.Kernel.Identifiers;
using Support;

namespace Api.Tests.Http;

/// <summary>Identifiers, keys and markets that no other test has.</summary>
public static class Goods
{
    /// <summary>Every test's days lie before this one's law changes and in no clock's future.</summary>
    public const string Day = "2026-01-05T02:00:00Z";

    static int made;

    static int Next => Interlocked.Increment(ref made);

    public static string NewKey() => Invariant($"key-{Next}");

    public static string NewParty(string market) => Invariant($"{market}/K-{Next}");

    /// <summary>A body that is registered and has no role yet, by its code.</summary>
    public static async Task<string> RegisteredAsync(Caller caller, string kind)
    {
        var code = NewUscc();
        var body = new
        {
            kind,
            uscc = code,
            name = "单位",
            occurredAt = Day,
        };
        (await caller.PostAsync("/api/v1/parties", body)).Is(201);
        return code;
    }

    /// <summary>A grant of a role.</summary>
    public static object Grant(string role, string? from = null) =>
        new
        {
            role,
            basis = Support.Paper.Hash("order"),
            validFrom = from,
            occurredAt = Day,
        };

    /// <summary>A body on the roll whom no other test knows, by its code.</summary>
    public static async Task<string> OnRollAsync(Caller caller, string role, string kind = "state-body")
    {
        var code = await RegisteredAsync(caller, kind);
        (await caller.PostAsync($"{PathOf(code)}/roles", Grant(role), null, ("Ledger-Role", "REG"))).Is(201);
        return code;
    }

    /// <summary>The address of a party on the roll.</summary>
    public static string PathOf(string party) => $"/api/v1/parties/{Uri.EscapeDataString(party)}";

    public static string NewVin()
    {
        var vin = Invariant($"LSVAM4180C2{Next:D6}").ToCharArray();
        vin[8] = Vin.CheckDigit(vin);
        return $"vin:{new string(vin)}";
    }

    public static string NewImei()
    {
        var body = Invariant($"35{Next:D12}");
        return $"imei:{Enumerable.Range(0, 10).Select(d => Invariant($"{body}{d}")).Single(Imei.CheckFits)}";
    }

    /// <summary>A code of which both check characters fit.</summary>
    public static string NewUscc()
    {
        while (true)
        {
            var body = Invariant($"91510104{Next:D8}");
            foreach (var code in "0123456789X".Select(check => $"{body}{check}0"))
                if (Uscc.HasShape(code) && Uscc.OrganisationCheckFits(code))
                    return code[..17] + Uscc.Check(code);
        }
    }

    public static string NewSerial() => Invariant($"serial:HAIER/BCD-{Next}");

    public static string NewMarket(string division = "510104") => Invariant($"MK-{division}-{1000 + Next:D4}");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A market with its clerk: the steps of a sale, each expected to be recorded.</summary>
public sealed class MarketClient(Caller caller, string code)
{
    public string Code => code;
    public string Owner { get; } = Goods.NewParty(code);
    public string Buyer { get; } = Goods.NewParty(code);

    public static async Task<MarketClient> OpenAsync(Caller caller, string division = "510104")
    {
        var stall = new MarketClient(caller, Goods.NewMarket(division));
        (
            await caller.PostAsync(
                "/api/v1/markets",
                new
                {
                    code = stall.Code,
                    name = "锦江旧货市场",
                    occurredAt = "2026-01-01T02:00:00Z",
                }
            )
        ).Is(201);
        return stall;
    }

    public async Task<Reply> PostAsync(string path, object body, string? site = null) =>
        (await caller.PostAsync(path, body, null, ("Ledger-Site", site ?? code))).Is(201);

    /// <summary>A station of its own, authorised for long.</summary>
    public async Task<string> StationAsync()
    {
        var station = $"ST-510104-{code[^4..]}";
        await PostAsync(
            "/api/v1/stations",
            new
            {
                code = station,
                name = "登记服务站",
                authority = "公安",
                validFrom = "2024-01-01",
                occurredAt = "2024-01-01T02:00:00Z",
            }
        );
        return station;
    }

    /// <returns>The item's path.</returns>
    public async Task<string> RegisterAsync(
        string category = "used-car",
        string? identifier = null,
        string? make = "大众",
        string at = Goods.Day
    )
    {
        identifier ??= category switch
        {
            "used-car" => Goods.NewVin(),
            "electronics" => Goods.NewImei(),
            _ => Goods.NewSerial(),
        };
        var registered = await PostAsync(
            "/api/v1/items",
            new
            {
                category,
                identifiers = new[] { identifier },
                make,
                model = "M1",
                owner = Owner,
                occurredAt = at,
            }
        );
        // Nobody offers a car without its sheet.
        if (category == "used-car")
            await PostAsync($"{registered.Location}/disclosures", new { accident = "no", occurredAt = at });
        return registered.Location;
    }

    public Task<Reply> ListAsync(string item, long askFen = 1_000, string at = Goods.Day) =>
        PostAsync(
            $"{item}/listings",
            new
            {
                market = code,
                askFen,
                seller = Owner,
                occurredAt = at,
            }
        );

    /// <summary>A deal between its owner and its buyer.</summary>
    public object Deal(string at = Goods.Day) =>
        new
        {
            seller = Owner,
            sellerKind = "person",
            buyer = Buyer,
            buyerKind = "person",
            occurredAt = at,
        };

    /// <returns>The deal's path and id.</returns>
    public async Task<(string Path, string Id)> DealAsync(string item, string at = Goods.Day)
    {
        var deal = await PostAsync($"{item}/trades", Deal(at));
        return (deal.Location, deal.Id);
    }

    /// <summary>From the open deal to its invoice.</summary>
    public async Task SettleAsync(string deal, long fen, string at = Goods.Day)
    {
        await PostAsync($"{deal}/agreements", new { priceFen = fen, occurredAt = at });
        await PostAsync(
            $"{deal}/payments",
            new
            {
                amountFen = fen,
                channel = "bank",
                occurredAt = at,
            }
        );
        await PostAsync(
            $"{deal}/invoices",
            new
            {
                kind = "sale",
                grossFen = fen,
                netFen = fen,
                taxFen = 0,
                occurredAt = at,
            }
        );
    }

    /// <summary>An invoiced car from its papers' submission by the check to its registration; the last
    /// answer.</summary>
    public async Task<Reply> RegisterTransferAsync(
        string item,
        string trade,
        string? station = null,
        string at = Goods.Day,
        object? transfer = null
    )
    {
        station ??= await StationAsync();
        await CheckAsync(item, trade, station, at);
        return await PostAsync($"{item}/transfers", transfer ?? new { tradeId = trade, occurredAt = at }, station);
    }

    /// <summary>An invoiced car's papers go to a station, which finds it as they say.</summary>
    public async Task CheckAsync(string item, string trade, string station, string at = Goods.Day)
    {
        await PostAsync(
            $"{item}/transfer-submissions",
            new
            {
                tradeId = trade,
                station,
                papers = new[] { Paper.Hash("certificate") },
                occurredAt = at,
            }
        );
        await PostAsync(
            $"{item}/vehicle-checks",
            new
            {
                vinMatches = true,
                engineMatches = true,
                occurredAt = at,
            },
            station
        );
    }

    /// <summary>An appliance's whole sale.</summary>
    public async Task<string> SellAsync(long fen, string at)
    {
        var item = await RegisterAsync("appliance", at: at);
        await ListAsync(item, fen, at);
        var (deal, _) = await DealAsync(item, at);
        await SettleAsync(deal, fen, at);
        await PostAsync($"{deal}/completions", new { occurredAt = at });
        return item;
    }
}
