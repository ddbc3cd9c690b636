using System.IO.Compression;
using System.Text;

namespace Api.Tests.Http;

public sealed class Saving_a_list(RunningService running)
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    async Task<(Caller Caller, MarketClient Stall, string Item)> ListedAsync(string make)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance", make: make);
        await stall.ListAsync(item, 1_234);
        await (await running.StartedAsync()).CaughtUpAsync();
        return (caller, stall, item);
    }

    [Theory]
    [InlineData("", "text/csv")]
    [InlineData("&format=csv", "*/*")]
    [InlineData("&format=csv", "application/json")]
    public async Task Comes_as_CSV(string format, string accept)
    {
        var (caller, stall, _) = await ListedAsync("海尔");
        var reply = await caller.GetAsync($"/api/v1/market/listings?market={stall.Code}{format}", ("Accept", accept));
        Assert.Equal("text/csv; charset=utf-8", reply.Is(200).Type);
        Assert.Contains("listings.csv", reply.Headers["Content-Disposition"], StringComparison.Ordinal);
        var lines = reply.Text.Split("\r\n");
        Assert.StartsWith("itemId,listingId,market,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",海尔,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",1234,", lines[1], StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(lines[2..]));
    }

    [Theory]
    [InlineData("=1+1", ",'=1+1,")]
    [InlineData("=cmd|'/c calc'!A1", ",'=cmd|'/c calc'!A1,")]
    [InlineData("@SUM(A1)", ",'@SUM(A1),")]
    [InlineData("-2", ",'-2,")]
    [InlineData("+2", ",'+2,")]
    [InlineData("＝1", ",'＝1,")]
    [InlineData("a,b\"c", ",\"a,b\"\"c\",")]
    public async Task A_cell_of_CSV_is_no_formula(string make, string cell)
    {
        var (caller, stall, _) = await ListedAsync(make);
        var reply = await caller.GetAsync($"/api/v1/market/listings?market={stall.Code}&format=csv");
        Assert.Contains(cell, reply.Is(200).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", Xlsx)]
    [InlineData("&format=xlsx", "*/*")]
    public async Task Comes_as_a_workbook(string format, string accept)
    {
        var (caller, stall, _) = await ListedAsync("=1+1");
        var reply = await caller.GetAsync($"/api/v1/market/listings?market={stall.Code}{format}", ("Accept", accept));
        Assert.Equal(Xlsx, reply.Is(200).Type);
        var sheet = Sheet(reply.Bytes);
        Assert.Contains("itemId", sheet, StringComparison.Ordinal);
        Assert.Contains("=1+1", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("<x:f>", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/market/turnover", "month,")]
    [InlineData("/api/v1/regulator/histories", "itemId,")]
    [InlineData("/api/v1/markets", "code,")]
    public async Task Every_list_has_its_heading_in_both(string path, string heading)
    {
        var (caller, _, _) = await ListedAsync("海尔");
        var query = path.EndsWith("markets", StringComparison.Ordinal) ? "?" : "?market=MK-510104-9999&";
        var csv = (await caller.GetAsync($"{path}{query}format=csv")).Is(200);
        Assert.StartsWith(heading, csv.Text, StringComparison.Ordinal);
        Assert.Contains(
            heading.TrimEnd(','),
            Sheet((await caller.GetAsync($"{path}{query}format=xlsx")).Is(200).Bytes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_history_comes_whole()
    {
        var (caller, _, item) = await ListedAsync("海尔");
        var csv = (await caller.GetAsync($"{item}/history", ("Accept", "text/csv"))).Is(200);
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("item-registered.v1,2026-01-05T02:00:00.000Z,", lines[1], StringComparison.Ordinal);
        var xlsx = (await caller.GetAsync($"{item}/history?format=xlsx")).Is(200);
        Assert.Contains("item-listed.v1", Sheet(xlsx.Bytes), StringComparison.Ordinal);
    }

    static string Sheet(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }
        return text.ToString();
    }
}
