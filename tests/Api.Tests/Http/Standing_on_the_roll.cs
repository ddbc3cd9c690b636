using Support;

namespace Api.Tests.Http;

/// <summary>An authority, a lender and an exporter are what the roll says; the operator names the first regulator, and
/// nobody else of them.</summary>
public sealed class Standing_on_the_roll(RunningService running)
{
    async Task<Reply> SayAsync(string path, object body, string role, string? actor = null)
    {
        var caller = (await running.CallerAsync()).AsItIs();
        return await caller.PostAsync(path, body, null, People.Headers(role, actor: actor));
    }

    /// <summary>A body that is registered and has no role yet.</summary>
    async Task<string> RegisterAsync(string kind)
    {
        var caller = await running.CallerAsync();
        // Puts the regulator on the roll, too.
        await MarketClient.OpenAsync(caller);
        return await Goods.RegisteredAsync(caller, kind);
    }

    Task<Reply> GrantAsync(string code, string role, string by, string? actor = null, string? from = null) =>
        SayAsync($"{Goods.PathOf(code)}/roles", Goods.Grant(role, from), by, actor);

    Task<Reply> EndAsync(string code, string role, string by, string? actor = null) =>
        SayAsync(
            $"{Goods.PathOf(code)}/roles/{role}/endings",
            new { reason = "撤销", occurredAt = Goods.Day },
            by,
            actor
        );

    static object Lien(string holder) =>
        new
        {
            kind = "mortgage",
            holder,
            since = "2026-01-05",
            occurredAt = Goods.Day,
        };

    async Task<Reply> LendAsync(string actor)
    {
        var stall = await MarketClient.OpenAsync(await running.CallerAsync());
        return await SayAsync($"{await stall.RegisterAsync()}/encumbrances", Lien(actor), "LND", actor);
    }

    [Theory]
    [InlineData("REG", "/api/v1/markets", """{"code":"MK-510104-9991","name":"市场"}""")]
    [InlineData("POL", "{0}/holds", """{"authority":"police","docNo":"(2026)12"}""")]
    [InlineData("CUS", "{0}/encumbrances", """{"kind":"mortgage","holder":"BANK-1","since":"2026-01-05"}""")]
    [InlineData("LND", "{0}/encumbrances", """{"kind":"mortgage","holder":"BANK-1","since":"2026-01-05"}""")]
    [InlineData(
        "EXP",
        "/api/v1/exporters",
        """{"code":"91510100MA6CABCD17","name":"公司","fixedOffice":true,"displaySite":true,"tradeExperience":true}"""
    )]
    [InlineData("TAX", "{0}/events/00000000-0000-8000-8000-000000000001/voidings", """{"reason":"错"}""")]
    public async Task Nobody_has_an_authority_s_role_by_his_word(string role, string path, string body)
    {
        var stall = await MarketClient.OpenAsync(await running.CallerAsync());
        var item = await stall.RegisterAsync();
        foreach (var actor in new[] { "local", "police", $"{stall.Code}/K-1", Goods.NewUscc() })
        {
            var caller = (await running.CallerAsync()).AsItIs();
            var reply = await caller.PostAsync(
                path.Replace("{0}", item, StringComparison.Ordinal),
                body,
                null,
                [.. People.Headers(role, actor: actor), ("If-Match", "*")]
            );
            reply.Refuses(403, "role-not-held");
        }
    }

    [Fact]
    public async Task A_lender_acts_from_its_grant_to_its_end()
    {
        var bank = await RegisterAsync("organisation");
        (await LendAsync(bank)).Refuses(403, "role-not-held");
        (await GrantAsync(bank, "LND", "REG")).Is(201);
        (await LendAsync(bank)).Is(201);
        (await EndAsync(bank, "LND", "REG")).Is(201);
        (await LendAsync(bank)).Refuses(403, "role-not-held");
    }

    [Fact]
    public async Task A_role_that_begins_later_is_not_held_yet()
    {
        var bank = await RegisterAsync("organisation");
        (await GrantAsync(bank, "LND", "REG", from: "2099-01-01")).Is(201);
        (await LendAsync(bank)).Refuses(403, "role-not-held");
    }

    /// <summary>Whoever needs no grant is taken at his word, until the roll has ended his role.</summary>
    [Fact]
    public async Task A_role_that_the_roll_has_ended_is_no_longer_taken_at_its_word()
    {
        var laboratory = await RegisterAsync("organisation");
        object Item() =>
            new
            {
                category = "appliance",
                identifiers = new[] { Goods.NewSerial() },
                occurredAt = Goods.Day,
            };
        (await SayAsync("/api/v1/items", Item(), "APR", laboratory)).Is(201);
        (await GrantAsync(laboratory, "APR", "ADM", "operator")).Is(201);
        (await EndAsync(laboratory, "APR", "ADM", "operator")).Is(201);
        (await SayAsync("/api/v1/items", Item(), "APR", laboratory)).Refuses(403, "role-not-held");
        (await SayAsync("/api/v1/items", Item(), "DLR", laboratory)).Is(201);
    }

    [Fact]
    public async Task The_operator_names_the_first_regulator_and_no_other_authority()
    {
        // The regulator of this ledger is named by now.
        var body = await RegisterAsync("state-body");
        foreach (var role in new[] { "REG", "POL", "CUS", "TAX" })
            (await GrantAsync(body, role, "ADM", "operator")).Refuses(403, "not-authorised");
        (await GrantAsync(body, "REG", "CLK", "clerk")).Refuses(403, "not-authorised");
        (await EndAsync(Roll.CodeOf("POL")!, "POL", "ADM", "operator")).Refuses(403, "not-authorised");
        (await GrantAsync(body, "POL", "REG")).Is(201);
        (await GrantAsync(await RegisterAsync("organisation"), "LND", "ADM", "operator")).Is(201);
    }

    [Fact]
    public async Task A_regulator_is_ended_by_another_one_only()
    {
        var other = await RegisterAsync("state-body");
        (await GrantAsync(other, "REG", "REG")).Is(201);
        (await EndAsync(other, "REG", "REG", other)).Refuses(409, "regulator-ends-itself");
        (await EndAsync(other, "REG", "REG")).Is(201);
        (await EndAsync(other, "REG", "REG", other)).Refuses(403, "role-not-held");
    }

    [Fact]
    public async Task An_authority_is_a_state_body()
    {
        var company = await RegisterAsync("organisation");
        (await GrantAsync(company, "POL", "REG")).Refuses(422, "role-not-of-party");
    }
}
