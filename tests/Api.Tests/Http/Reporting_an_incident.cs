using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>One report suspends everything wiped with that tool in that time; its end settles it.</summary>
public sealed class Reporting_an_incident(RunningService running)
{
    [Fact]
    public async Task Suspends_what_is_in_its_scope_and_nothing_else()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        // A tool of this test's own: others wipe beside it.
        var tool = $"cleaner-{stall.Code}";
        var inside = await WipedAsync(stall, tool, "4.2");
        var otherVersion = await WipedAsync(stall, tool, "4.3");

        var reported = await caller.PostAsync("/api/v1/incidents", Report(tool, "2026-01-05T03:05:00Z"));
        reported.Is(201);
        await BecomesAsync(caller, inside, "suspect");
        Assert.Equal("attested", await StateAsync(caller, otherVersion));

        var shown = await ReachesOneAsync(caller, reported.Location, "suspended");
        Assert.Equal("open", (string?)shown["state"]);

        (await caller.PostAsync($"{reported.Location}/closures", new { outcome = "unfounded" })).Is(201);
        await BecomesAsync(caller, inside, "attested");
        (await caller.PostAsync($"{reported.Location}/closures", new { outcome = "confirmed" })).Refuses(
            409,
            "wrong-state"
        );
    }

    [Fact]
    public async Task Reaches_what_one_operator_wiped_with_whatever_tool()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var inside = await WipedAsync(stall, $"cleaner-{stall.Code}", "4.2", "W-07");
        var others = await WipedAsync(stall, $"cleaner-{stall.Code}", "4.2");
        var scope = new { finding = "操作人未按规程", @operator = $"{stall.Code}/W-07" };
        var alone = new { finding = "操作人未按规程", @operator = "W-07" };
        (await caller.PostAsync("/api/v1/incidents", alone)).Refuses(422, "value-malformed");
        var reported = (await caller.PostAsync("/api/v1/incidents", scope)).Is(201);
        await BecomesAsync(caller, inside, "suspect");
        Assert.Equal("attested", await StateAsync(caller, others));
        var shown = (await caller.GetAsync(reported.Location)).Is(200).Json;
        Assert.Equal(scope.@operator, (string?)shown["operator"]);
        Assert.Single(shown["reaches"]!.AsArray());
    }

    [Fact]
    public async Task Leaves_what_was_finished_after_its_end_and_revokes_where_it_was_true()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var tool = $"cleaner-{stall.Code}";
        var wiped = await WipedAsync(stall, tool, "4.2");
        var before = (await caller.PostAsync("/api/v1/incidents", Report(tool, "2026-01-05T03:04:59.999Z"))).Is(201);
        var exact = (await caller.PostAsync("/api/v1/incidents", Report(tool, "2026-01-05T03:05:00Z"))).Is(201);
        await BecomesAsync(caller, wiped, "suspect");
        Assert.Empty((await caller.GetAsync(before.Location)).Is(200).Json["reaches"]!.AsArray());
        (await caller.PostAsync($"{exact.Location}/closures", new { outcome = "confirmed" })).Is(201);
        await BecomesAsync(caller, wiped, "uncleared");
    }

    [Fact]
    public async Task Holds_the_tool_while_it_is_open()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var tool = $"cleaner-{stall.Code}";
        var reported = (await caller.PostAsync("/api/v1/incidents", Report(tool, "2026-06-30T00:00:00Z"))).Is(201);
        var (item, wipe) = await ReadyAsync(stall, tool, "4.2");
        (await caller.PostAsync($"{item}/wipes", wipe)).Refuses(409, "tool-under-incident");
        (await caller.PostAsync($"{reported.Location}/closures", new { outcome = "unfounded" })).Is(201);
        (await caller.PostAsync($"{item}/wipes", wipe)).Is(201);
    }

    [Fact]
    public async Task Needs_a_scope_and_an_incident()
    {
        var caller = await running.CallerAsync();
        (await caller.PostAsync("/api/v1/incidents", new { finding = "x" })).Refuses(422, "scope-empty");
        var unknown = $"/api/v1/incidents/{Guid.NewGuid()}";
        (await caller.GetAsync(unknown)).Refuses(404, "incident-not-found");
        (await caller.PostAsync($"{unknown}/closures", new { outcome = "unfounded" })).Refuses(
            404,
            "incident-not-found"
        );
    }

    static readonly string[] Versions = ["4.2"];
    static readonly int[] First = [0];
    static readonly string[] Docs = [Paper.Hash("report")];

    static object Report(string tool, string to) =>
        new
        {
            finding = "照片被恢复",
            tool,
            versions = Versions,
            from = "2026-01-01T00:00:00Z",
            to,
        };

    static async Task<string> WipedAsync(MarketClient stall, string tool, string version, string by = "W-01")
    {
        var (item, wipe) = await ReadyAsync(stall, tool, version, by);
        await stall.PostAsync($"{item}/wipes", wipe);
        return item;
    }

    static async Task<(string Item, object Wipe)> ReadyAsync(
        MarketClient stall,
        string tool,
        string version,
        string by = "W-01"
    )
    {
        var item = await stall.RegisterAsync("electronics");
        var intake = (await stall.PostAsync($"{item}/intakes", new { reason = "wipe", occurredAt = Goods.Day })).Id;
        await stall.PostAsync(
            $"{item}/media",
            new { media = new[] { new { ix = 0, type = "ufs" } }, occurredAt = Goods.Day }
        );
        await stall.PostAsync(
            $"{item}/wipe-consents",
            new
            {
                intakeId = intake,
                media = First,
                method = "purge",
                effect = "gone",
                subject = stall.Owner,
                occurredAt = Goods.Day,
            }
        );
        return (
            item,
            new
            {
                intakeId = intake,
                mediumIx = 0,
                evidence = new { technique = "ufs-purge", result = "ok" },
                tool = new { name = tool, version },
                startedAt = "2026-01-05T03:00:00Z",
                finishedAt = "2026-01-05T03:05:00Z",
                @operator = by,
                docs = Docs,
            }
        );
    }

    static async Task<string?> StateAsync(Caller caller, string item) =>
        (string?)(await caller.GetAsync(item)).Is(200).Json["dataState"];

    /// <summary>The incident once its only reach is so: that is a view's, which may come later than the item
    /// itself.</summary>
    static Task<JsonNode> ReachesOneAsync(Caller caller, string incident, string state) =>
        Patience.FoundAsync(async () =>
        {
            var shown = (await caller.GetAsync(incident)).Is(200).Json;
            return (string?)Assert.Single(shown["reaches"]!.AsArray())!["state"] == state ? shown : null;
        });

    /// <summary>The sweep looks every second; half a minute is more than any machine needs.</summary>
    static async Task BecomesAsync(Caller caller, string item, string state)
    {
        await Patience.FoundAsync(async () => await StateAsync(caller, item) == state ? state : null);
    }
}
