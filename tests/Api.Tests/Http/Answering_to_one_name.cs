using Support;

namespace Api.Tests.Http;

/// <summary>An organisation is one party in every market, by its code and by what markets call it; whoever is recorded
/// acts for what was recorded of him, and nobody else does.</summary>
public sealed class Answering_to_one_name(RunningService running)
{
    static object Lien(string holder) =>
        new
        {
            kind = "mortgage",
            holder,
            since = "2026-01-05",
            occurredAt = Goods.Day,
        };

    static object Of(string holder) => new { holder, occurredAt = Goods.Day };

    static object Name(string word) =>
        new
        {
            word,
            evidence = Paper.Hash("letter"),
            occurredAt = Goods.Day,
        };

    static object Deal(string seller, string buyer) =>
        new
        {
            seller,
            sellerKind = "dealer",
            buyer,
            buyerKind = "person",
            occurredAt = Goods.Day,
        };

    static Task<Reply> SayAsync(
        Caller caller,
        string path,
        object body,
        string role,
        string actor,
        string? site = null,
        string? second = "second"
    ) =>
        caller
            .AsItIs()
            .PostAsync(
                path,
                body,
                null,
                [
                    .. People.Headers(role, site, actor),
                    .. second is null ? [] : new[] { ("Ledger-Second-Actor", second) },
                ]
            );

    static async Task<string> RegisterAsync(MarketClient stall, string owner) =>
        (
            await stall.PostAsync(
                "/api/v1/items",
                new
                {
                    category = "appliance",
                    identifiers = new[] { Goods.NewSerial() },
                    make = "海尔",
                    model = "M1",
                    owner,
                    occurredAt = Goods.Day,
                }
            )
        ).Location;

    [Fact]
    public async Task A_code_is_one_party_in_every_market()
    {
        var caller = await running.CallerAsync();
        var (one, two) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller));
        var owner = Goods.NewUscc();
        var item = await RegisterAsync(one, $"{one.Code}/{owner}");
        (await caller.PostAsync($"{item}/trades", Deal("K-5", "K-6"), null, ("Ledger-Site", two.Code))).Refuses(
            409,
            "seller-not-owner"
        );
        await two.PostAsync($"{item}/trades", Deal(owner.ToLowerInvariant(), "K-6"));
        Assert.Equal(owner, (string?)(await caller.GetAsync(item)).Is(200).Json["owner"]);
    }

    [Fact]
    public async Task A_lien_at_a_desk_is_the_bank_s_once_its_word_is_confirmed()
    {
        var caller = await running.CallerAsync();
        var (stall, other) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller));
        var (bank, stranger) = (
            await Goods.OnRollAsync(caller, "LND", "organisation"),
            await Goods.OnRollAsync(caller, "LND", "organisation")
        );
        var item = await stall.RegisterAsync();
        var word = $"{stall.Code}/BANK-1";
        (await SayAsync(caller, $"{item}/encumbrances", Lien(word), "LND", bank)).Refuses(409, "not-the-holder");
        var lien = await SayAsync(
            caller,
            $"{item}/encumbrances",
            Lien(word),
            "STN",
            "clerk",
            await stall.StationAsync()
        );
        var release = $"{lien.Is(201).Location}/releases";
        foreach (var holder in new[] { word, bank })
            (await SayAsync(caller, release, Of(holder), "LND", bank)).Refuses(409, "not-the-holder");

        var names = $"{Goods.PathOf(bank)}/names";
        (await SayAsync(caller, names, Name("BANK-1"), "CLK", "clerk", stall.Code, null)).Refuses(
            422,
            "counter-signature-missing"
        );
        (await SayAsync(caller, names, Name(word), "CLK", "clerk", other.Code)).Refuses(403, "not-of-this-market");
        (await SayAsync(caller, names, Name(stranger), "CLK", "clerk", stall.Code)).Refuses(
            422,
            "name-of-another-party"
        );
        (await SayAsync(caller, names, Name("BANK-1"), "CLK", "clerk", stall.Code)).Is(201);
        (await SayAsync(caller, names, Name(word), "CLK", "clerk", stall.Code)).Is(200);
        (await SayAsync(caller, $"{Goods.PathOf(stranger)}/names", Name(word), "CLK", "clerk", stall.Code)).Refuses(
            409,
            "name-of-another-party"
        );
        Assert.Equal(
            [word],
            (await caller.GetAsync(Goods.PathOf(bank))).Is(200).Json["names"]!.AsArray().Select(n => (string?)n)
        );

        (await SayAsync(caller, release, Of(word), "LND", stranger)).Refuses(409, "not-the-holder");
        (await SayAsync(caller, release, Of(bank), "LND", bank)).Is(201);
    }

    [Fact]
    public async Task A_person_complains_and_draws_back_in_his_own_deal_only()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        var (deal, tradeId) = await stall.DealAsync(item);
        var cancel = new
        {
            by = "buyer",
            reason = "反悔",
            occurredAt = Goods.Day,
        };
        var complaint = new
        {
            tradeId,
            topic = "condition",
            occurredAt = Goods.Day,
        };
        foreach (var stranger in new[] { "local", Goods.NewParty(stall.Code), Goods.NewUscc() })
        {
            (await SayAsync(caller, $"{deal}/cancellations", cancel, "CON", stranger)).Refuses(403, "not-of-this-deal");
            (await SayAsync(caller, $"{item}/complaints", complaint, "CON", stranger)).Refuses(403, "not-of-this-deal");
        }
        var filed = (await SayAsync(caller, $"{item}/complaints", complaint, "CON", stall.Buyer)).Is(201).Location;
        var settlement = new { outcome = "withdrawn", occurredAt = Goods.Day };
        (await SayAsync(caller, $"{filed}/settlements", settlement, "CON", Goods.NewParty(stall.Code))).Refuses(
            403,
            "not-of-this-deal"
        );
        // Whoever is complained of does not close it.
        (await SayAsync(caller, $"{filed}/settlements", settlement, "CON", stall.Owner)).Refuses(
            403,
            "not-the-complainant"
        );
        (await SayAsync(caller, $"{filed}/settlements", settlement, "CON", stall.Buyer)).Is(201);
        (await SayAsync(caller, $"{deal}/cancellations", cancel, "CON", stall.Buyer)).Is(201);
    }

    [Fact]
    public async Task Stock_is_let_go_by_its_dealer_or_its_market()
    {
        var caller = await running.CallerAsync();
        var (stall, other) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller));
        var item = await stall.RegisterAsync("appliance");
        var stock = new
        {
            dealer = stall.Owner,
            mode = "consign",
            occurredAt = Goods.Day,
        };
        var release = new { reason = "退回", occurredAt = Goods.Day };
        var stranger = Goods.NewParty(stall.Code);
        (await SayAsync(caller, $"{item}/stock", stock, "DLR", stranger)).Refuses(403, "not-the-dealer");
        (await SayAsync(caller, $"{item}/stock", stock, "DLR", stall.Owner)).Is(201);
        (await SayAsync(caller, $"{item}/stock-releases", release, "DLR", stranger)).Refuses(403, "not-the-dealer");
        (await SayAsync(caller, $"{item}/stock-releases", release, "CLK", "clerk", other.Code)).Refuses(
            403,
            "not-the-dealer"
        );
        (await SayAsync(caller, $"{item}/stock-releases", release, "DLR", stall.Owner)).Is(201);
    }

    [Fact]
    public async Task Nobody_records_the_consent_that_he_needs()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        object Consent(params string[] recipients) =>
            new
            {
                purpose = "trade",
                recipients,
                separately = true,
                textHash = Paper.Hash("text"),
                occurredAt = Goods.Day,
            };
        var path = $"{Goods.PathOf(stall.Owner)}/consents";
        (await SayAsync(caller, path, Consent("clerk"), "CLK", "clerk", stall.Code)).Refuses(403, "own-affair");
        (await SayAsync(caller, path, Consent(stall.Code), "CLK", "clerk", stall.Code)).Refuses(403, "own-affair");
        (await SayAsync(caller, path, Consent(), "CLK", "clerk", stall.Code)).Refuses(422, "value-missing");
        (await SayAsync(caller, path, Consent("bank"), "CON", stall.Buyer)).Refuses(409, "not-the-subject");
        var given = (await SayAsync(caller, path, Consent("bank"), "CLK", "clerk", stall.Code)).Is(201);
        var back = new { occurredAt = Goods.Day };
        (await SayAsync(caller, $"{path}/{given.Id}/withdrawals", back, "CON", stall.Buyer)).Refuses(
            409,
            "not-the-subject"
        );
        (await SayAsync(caller, $"{path}/{given.Id}/withdrawals", back, "CON", stall.Owner)).Is(201);
    }

    [Fact]
    public async Task A_registered_person_is_one_whatever_is_said_of_him()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var person = new
        {
            kind = "person",
            @ref = stall.Owner,
            occurredAt = Goods.Day,
        };
        await stall.PostAsync("/api/v1/parties", person);
        var signal = new
        {
            subjectKind = "seller",
            isPerson = false,
            kind = "contract-broken",
            sourceAuthority = "平台",
            sourceDoc = Paper.Hash("doc"),
            legalBasis = "第十三条",
            actEndedOn = "2025-12-01",
            dataClasses = new[] { "religion" },
            occurredAt = Goods.Day,
        };
        (await caller.PostAsync($"{Goods.PathOf(stall.Owner)}/credit-signals", signal)).Refuses(
            422,
            "banned-data-class"
        );
    }

    [Fact]
    public async Task An_exporter_ships_its_own_cars()
    {
        var caller = await running.CallerAsync();
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var batch = await Exporting_a_car.DraftAsync(caller, exporter);
        var stall = await MarketClient.OpenAsync(caller);
        var car = await stall.RegisterAsync();
        var adding = new
        {
            item = car.Split('/')[^1],
            hsCode = "8703234110",
            make = "大众",
            model = "M1",
            firstRegistered = "2020-01-01",
            occurredAt = Goods.Day,
        };
        (await SayAsync(caller, $"{batch}/items", adding, "EXP", exporter)).Refuses(409, "exporter-not-owner");
        (await SayAsync(caller, $"{Goods.PathOf(exporter)}/names", Name(stall.Owner), "CLK", "clerk", stall.Code)).Is(
            201
        );
        Assert.DoesNotContain(
            "exporter-not-owner",
            (await SayAsync(caller, $"{batch}/items", adding, "EXP", exporter)).Text,
            StringComparison.Ordinal
        );
    }
}
