using Support;

namespace Api.Tests.Http;

/// <summary>Parties, their roles and licences, and what the regulator's register says of them.</summary>
public sealed class Keeping_the_roll(RunningService running)
{
    static async Task<string> RegisterAsync(Caller caller, string? code = null)
    {
        code ??= Goods.NewUscc();
        var party = new
        {
            kind = "organisation",
            uscc = code.ToLowerInvariant(),
            name = "检测有限公司",
            region = "510104",
            occurredAt = Goods.Day,
        };
        var reply = (await caller.PostAsync("/api/v1/parties", party)).Is(201);
        Assert.Equal(code, reply.Id);
        return reply.Location;
    }

    static object Licence(string number, string from = "2026-01-01", string to = "2099-12-31") =>
        new
        {
            kind = "accreditation",
            number,
            issuer = "CNAS",
            scope = "WM/T 8-2022",
            validFrom = from,
            validTo = to,
            occurredAt = Goods.Day,
        };

    [Fact]
    public async Task A_licence_names_an_issuer_that_is_known()
    {
        var caller = await running.CallerAsync();
        var (org, holder) = (Goods.NewUscc(), Goods.NewUscc());
        (
            await caller.PostAsync(
                "/api/v1/parties",
                new
                {
                    kind = "organisation",
                    uscc = holder,
                    name = "检测站",
                }
            )
        ).Is(201);
        var licence = new
        {
            kind = "accreditation",
            number = $"L-{holder[^6..]}",
            issuer = org,
            validFrom = "2026-01-01",
            validTo = "2099-12-31",
        };
        var licences = $"/api/v1/parties/{holder}/licences";
        (await caller.PostAsync(licences, licence)).Refuses(422, "issuer-not-found");
        var issuer = new
        {
            org,
            name = "四川省市场监督管理局",
            purposes = Licences,
        };
        (await caller.PostAsync("/api/v1/issuers", issuer)).Refuses(422, "counter-signature-missing");
        var registered = await TwoAsync(caller, "/api/v1/issuers", issuer);
        (await caller.PostAsync(licences, licence)).Is(201);
        Assert.Equal("valid", (string?)(await caller.GetAsync(registered.Location)).Is(200).Json["state"]);
        var row = Assert.Single(
            (await caller.GetAsync("/api/v1/regulator/register?type=issuer")).Is(200).Items,
            r => (string?)r["code"] == org
        );
        Assert.Equal("四川省市场监督管理局", (string?)row["name"]);

        await TwoAsync(caller, $"{registered.Location}/suspensions", new { reason = "未按期报送" });
        Assert.Equal("suspended", (string?)(await caller.GetAsync(registered.Location)).Is(200).Json["state"]);
        (await caller.PostAsync(licences, licence with { number = licence.number + "-2" })).Refuses(
            422,
            "issuer-not-found"
        );
        await TwoAsync(caller, $"{registered.Location}/revocations", new { reason = "资质失效" });
        Assert.Equal("revoked", (string?)(await caller.GetAsync(registered.Location)).Is(200).Json["state"]);
        (await caller.GetAsync("/api/v1/issuers/nobody")).Refuses(404, "issuer-not-found");
        (
            await caller.PostAsync(
                "/api/v1/issuers/nobody/suspensions",
                new { reason = "x" },
                null,
                ("Ledger-Second-Actor", "li")
            )
        ).Refuses(404, "issuer-not-found");
    }

    static readonly string[] Licences = ["licence"];

    static async Task<Reply> TwoAsync(Caller caller, string path, object body) =>
        (await caller.PostAsync(path, body, null, ("Ledger-Second-Actor", "li"))).Is(201);

    [Fact]
    public async Task A_party_stands_with_its_roles_and_licences()
    {
        var caller = await running.CallerAsync();
        var party = await RegisterAsync(caller);
        var number = $"L-{Goods.NewKey()}";
        var evidence = new
        {
            method = "registry",
            evidence = Paper.Hash("1"),
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{party}/identity-confirmations", evidence)).Is(201);
        var role = new
        {
            role = "APR",
            basis = Paper.Hash("2"),
            validFrom = "2026-01-01",
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{party}/roles", role)).Is(201);
        (await caller.PostAsync($"{party}/roles", role)).Refuses(409, "wrong-state");
        (await caller.PostAsync($"{party}/roles", new { role = "KING", basis = Paper.Hash("h") })).Refuses(
            422,
            "value-malformed"
        );
        (await caller.PostAsync($"{party}/licences", Licence(number))).Is(201);
        (await caller.PostAsync($"{party}/licences", Licence(number))).Refuses(409, "licence-overlap");

        var now = (await caller.GetAsync(party)).Is(200);
        Assert.Equal(
            ("organisation", "检测有限公司", "锦江区", "confirmed"),
            (
                (string?)now.Json["kind"],
                (string?)now.Json["name"],
                (string?)now.Json["regionName"],
                (string?)now.Json["state"]
            )
        );
        Assert.Equal(("APR", "held"), Told(now, "roles", "role"));
        Assert.Equal((number, "valid"), Told(now, "licences", "number"));
        Assert.Equal("\"4\"", now.ETag);

        (await caller.PostAsync($"{party}/roles/APR/endings", new { reason = "离职", occurredAt = Goods.Day })).Is(201);
        var end = new
        {
            kind = "accreditation",
            number,
            reason = "注销",
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{party}/licences/endings", end)).Is(201);
        now = (await caller.GetAsync(party)).Is(200);
        Assert.Equal(("APR", "ended"), Told(now, "roles", "role"));
        Assert.Equal((number, "ended"), Told(now, "licences", "number"));
        (await caller.PostAsync($"{party}/licences/endings", end)).Refuses(409, "wrong-state");
    }

    static (string?, string?) Told(Reply party, string list, string name)
    {
        var one = Assert.Single(party.Json[list]!.AsArray())!;
        return ((string?)one[name], (string?)one["state"]);
    }

    [Fact]
    public async Task Nobody_is_on_it_twice_or_unasked()
    {
        var caller = await running.CallerAsync();
        var party = await RegisterAsync(caller);
        var again = new { kind = "state-body", uscc = party[(party.LastIndexOf('/') + 1)..] };
        (await caller.PostAsync("/api/v1/parties", again)).Refuses(409, "party-exists");
        var nobody = Goods.PathOf(Goods.NewParty(Goods.NewMarket()));
        (await caller.GetAsync(nobody)).Refuses(404, "party-not-found");
        (await caller.PostAsync($"{nobody}/roles", new { role = "APR", basis = Paper.Hash("h") })).Refuses(
            404,
            "party-not-found"
        );
        (await caller.PostAsync($"{party}/roles", new { role = "APR" })).Refuses(422, "role-basis-missing");
        (string, string)[] own = [("Ledger-Actor", (string)again.uscc), ("Ledger-Role", "ADM")];
        (await caller.PostAsync($"{party}/roles", new { role = "APR", basis = Paper.Hash("h") }, null, own)).Refuses(
            422,
            "self-grant"
        );
        (await caller.PostAsync($"{party}/identity-confirmations", new { method = "registry" })).Refuses(
            422,
            "evidence-missing"
        );
    }

    [Fact]
    public async Task A_code_is_one_in_either_case()
    {
        var caller = await running.CallerAsync();
        var code = Goods.NewUscc();
        await RegisterAsync(caller, code);
        Assert.Equal(code, (string?)(await caller.GetAsync(Goods.PathOf(code.ToLowerInvariant()))).Is(200).Json["ref"]);
    }

    [Fact]
    public async Task A_code_whose_check_does_not_fit_is_taken_with_a_warning()
    {
        var caller = await running.CallerAsync();
        var code = Goods.NewUscc();
        var wrong = code[..17] + (code[17] == '0' ? '1' : '0');
        var party = await RegisterAsync(caller, wrong);
        Assert.Equal(
            ["id-uscc-check"],
            (await caller.GetAsync(party)).Json["openDoubts"]!.AsArray().Select(d => (string?)d)
        );
        var looked = new
        {
            method = "registry",
            evidence = Paper.Hash("h"),
            overrides = new[] { "id-uscc-check" },
        };
        (await caller.PostAsync($"{party}/identity-confirmations", looked)).Is(201);
        Assert.Empty((await caller.GetAsync(party)).Json["openDoubts"]!.AsArray());
        (await caller.PostAsync("/api/v1/parties", new { kind = "organisation", uscc = "915101" })).Refuses(
            422,
            "uscc-malformed"
        );
    }

    /// <summary>An inspector whose accreditation had run out is taken, and the item's history says so.</summary>
    [Theory]
    [InlineData("2025-01-01", "2026-01-04", true)]
    [InlineData("2025-01-01", "2026-01-05", false)]
    public async Task An_inspection_is_judged_by_the_accreditation_of_its_day(string from, string to, bool warned)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var number = $"L-{Goods.NewKey()}";
        (await caller.PostAsync($"{await RegisterAsync(caller)}/licences", Licence(number, from, to))).Is(201);
        var item = await stall.RegisterAsync("appliance");
        await stall.PostAsync(
            $"{item}/inspections",
            new
            {
                standard = "GB 4706.1",
                passed = true,
                accreditation = number,
                occurredAt = Goods.Day,
            }
        );
        var verdicts = (await caller.GetAsync($"{item}/history")).Items.Last()["verdicts"]?.AsArray() ?? [];
        Assert.Equal(warned, verdicts.Any(v => (string?)v!["ruleId"] == "accreditation-on-the-day"));
    }

    [Fact]
    public async Task The_register_says_who_may_do_what_until_when()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller, "513232");
        var number = $"L-{Goods.NewKey()}";
        var licence = Licence(number, to: "2026-03-31");
        (await caller.PostAsync($"{await RegisterAsync(caller)}/licences", licence)).Is(201);
        var markets = await AskAsync(caller, "type=market&division=513232");
        Assert.Equal(
            (stall.Code, "open", "若尔盖县"),
            (Code(markets), State(markets), (string?)markets["divisionName"])
        );
        var expired = (
            await caller.GetAsync("/api/v1/regulator/register?type=accreditation&state=expired&until=2026-03-31")
        )
            .Is(200)
            .Items.Single(e => (string?)e["code"] == number);
        Assert.Equal(("检测有限公司", "2026-03-31"), ((string?)expired["holder"], (string?)expired["validTo"]));
        (await caller.GetAsync("/api/v1/regulator/register?type=castle")).Is(400);
        var page = (await caller.GetAsync("/regulator/register?type=market&division=513232&lang=zh-CN")).Is(200).Text;
        Assert.Contains(stall.Code, page, StringComparison.Ordinal);
        var csv = (await caller.GetAsync("/api/v1/regulator/register?type=market&format=csv")).Is(200);
        Assert.Contains(stall.Code, csv.Text, StringComparison.Ordinal);
    }

    static async Task<System.Text.Json.Nodes.JsonNode> AskAsync(Caller caller, string query) =>
        Assert.Single((await caller.GetAsync($"/api/v1/regulator/register?{query}")).Is(200).Items);

    static string? Code(System.Text.Json.Nodes.JsonNode entry) => (string?)entry["code"];

    static string? State(System.Text.Json.Nodes.JsonNode entry) => (string?)entry["state"];
}
