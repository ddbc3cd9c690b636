namespace Api.Tests.Http;

public sealed class Reading_an_item(RunningService running)
{
    async Task<(Caller Caller, string Item)> ListedAsync()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        await stall.ListAsync(item, at: "2026-01-08T02:00:00Z");
        // Told last, happened before: two times of one event.
        await stall.PostAsync(
            $"{item}/repairs",
            new
            {
                outcome = "fixed",
                work = "换胎",
                occurredAt = "2026-01-06T02:00:00Z",
            }
        );
        return (caller, item);
    }

    [Fact]
    public async Task Its_history_is_in_the_order_of_what_happened()
    {
        var (caller, item) = await ListedAsync();
        var history = (await caller.GetAsync($"{item}/history")).Is(200);
        Assert.Equal(
            ["item-registered.v1", "repair-recorded.v1", "item-listed.v1"],
            history.Items.Select(e => (string?)e["type"])
        );
        Assert.Equal([1L, 3, 2], history.Items.Select(e => (long)e["version"]!));
        Assert.Equal("\"3\"", history.ETag);
        Assert.True(history.Json.AsObject().ContainsKey("next"));
    }

    [Fact]
    public async Task A_line_of_its_history_has_the_agreed_shape()
    {
        var (caller, item) = await ListedAsync();
        var listed = (await caller.GetAsync($"{item}/history")).Items.Last();
        Assert.Equal("2026-01-08T02:00:00.000Z", (string?)listed["occurredAt"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string?)listed["recordedAt"]);
        Assert.True(Guid.TryParse((string?)listed["eventId"], out _));
        Assert.Equal(1_000, (long?)listed["facts"]!["askFen"]);
        Assert.Equal("CNY", (string?)listed["facts"]!["currency"]);
        var one = await caller.GetAsync($"{item}/events/{listed["eventId"]}");
        Assert.Equal((string?)listed["eventId"], (string?)one.Is(200).Json["eventId"]);
        (await caller.GetAsync($"{item}/events/019b0000-0000-7000-8000-00000000dead")).Refuses(404, "event-not-found");
    }

    [Fact]
    public async Task As_of_a_time_only_what_had_happened_counts()
    {
        var (caller, item) = await ListedAsync();
        Assert.Equal(2, (await caller.GetAsync($"{item}/history?asOf=2026-01-07")).Items.Count());
        Assert.Single((await caller.GetAsync($"{item}/history?asOf=2026-01-05")).Items);
        Assert.Equal("held", (string?)(await caller.GetAsync($"{item}?asOf=2026-01-07")).Json["life"]);
        Assert.Equal("listed", (string?)(await caller.GetAsync($"{item}?asOf=2026-01-08T02:00:00Z")).Json["life"]);
        (await caller.GetAsync($"{item}?asOf=2026-01-04")).Refuses(404, "item-not-found");
        (await caller.GetAsync($"{item}/history?asOf=2026-01-04")).Refuses(404, "item-not-found");
    }

    [Fact]
    public async Task Known_at_a_time_only_what_had_been_recorded_counts()
    {
        var (caller, item) = await ListedAsync();
        var events = (await caller.GetAsync($"{item}/history")).Items.OrderBy(e => (long)e["version"]!).ToList();
        var second = (string)events[1]["recordedAt"]!;
        var known = (await caller.GetAsync($"{item}/history?knownAt={second}")).Is(200);
        var expected = events.Where(e => string.CompareOrdinal((string)e["recordedAt"]!, second) <= 0);
        Assert.Equal(
            expected.Select(e => (string?)e["eventId"]).Order(),
            known.Items.Select(e => (string?)e["eventId"]).Order()
        );
        var both = await caller.GetAsync($"{item}/history?knownAt={second}&asOf=2026-01-05");
        Assert.Single(both.Items);
        (await caller.GetAsync($"{item}?knownAt=2026-01-05")).Refuses(404, "item-not-found");
    }

    [Theory]
    [InlineData("asOf=yesterday")]
    [InlineData("asOf=2026-02-30")]
    [InlineData("knownAt=2026-01-05T02:00:00")]
    [InlineData("knownAt=1e9")]
    public async Task At_a_time_that_is_none_is_400(string query)
    {
        var (caller, item) = await ListedAsync();
        (await caller.GetAsync($"{item}?{query}")).Refuses(400, "query-malformed");
        var history = (await caller.GetAsync($"{item}/history?{query}")).Refuses(400, "query-malformed");
        Assert.NotNull(history.Json["errors"]![query.Split('=')[0]]);
    }

    [Fact]
    public async Task That_has_not_changed_is_304()
    {
        var (caller, item) = await ListedAsync();
        var etag = (await caller.GetAsync(item)).ETag;
        Assert.Equal("", (await caller.GetAsync(item, ("If-None-Match", etag))).Is(304).Text);
        (await caller.GetAsync(item, ("If-None-Match", "\"1\""))).Is(200);
    }
}
