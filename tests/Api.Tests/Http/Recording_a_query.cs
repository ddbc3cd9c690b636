namespace Api.Tests.Http;

/// <summary>Every query of a regulator is itself recorded, with who, why and how much.</summary>
public sealed class Recording_a_query(RunningService running)
{
    [Fact]
    public async Task Puts_it_on_the_readers_record()
    {
        var caller = await running.CallerAsync();
        var stall = await Stall.OpenAsync(caller);
        await stall.RegisterAsync();
        var reader = $"inspector-{stall.Code}";
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
}
