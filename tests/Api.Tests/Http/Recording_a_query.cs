namespace Api.Tests.Http;

/// <summary>Every query of a regulator is itself recorded, with who, why and how much.</summary>
public sealed class Recording_a_query(RunningService running)
{
    [Fact]
    public async Task Puts_it_on_the_readers_record()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        await stall.RegisterAsync();
        var reader = await Goods.OnRollAsync(caller, "REG");
        (
            await caller.GetAsync(
                $"/api/v1/regulator/histories?market={stall.Code}",
                ("Ledger-Actor", reader),
                ("Ledger-Role", "REG"),
                ("Ledger-Purpose", "inspection"),
                ("Ledger-Case", "2026-17")
            )
        ).Is(200);
        var entry = Assert.Single((await caller.GetAsync($"/api/v1/regulator/accesses?reader={reader}")).Is(200).Items);
        Assert.Equal(
            ("register-query-recorded", "histories", "inspection", "2026-17", "REG"),
            (
                (string?)entry["what"],
                (string?)entry["register"],
                (string?)entry["purpose"],
                (string?)entry["case"],
                (string?)entry["role"]
            )
        );
        Assert.Equal("Measures art. 33", (string?)entry["basis"]);
        Assert.Equal("market", (string?)Assert.Single(entry["filters"]!.AsArray()));
        Assert.DoesNotContain(stall.Code, entry["filters"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(
            reader,
            (await caller.GetAsync("/api/v1/regulator/accesses?format=csv")).Is(200).Text,
            StringComparison.Ordinal
        );
        Assert.Empty(
            (await caller.GetAsync($"/api/v1/regulator/accesses?reader={reader}&month=2020-01")).Is(200).Items
        );
        (await caller.GetAsync("/api/v1/regulator/accesses?month=soon")).Is(400);
    }

    /// <summary>A filter that is not understood, or said twice, would show more than was asked for; nothing of it is
    /// recorded.</summary>
    [Theory]
    [InlineData("%00=1", "query-unknown")]
    [InlineData("%E5%BC%A0%E4%B8%89=1", "query-unknown")]
    [InlineData("Market=MK-510100-0001", "query-unknown")]
    [InlineData("limit=1&limit=2", "query-repeated")]
    public async Task Refuses_what_is_no_filter_by_its_name(string query, string code)
    {
        var caller = await running.CallerAsync();
        var reader = await Goods.OnRollAsync(caller, "REG");
        var refused = await caller.GetAsync($"/api/v1/regulator/histories?{query}", ("Ledger-Actor", reader));
        Assert.Equal(
            Uri.UnescapeDataString(query.Split('=')[0]),
            (string?)refused.Refuses(400, code).Json["facts"]!["name"]
        );
        Assert.Empty((await caller.GetAsync($"/api/v1/regulator/accesses?reader={reader}")).Is(200).Items);
    }

    [Fact]
    public async Task Lets_many_queries_of_one_reader_through_at_once()
    {
        var caller = await running.CallerAsync();
        var reader = await Goods.OnRollAsync(caller, "REG");
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(_ => caller.GetAsync("/api/v1/regulator/histories?limit=1", ("Ledger-Actor", reader)))
        );
        Assert.All(replies, r => r.Is(200));
        Assert.Equal(24, (await caller.GetAsync($"/api/v1/regulator/accesses?reader={reader}")).Is(200).Items.Count());
    }

    /// <summary>What one list of purposes and an article do not allow is not shown, and nobody but an authority
    /// asks.</summary>
    [Fact]
    public async Task Asks_who_why_and_under_which_law()
    {
        var caller = await running.CallerAsync();
        var reader = await Goods.OnRollAsync(caller, "REG");
        const string path = "/api/v1/regulator/histories?limit=1";
        (string, string)[] who = [("Ledger-Role", "REG"), ("Ledger-Actor", reader)];
        var plain = caller.AsItIs();
        (await plain.GetAsync(path, ("Ledger-Purpose", "supervision"), ("Ledger-Basis", "art. 33"))).Refuses(
            403,
            "not-authorised"
        );
        (await plain.GetAsync(path, [.. who, ("Ledger-Basis", "art. 33")])).Refuses(422, "purpose-missing");
        (await plain.GetAsync(path, [.. who, ("Ledger-Purpose", "test"), ("Ledger-Basis", "art. 33")])).Refuses(
            422,
            "purpose-not-in-list"
        );
        (await plain.GetAsync(path, [.. who, ("Ledger-Purpose", "case")])).Refuses(422, "basis-missing");
        // As a form says it.
        var said = $"{path}&actor={reader}&role=REG&purpose=case&basis=art.%2033&case=2026-17";
        (await plain.GetAsync(said)).Is(200);
        (await plain.GetAsync($"{said}&format=csv")).Is(200);
        (await plain.GetAsync(said.Replace("/api/v1/", "/", StringComparison.Ordinal))).Is(200);
        var entries = (await caller.GetAsync($"/api/v1/regulator/accesses?reader={reader}")).Is(200).Items.ToList();
        Assert.Equal(3, entries.Count);
        Assert.All(entries, e => Assert.Equal(("case", "art. 33"), ((string?)e["purpose"], (string?)e["basis"])));
        Assert.All(entries, e => Assert.Empty(e["filters"]!.AsArray()));
    }
}
