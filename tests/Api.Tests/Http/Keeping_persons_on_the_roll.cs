namespace Api.Tests.Http;

/// <summary>A person stands on the roll by a market's word, never by a name.</summary>
public sealed class Keeping_persons_on_the_roll(RunningService running)
{
    [Fact]
    public async Task A_person_stands_by_the_markets_word_alone()
    {
        var caller = await running.CallerAsync();
        var word = Goods.NewParty(Goods.NewMarket());
        var person = new { kind = "person", @ref = word };
        var location = (await caller.PostAsync("/api/v1/parties", person)).Is(201).Location;
        var now = (await caller.GetAsync(location)).Is(200).Json;
        Assert.Equal((word, "person", null), ((string?)now["ref"], (string?)now["kind"], (string?)now["name"]));
        var named = new
        {
            kind = "person",
            @ref = Goods.NewParty("MK-510104-0001"),
            name = "王某",
        };
        (await caller.PostAsync("/api/v1/parties", named)).Refuses(422, "personal-data-in-public-field");
        (await caller.PostAsync("/api/v1/parties", new { kind = "person", @ref = "13800138000" })).Is(422);
    }

    /// <summary>Under a word alone there would be two of the person: a role ended here would be held there.</summary>
    [Fact]
    public async Task A_person_is_one_however_the_market_writes_the_word()
    {
        var caller = await running.CallerAsync();
        var market = Goods.NewMarket();
        var word = Goods.NewParty(market).Split('/')[1];
        var alone = new { kind = "person", @ref = word };
        (await caller.PostAsync("/api/v1/parties", alone)).Refuses(422, "value-malformed");
        (await caller.GetAsync(Goods.PathOf(word))).Refuses(422, "value-malformed");
        var itself = ("Ledger-Actor", market);
        var location = (await caller.PostAsync("/api/v1/parties", alone, null, itself)).Is(201).Location;
        Assert.Equal(Goods.PathOf($"{market}/{word}"), location);
        foreach (var other in (string[])[$"{market}/ {word}", $"{market.ToLowerInvariant()}/{word}"])
        {
            var written = new { kind = "person", @ref = other };
            (await caller.PostAsync("/api/v1/parties", written)).Refuses(409, "party-exists");
            (await caller.GetAsync(Goods.PathOf(other))).Is(200);
        }
    }

    /// <summary>A code is an organisation's or a market's: who took it would keep them from the roll.</summary>
    [Fact]
    public async Task A_person_takes_nobodys_code()
    {
        var caller = await running.CallerAsync();
        foreach (var code in (string[])[Goods.NewUscc(), Goods.NewMarket()])
            (await caller.PostAsync("/api/v1/parties", new { kind = "person", @ref = code })).Refuses(
                422,
                "value-malformed"
            );
    }

    /// <summary>It has the shape of an organisation's code, and is none.</summary>
    [Fact]
    public async Task A_resident_number_is_refused_wherever_a_party_is_named()
    {
        var caller = await running.CallerAsync();
        const string number = "11010519491231002X";
        var person = new { kind = "person", @ref = number };
        (await caller.PostAsync("/api/v1/parties", person)).Refuses(422, "personal-data-in-public-field");
        foreach (var path in (string[])["", "/keys", "/credit-readers"])
            (await caller.GetAsync($"{Goods.PathOf(number)}{path}")).Refuses(422, "personal-data-in-public-field");
        var consent = new { purpose = "trade", separately = true };
        (await caller.PostAsync($"{Goods.PathOf(number)}/consents", consent)).Refuses(
            422,
            "personal-data-in-public-field"
        );
    }
}
