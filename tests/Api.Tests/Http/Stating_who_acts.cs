namespace Api.Tests.Http;

public sealed class Stating_who_acts(RunningService running)
{
    [Fact]
    public async Task It_stands_in_the_history()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var registered = await caller.PostAsync(
            "/api/v1/items",
            Body(),
            null,
            ("Ledger-Actor", "P-77"),
            ("Ledger-Role", "CLK"),
            ("Ledger-Site", stall.Code)
        );
        var told = Assert.Single((await caller.GetAsync($"{registered.Is(201).Location}/history")).Items);
        Assert.Equal("P-77", (string?)told["actor"]);
        Assert.Equal("CLK", (string?)told["role"]);
        Assert.Equal(stall.Code, (string?)told["site"]);
        Assert.Equal($"{stall.Code}/K-1", (string?)told["facts"]!["owner"]);
    }

    [Fact]
    public async Task Nobody_stated_is_the_local_administrator_who_may_not()
    {
        var caller = (await running.CallerAsync()).AsItIs();
        var refused = (await caller.PostAsync("/api/v1/items", Body())).Refuses(403, "not-authorised");
        Assert.Equal("ADM", (string?)refused.Json["facts"]!["role"]);
        Assert.Contains("CLK", (string?)refused.Json["facts"]!["may"], StringComparison.Ordinal);
        (await caller.PostAsync("/api/v1/items", Body(), null, ("Ledger-Role", "CLK"))).Refuses(422, "site-missing");
        var stall = await MarketClient.OpenAsync(new((await running.StartedAsync()).Client));
        (await caller.PostAsync("/api/v1/items", Body(), null, ("Ledger-Role", "CLK"), ("Ledger-Site", stall.Code))).Is(
            201
        );
    }

    [Theory]
    [InlineData("Ledger-Role", "KING")]
    [InlineData("Ledger-Role", "clk")]
    [InlineData("Ledger-Second-Actor", "local")]
    public async Task What_cannot_be_is_400(string header, string value)
    {
        var caller = await running.CallerAsync();
        (await caller.PostAsync("/api/v1/items", Body(), null, (header, value))).Refuses(400, "actor-malformed");
        (await caller.AsItIs().GetAsync("/api/v1/regulator/histories", (header, value))).Refuses(
            400,
            "actor-malformed"
        );
    }

    [Theory]
    [InlineData("Ledger-Actor")]
    [InlineData("Ledger-Site")]
    [InlineData("Ledger-Second-Actor")]
    public async Task What_is_too_long_is_400(string header)
    {
        var caller = await running.CallerAsync();
        var reply = await caller.PostAsync("/api/v1/items", Body(), null, (header, new string('a', 129)));
        reply.Refuses(400, "actor-malformed");
    }

    [Fact]
    public async Task A_correction_by_somebody_else_needs_the_recorder()
    {
        var caller = await running.CallerAsync();
        var item = (await caller.PostAsync("/api/v1/items", Body(), null, ("Ledger-Actor", "a"))).Is(201);
        var path = $"{item.Location}/events/{item.Json["eventIds"]![0]}/corrections";
        var body = new { reason = "r", facts = new { make = "海尔" } };
        var alone = await caller.PostAsync(path, body, null, ("Ledger-Actor", "b"), ("If-Match", item.ETag));
        alone.Refuses(403, "not-the-recorder");
        (
            await caller.PostAsync(
                path,
                body,
                null,
                ("Ledger-Actor", "b"),
                ("Ledger-Second-Actor", "c"),
                ("If-Match", item.ETag)
            )
        ).Refuses(403, "not-the-recorder");
        // The recorder's counter-signature makes nobody else the recorder, but a regulator.
        (
            await caller.PostAsync(
                path,
                body,
                null,
                ("Ledger-Actor", "b"),
                ("Ledger-Second-Actor", "a"),
                ("If-Match", item.ETag)
            )
        ).Refuses(403, "not-the-recorder");
        var signed = await caller.PostAsync(
            path,
            body,
            null,
            ("Ledger-Role", "REG"),
            ("Ledger-Second-Actor", "a"),
            ("If-Match", item.ETag)
        );
        signed.Is(201);
    }

    static object Body() =>
        new
        {
            category = "appliance",
            identifiers = new[] { Goods.NewSerial() },
            owner = "K-1",
            occurredAt = Goods.Day,
        };

    /// <summary>Paths are found in any case, and pass the same entrance.</summary>
    [Theory]
    [InlineData("/api/v1/items/tag:1")]
    [InlineData("/API/V1/items/tag:1")]
    [InlineData("/Api/v1/markets/MK-510104-0001")]
    public async Task Whoever_reads_says_who_he_is(string path) =>
        (await (await running.CallerAsync()).GetAsync(path, ("Ledger-Role", "KING"))).Refuses(400, "actor-malformed");
}
