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
        var (rows, pages) = await VisitAsync(caller, $"{path}?market={stall.Code}&limit={limit}");
        Assert.Equal((items.Count + limit - 1) / limit, pages);
        Assert.Equal(items.Order(), rows.Select(i => (string)i["itemId"]!).Order());
    }

    [Fact]
    public async Task Visits_every_reading_once_of_one_reader_and_of_all()
    {
        var caller = await running.CallerAsync();
        var reader = Goods.NewParty(Goods.NewMarket());
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
        Assert.Equal(
            all.Select(e => (string)e["at"]!).OrderDescending(StringComparer.Ordinal),
            all.Select(e => (string)e["at"]!)
        );
    }

    [Fact]
    public async Task Visits_every_case_once_the_newest_first()
    {
        var caller = await running.CallerAsync();
        var stall = await Stall.OpenAsync(caller);
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
            codes.Add((await Stall.OpenAsync(caller, division: "513338")).Code);
        var (lines, pages) = await VisitAsync(caller, "/api/v1/regulator/register?type=market&division=513338&limit=2");
        Assert.Equal(2, pages);
        Assert.Equal(codes.Order(StringComparer.Ordinal), lines.Select(l => (string)l["code"]!));
    }

    /// <summary>All rows from a first page on, by the links.</summary>
    static async Task<(List<JsonNode> Rows, int Pages)> VisitAsync(Caller caller, string first)
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
