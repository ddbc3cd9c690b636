using System.Globalization;
using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>What is recorded long after it happened needs a reason, which stays with it (domain.md §6).</summary>
public sealed class Recording_late(RunningService running)
{
    static readonly (string, string)[] Regulator = [("Ledger-Role", "REG"), ("Ledger-Actor", Roll.CodeOf("REG")!)];

    static string Ago(double hours) =>
        TimeProvider
            .System.GetUtcNow()
            .AddHours(-hours)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As text: nobody adds a reason to it.</summary>
    static string Registration(string market, double hoursAgo, string? lateReason = null)
    {
        var body = new JsonObject
        {
            ["category"] = "appliance",
            ["identifiers"] = new JsonArray(Goods.NewSerial()),
            ["owner"] = Goods.NewParty(market),
            ["occurredAt"] = Ago(hoursAgo),
        };
        if (lateReason is not null)
            body["lateReason"] = lateReason;
        return body.ToJsonString();
    }

    [Fact]
    public async Task After_three_days_a_reason_is_needed_and_it_is_seen_in_the_history()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        (string, string)[] desk = [("Ledger-Role", "CLK"), ("Ledger-Actor", "clerk"), ("Ledger-Site", stall.Code)];
        var plain = caller.AsItIs();
        Task<Reply> RegisterAsync(string body) => plain.PostAsync("/api/v1/items", body, null, desk);
        (await RegisterAsync(Registration(stall.Code, hoursAgo: 71))).Is(201);
        var refused = (await RegisterAsync(Registration(stall.Code, hoursAgo: 73))).Refuses(
            422,
            "late-entry-needs-reason"
        );
        Assert.Equal("72", (string?)refused.Json["facts"]!["hours"]);
        Assert.NotNull(refused.Json["errors"]!["lateReason"]);
        (await RegisterAsync(Registration(stall.Code, 73, "  "))).Refuses(422, "value-missing");
        var made = (await RegisterAsync(Registration(stall.Code, 73, "断网三日后补录"))).Is(201);
        var told = (await caller.GetAsync($"/api/v1/items/{made.Id}/history")).Is(200).Items.First();
        Assert.Equal("断网三日后补录", (string?)told["lateReason"]);
    }

    [Fact]
    public async Task A_regulator_sets_another_number_of_hours_for_a_market()
    {
        var caller = await running.CallerAsync();
        var (stall, other) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller));
        var plain = caller.AsItIs();
        Task<Reply> RegisterAsync(string market) =>
            plain.PostAsync(
                "/api/v1/items",
                Registration(market, hoursAgo: 100),
                null,
                ("Ledger-Role", "CLK"),
                ("Ledger-Actor", "clerk"),
                ("Ledger-Site", market)
            );
        Task<Reply> SetAsync(int hours, params (string, string)[] by) =>
            plain.PostAsync($"/api/v1/markets/{stall.Code}/late-entry-hours", new { hours }, null, by);
        (await SetAsync(120, ("Ledger-Role", "CLK"), ("Ledger-Site", stall.Code))).Refuses(403, "not-authorised");
        (await SetAsync(0, Regulator)).Refuses(422, "value-out-of-range");
        (await SetAsync(721, Regulator)).Refuses(422, "value-out-of-range");
        (await SetAsync(120, Regulator)).Is(201);
        (await SetAsync(120, Regulator)).Is(200);
        (await RegisterAsync(stall.Code)).Is(201);
        (await RegisterAsync(other.Code)).Refuses(422, "late-entry-needs-reason");
        (await SetAsync(24, Regulator)).Is(201);
        (await RegisterAsync(stall.Code)).Refuses(422, "late-entry-needs-reason");
    }
}
