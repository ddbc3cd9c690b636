using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Support;

namespace Api.Tests.Http;

/// <summary>Each figure of a page opens to its records: a list that has as many, or sums to it.</summary>
public sealed partial class Opening_a_figure
{
    const string County = "510104";

    [Fact]
    public async Task Every_figure_of_every_page_opens_to_as_many_records()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var (first, second) = (
            await MarketClient.OpenAsync(caller, County),
            await MarketClient.OpenAsync(caller, "510703")
        );
        await SellAsync(first, "2025-03-05T02:00:00Z");
        await SellAsync(first, "2025-04-05T02:00:00Z");
        var sold = await SellAsync(second, "2025-04-06T02:00:00Z");
        var indicator = "/api/v1/indicators/used-car-trade";
        foreach (var region in (string[])["510000", "510100"])
        {
            var fixedAt = new
            {
                region,
                year = 2023,
                value = 2_400,
                source = Paper.Hash("doc"),
            };
            (await TwoAsync(caller, $"{indicator}/baselines", fixedAt)).Is(201);
            var growth = new
            {
                region,
                targetYear = 2027,
                growthBp = 5_000,
            };
            (await TwoAsync(caller, $"{indicator}/targets", growth)).Is(201);
        }
        await service.CaughtUpAsync();
        (await TwoAsync(caller, $"{indicator}/reports", new { period = "2025" })).Is(201);
        // Three things change the report: a late sale in each of two places, and a sale that is voided.
        await SellAsync(first, "2025-05-05T02:00:00Z");
        await SellAsync(second, "2025-06-05T02:00:00Z");
        await VoidAsync(caller, sold);
        await service.CaughtUpAsync();

        var opened = 0;
        foreach (
            var page in (string[])
                [
                    "/market/turnover?lang=en",
                    "/market/prices?lang=en",
                    "/regulator/stations?lang=en",
                    "/regulator/register?lang=en",
                    "/regulator/indicators?lang=en&period=2025",
                    "/regulator/indicators?lang=en&period=2025-04",
                    "/regulator/indicators?lang=en&period=2025&within=510700",
                ]
        )
        {
            var links = Links((await caller.GetAsync(page)).Is(200).Text);
            Assert.NotEmpty(links);
            foreach (var (href, figure) in links)
                Assert.Equal((page, href, figure), (page, href, await CountAsync(caller, href)));
            opened += links.Count;
        }
        Assert.InRange(opened, 30, int.MaxValue);

        // The report of the second place: one car more, one less; each cause with its event and its proof.
        var causes = (await caller.GetAsync("/api/v1/regulator/differences?period=2025&within=510700"))
            .Is(200)
            .Items.ToList();
        Assert.Equal([1, -1], causes.Select(c => (int)c["change"]!));
        Assert.Equal(
            ["ownership-transferred.v1", "ownership-transferred-voided.v1"],
            causes.Select(c => (string?)c["type"])
        );
        foreach (var cause in causes)
            (await caller.GetAsync($"/api/v1/receipts/{(string?)cause["eventId"]}")).Is(200);
        Assert.Empty((await caller.GetAsync("/api/v1/regulator/differences?period=2024")).Is(200).Items);

        // A month is held against a month's share of the year.
        var month = Assert.Single(
            (await caller.GetAsync("/api/v1/regulator/indicators?period=2025-04")).Is(200).Items,
            i => (string?)i["region"] == "510000"
        );
        Assert.Equal(
            (2_400L, 200L, 3_600L, 300L),
            (
                (long)month["baseline"]!,
                (long)month["periodBaseline"]!,
                (long)month["target"]!,
                (long)month["periodTarget"]!
            )
        );
        Assert.Equal((int)((long)month["count"]! * 10_000 / 300), (int)month["shareBp"]!);
    }

    /// <summary>Figures that are links, as the page shows them.</summary>
    static List<(string Href, long Figure)> Links(string html) =>
        [
            .. FigureLink()
                .Matches(html)
                .Select(m =>
                    (
                        WebUtility.HtmlDecode(m.Groups[1].Value),
                        long.Parse(
                            m.Groups[2].Value,
                            NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign,
                            CultureInfo.InvariantCulture
                        )
                    )
                ),
        ];

    static async Task<long> CountAsync(Caller caller, string href)
    {
        var count = 0L;
        for (string? next = ""; next is not null; )
        {
            var page = (await caller.GetAsync($"/api/v1{href}{(next.Length == 0 ? "" : $"&cursor={next}")}")).Is(200);
            count += page.Items.Sum(i => (long?)i["change"] ?? 1);
            next = (string?)page.Json["next"];
        }
        return count;
    }

    static async Task VoidAsync(Caller caller, string transfer)
    {
        var parts = transfer.Split("/events/");
        var told = (await caller.GetAsync($"{parts[0]}/history"))
            .Is(200)
            .Items.Single(e => (string?)e["eventId"] == parts[1]);
        var voiding = new { reason = "登记错误", evidence = Paper.Hash("order") };
        (
            await caller.PostAsync(
                $"{transfer}/voidings",
                voiding,
                null,
                ("If-Match", "*"),
                ("Ledger-Role", "STN"),
                ("Ledger-Site", (string)told["site"]!),
                ("Ledger-Second-Actor", Roll.CodeOf("POL")!)
            )
        ).Is(201);
    }

    static Task<Reply> TwoAsync(Caller caller, string path, object body) =>
        caller.PostAsync(path, body, null, ("Ledger-Second-Actor", "officer-2"));

    /// <returns>Address of the event that completed the sale.</returns>
    static async Task<string> SellAsync(MarketClient stall, string at)
    {
        var car = await stall.RegisterAsync(at: at);
        var (deal, id) = await stall.DealAsync(car, at);
        await stall.SettleAsync(deal, 1_000, at);
        return (await stall.RegisterTransferAsync(car, id, at: at)).Location;
    }

    [GeneratedRegex("<a href=\"([^\"]+)\">([+-]?[0-9][0-9,]*)</a>")]
    private static partial Regex FigureLink();
}
