using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Http;

public sealed class Paging_a_list(RunningService running)
{
    static readonly string[] Lists =
    [
        "/api/v1/market/listings",
        "/api/v1/regulator/histories",
        "/api/v1/regulator/accesses",
        "/api/v1/regulator/cases",
        "/api/v1/regulator/register",
    ];

    async Task<(Caller Caller, MarketClient Stall, List<string> Items)> ManyAsync()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
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
        var (rows, pages) = await VisitAsync(caller, $"{path}?market={stall.Code}&limit={limit}");
        Assert.Equal((items.Count + limit - 1) / limit, pages);
        Assert.Equal(items.Order(), rows.Select(i => (string)i["itemId"]!).Order());
    }

    [Fact]
    public async Task Visits_every_reading_once_of_one_reader_and_of_all()
    {
        var caller = await running.CallerAsync();
        var reader = await Goods.OnRollAsync(caller, "REG");
        for (var i = 0; i < 5; i++)
            (await caller.GetAsync($"/api/v1/regulator/histories?limit={i + 1}", ("Ledger-Actor", reader))).Is(200);
        var (own, pages) = await VisitAsync(
            caller,
            $"/api/v1/regulator/accesses?reader={Uri.EscapeDataString(reader)}&limit=2"
        );
        var events = own.Select(e => (string)e["eventId"]!).ToList();
        Assert.Equal((5, 3), (events.Distinct().Count(), pages));
        var (all, _) = await VisitAsync(caller, "/api/v1/regulator/accesses?limit=500");
        Assert.Equal(events, all.Select(e => (string)e["eventId"]!).Where(events.Contains));
    }

    /// <summary>A list that was begun on the last evening of a month does not end at midnight.</summary>
    [Fact]
    public async Task Goes_on_in_the_month_in_which_it_was_begun()
    {
        var caller = await running.CallerAsync();
        var cursor = Projections.Cursor.Of(new(2026, 1, 31, 15, 59, 0, TimeSpan.Zero), Guid.Empty, 1_000_000);
        var page = (await caller.GetAsync($"/regulator/accesses?cursor={cursor}&lang=en")).Is(200).Text;
        Assert.Contains("value=\"2026-01\"", page, StringComparison.Ordinal);
        foreach (var odd in (string[])["0001-01", "1899-12", "10000-01"])
            (await caller.GetAsync($"/api/v1/regulator/accesses?month={odd}")).Refuses(400, "query-malformed");
        foreach (var far in (string[])["1900-01", "9999-12"])
            Assert.Empty((await caller.GetAsync($"/api/v1/regulator/accesses?month={far}")).Is(200).Items);
        var ancient = Projections.Cursor.Of(DateTimeOffset.MinValue, Guid.Empty, 1);
        (await caller.GetAsync($"/api/v1/regulator/accesses?cursor={ancient}")).Is(200);
    }

    [Fact]
    public async Task Visits_every_case_once_the_newest_first()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = (await stall.RegisterAsync("appliance")).Split('/')[^1];
        var opened = new List<string>();
        foreach (var officer in (string[])["W-1", "W-2", "W-3"])
        {
            var body = new
            {
                pattern = "odometer",
                items = new[] { item },
                officer,
            };
            opened.Insert(0, (await caller.PostAsync("/api/v1/cases", body)).Is(201).Id);
        }
        var (all, pages) = await VisitAsync(caller, "/api/v1/regulator/cases?state=open&pattern=odometer&limit=1");
        Assert.Equal(all.Count, pages);
        Assert.Equal(opened, all.Select(c => (string)c["id"]!).Where(opened.Contains));
    }

    [Fact]
    public async Task Visits_every_line_of_the_register_once()
    {
        var caller = await running.CallerAsync();
        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
            codes.Add((await MarketClient.OpenAsync(caller, division: "513338")).Code);
        var (lines, pages) = await VisitAsync(caller, "/api/v1/regulator/register?type=market&division=513338&limit=2");
        Assert.Equal(2, pages);
        Assert.Equal(codes.Order(StringComparer.Ordinal), lines.Select(l => (string)l["code"]!));
    }

    /// <summary>What is opened while somebody reads on neither shows a line twice nor hides one.</summary>
    [Fact]
    public async Task Goes_on_behind_the_line_that_was_shown_last()
    {
        var caller = await running.CallerAsync();
        const string path = "/api/v1/regulator/register?type=market&division=513337&limit=1";
        await OpenMarketAsync(caller, "MK-513337-0002");
        await OpenMarketAsync(caller, "MK-513337-0004");
        var first = (await caller.GetAsync(path)).Is(200);
        Assert.Equal("MK-513337-0002", (string?)Assert.Single(first.Items)["code"]);
        await OpenMarketAsync(caller, "MK-513337-0001");
        var (rest, _) = await VisitAsync(caller, first.Headers["Link"].Split('<', '>')[1]);
        Assert.Equal("MK-513337-0004", (string?)Assert.Single(rest)["code"]);
    }

    static async Task OpenMarketAsync(Caller caller, string code) =>
        (await caller.PostAsync("/api/v1/markets", new { code, name = "市场" })).Is(201);

    /// <summary>All rows from a first page on, by the links.</summary>
    internal static async Task<(List<JsonNode> Rows, int Pages)> VisitAsync(Caller caller, string first)
    {
        var (rows, pages) = (new List<JsonNode>(), 0);
        for (string? next = first; next is not null; pages++)
        {
            Assert.True(pages < 100);
            var page = (await caller.GetAsync(next)).Is(200);
            rows.AddRange(page.Items);
            var link = page.Headers.GetValueOrDefault("Link");
            Assert.Equal((string?)page.Json["next"] is null, link is null);
            next = link?.Split('<', '>')[1];
            if (next is not null)
                Assert.Contains((string)page.Json["next"]!, next, StringComparison.Ordinal);
        }
        return (rows, pages);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("' or 1=1 --")]
    [InlineData("W10")]
    public async Task With_a_forged_cursor_is_400(string cursor)
    {
        var caller = await running.CallerAsync();
        foreach (var path in Lists)
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
