using System.Net;

namespace Api.Tests.Http;

/// <summary>A market sees what it does wrong, how often and under which article: counts, no content.</summary>
public sealed class Counting_what_was_refused(RunningService running)
{
    [Fact]
    public async Task By_code_rule_and_market()
    {
        var caller = await running.CallerAsync();
        var (stall, other) = (await MarketClient.OpenAsync(caller), await MarketClient.OpenAsync(caller));
        var item = await stall.RegisterAsync("appliance");
        var listing = new
        {
            market = stall.Code,
            askFen = 1_000,
            seller = stall.Owner,
            occurredAt = Goods.Day,
        };
        var desk = ("Ledger-Site", stall.Code);
        (await caller.PostAsync($"{item}/listings", listing, null, desk)).Is(201);
        foreach (var _ in Enumerable.Range(0, 2))
            (await caller.PostAsync($"{item}/listings", listing, null, desk)).Refuses(409, "already-listed");
        // A value that is no value never comes to be decided, and counts all the same.
        var nothing = listing with
        {
            askFen = -1,
        };
        (await caller.PostAsync($"{item}/listings", nothing, null, desk)).Refuses(422, "value-out-of-range");
        // A phone before the law's day: first a warning that nobody acknowledged, then a record with it.
        var phone = await stall.RegisterAsync("electronics");
        (await caller.PostAsync($"{phone}/listings", listing, null, desk)).Is(201);

        var told = await ToldAsync(caller, $"market={stall.Code}");
        Assert.Equal(2, told["refused already-listed"]);
        Assert.Equal(1, told["refused value-out-of-range"]);
        Assert.Equal(1, told["refused warning-not-acknowledged wipe-gate-resale"]);
        Assert.Equal(1, told["warned wipe-gate-resale"]);
        Assert.Empty(await ToldAsync(caller, $"market={other.Code}"));
        Assert.Empty(await ToldAsync(caller, $"market={stall.Code}&to=2026-01-05"));
        var page = WebUtility.HtmlDecode((await caller.GetAsync($"/market/refusals?market={stall.Code}")).Is(200).Text);
        Assert.Contains("警告后登记", page, StringComparison.Ordinal);
        Assert.DoesNotContain(stall.Owner, page, StringComparison.Ordinal);
    }

    static async Task<Dictionary<string, int>> ToldAsync(Caller caller, string filter) =>
        (await caller.GetAsync($"/api/v1/market/refusals?{filter}"))
            .Is(200)
            .Items.ToDictionary(
                i => string.Join(' ', new[] { i["kind"], i["code"], i["ruleId"] }.OfType<object>()),
                i => (int)i["count"]!
            );
}
