using System.Text;

namespace Api.Tests.Http;

public sealed class Paging_a_list(RunningService running)
{
    async Task<(Caller Caller, Stall Stall, List<string> Items)> ManyAsync()
    {
        var caller = await running.CallerAsync();
        var stall = await Stall.OpenAsync(caller);
        var items = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            // Pairs of one instant: the cursor must part equal times too.
            var at = $"2026-01-0{1 + i / 2}T04:00:00Z";
            var item = await stall.RegisterAsync("appliance", at: at);
            await stall.ListAsync(item, 100 + i, at);
            items.Add(item.Split('/')[^1]);
        }
        await (await running.StartedAsync()).CaughtUpAsync();
        return (caller, stall, items);
    }

    [Theory]
    [InlineData("/api/v1/market/listings", 1)]
    [InlineData("/api/v1/market/listings", 3)]
    [InlineData("/api/v1/market/listings", 7)]
    [InlineData("/api/v1/regulator/histories", 1)]
    [InlineData("/api/v1/regulator/histories", 2)]
    public async Task Visits_every_row_once(string path, int limit)
    {
        var (caller, stall, items) = await ManyAsync();
        var (seen, pages) = (new List<string>(), 0);
        for (string? next = $"{path}?market={stall.Code}&limit={limit}"; next is not null; pages++)
        {
            Assert.True(pages < 10);
            var page = (await caller.GetAsync(next)).Is(200);
            seen.AddRange(page.Items.Select(i => (string)i["itemId"]!));
            var link = page.Headers.GetValueOrDefault("Link");
            Assert.Equal((string?)page.Json["next"] is null, link is null);
            next = link?.Split('<', '>')[1];
            if (next is not null)
                Assert.Contains((string)page.Json["next"]!, next, StringComparison.Ordinal);
        }
        Assert.Equal((items.Count + limit - 1) / limit, pages);
        Assert.Equal(items.Order(), seen.Order());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("' or 1=1 --")]
    [InlineData("W10")]
    public async Task With_a_forged_cursor_is_400(string cursor)
    {
        var caller = await running.CallerAsync();
        foreach (var path in (string[])["/api/v1/market/listings", "/api/v1/regulator/histories"])
            (await caller.GetAsync($"{path}?cursor={Uri.EscapeDataString(cursor)}")).Refuses(400, "cursor-malformed");
    }

    [Theory]
    [InlineData("[1,2,3]")]
    [InlineData("""["2026-01-01T00:00:00.000Z","not a guid",0]""")]
    [InlineData("""["0001-01-01T00:00:00.000Z",null,0]""")]
    [InlineData("""{"at":1}""")]
    public async Task With_a_cursor_of_another_make_is_400(string content)
    {
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));
        var reply = await (await running.CallerAsync()).GetAsync($"/api/v1/market/listings?cursor={cursor}");
        reply.Refuses(400, "cursor-malformed");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("501")]
    [InlineData("99999999999999999999")]
    [InlineData("ten")]
    [InlineData("1.5")]
    public async Task With_a_limit_that_is_none_is_400(string limit)
    {
        var reply = await (await running.CallerAsync()).GetAsync($"/api/v1/market/listings?limit={limit}");
        Assert.NotNull(reply.Refuses(400, "query-malformed").Json["errors"]!["limit"]);
    }
}
