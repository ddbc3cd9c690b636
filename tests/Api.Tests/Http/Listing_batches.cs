namespace Api.Tests.Http;

public sealed class Listing_batches(RunningService running)
{
    [Fact]
    public async Task Come_by_the_page_the_newest_first_and_are_saved_whole()
    {
        var caller = await running.CallerAsync();
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var drafted = new List<string>();
        // A page has twenty at most: a saved list has the others too.
        for (var i = 0; i < 22; i++)
            drafted.Insert(0, (await Exporting_a_car.DraftAsync(caller, exporter)).Split('/')[^1]);
        foreach (var query in (string[])[$"exporter={exporter}&limit=9", $"exporter={exporter}&limit=500", "limit=20"])
        {
            var (rows, _) = await Paging_a_list.VisitAsync(caller, $"/api/v1/exporter/batches?{query}");
            Assert.Equal(drafted, rows.Select(b => (string)b["id"]!).Where(drafted.Contains));
        }
        var saved = (await caller.GetAsync($"/api/v1/exporter/batches?exporter={exporter}&format=csv")).Is(200).Text;
        var lines = saved.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(drafted, lines.Select(line => line.Split(',')[0]).Distinct());
    }

    [Fact]
    public async Task Lead_from_a_page_to_the_next_and_to_the_whole_list()
    {
        var caller = await running.CallerAsync();
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        for (var i = 0; i < 2; i++)
            await Exporting_a_car.DraftAsync(caller, exporter);
        var first = await PageAsync(caller, $"/exporter/batches?exporter={exporter}&limit=1");
        var next = Assert.Single(first, link => link.Contains("cursor=", StringComparison.Ordinal));
        Assert.StartsWith("/exporter/batches?", next, StringComparison.Ordinal);
        var second = await PageAsync(caller, next);
        Assert.DoesNotContain(second, link => link.Contains("cursor=", StringComparison.Ordinal));
        Assert.Contains($"/api/v1/exporter/batches?exporter={exporter}&format=csv", second);
    }

    /// <summary>The links of a page, without the one to its other language.</summary>
    static async Task<List<string>> PageAsync(Caller caller, string path)
    {
        var html = (await caller.GetAsync(path)).Is(200).Text;
        return
        [
            .. html.Split("href=\"")
                .Skip(1)
                .Select(part => System.Net.WebUtility.HtmlDecode(part.Split('"')[0]))
                .Where(link => !link.Contains("lang=", StringComparison.Ordinal)),
        ];
    }
}
