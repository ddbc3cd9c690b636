using System.IO.Compression;
using System.Net;
using Api.Tests.Cli;
using Api.Tests.Http;
using Support;

namespace Api.Tests.Import;

/// <summary>A day stays the day that was given, in whatever zone the source lies: as it is entered, stored, shown,
/// saved and asked for.</summary>
public sealed class Keeping_a_day_as_given
{
    const string Header = "row_key,source,category,identifiers,event,occurred_at,place,party,facts";

    /// <summary>Days of Shanghai's summers, the days on which its clocks changed, and one of later years.</summary>
    const string Shanghai = $"""
        {Header}
        f19-1,fieldreg,used-car,register:fieldreg/f19-1,ownership-transferred,1988-07-01,,,
        f19-2,fieldreg,used-car,register:fieldreg/f19-2,ownership-transferred,1990-09-16,,,
        f19-3,fieldreg,used-car,register:fieldreg/f19-3,ownership-transferred,1986-05-04,,,
        f19-4,fieldreg,used-car,register:fieldreg/f19-4,ownership-transferred,1992-07-01,,,
        f19-5,fieldreg,used-car,register:fieldreg/f19-5,item-registered,1988-07-01,,,firstRegistered=1988-07-01

        """;

    [Fact]
    public async Task In_the_summers_of_Shanghai_at_every_door()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("19-shanghai-dst.csv", Shanghai);
        Assert.Equal(5, (await ledger.ImportAsync(file, "--kind", "history")).Counts.Recorded);
        foreach (
            var (id, day) in new[]
            {
                ("f19-1", "1988-07-01"),
                ("f19-2", "1990-09-16"),
                ("f19-3", "1986-05-04"),
                ("f19-4", "1992-07-01"),
                ("f19-5", "1988-07-01"),
            }
        )
        {
            var told = await ledger.RunAsync("history", $"register:fieldreg/{id}");
            Assert.All(
                told.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                l => Assert.StartsWith(day, l, StringComparison.Ordinal)
            );
            var json = await ledger.RunAsync("history", $"register:fieldreg/{id}", "--json");
            Assert.All(json.Lines, l => Assert.Equal(day, l.GetProperty("occurredOn").GetString()));
            // As of the day it stands; as of the day before it does not.
            Assert.Equal(0, (await ledger.RunAsync("item", $"register:fieldreg/{id}", "--as-of", day)).Exit);
        }
        Assert.Equal(1, (await ledger.RunAsync("item", "register:fieldreg/f19-1", "--as-of", "1988-06-30")).Exit);

        await using var service = await TestService.StartAsync(connection: ledger.Connection);
        await service.CaughtUpAsync();
        var caller = new Caller(service.Client);
        const string item = "/api/v1/items/register:fieldreg%2Ff19-1";
        var shown = (await caller.GetAsync($"{item}/history")).Is(200).Items.Last();
        Assert.Equal(("1988-07-01", "day"), ((string?)shown["occurredOn"], (string?)shown["precision"]));
        Assert.Equal("1988-07-01", (string?)(await caller.GetAsync(item)).Is(200).Json["ownedSince"]);
        var csv = (await caller.GetAsync($"{item}/history?format=csv")).Is(200).Text;
        Assert.Contains("ownership-transferred.v1,1988-07-01,day", csv, StringComparison.Ordinal);
        var sheet = Sheet((await caller.GetAsync($"{item}/history?format=xlsx")).Is(200).Bytes);
        var page = WebUtility.HtmlDecode(
            (await caller.GetAsync("/items/register:fieldreg%2Ff19-1?lang=en")).Is(200).Text
        );
        foreach (var text in new[] { csv, sheet, page })
        {
            Assert.Contains("1988-07-01", text, StringComparison.Ordinal);
            Assert.DoesNotContain("1988-06-30", text, StringComparison.Ordinal);
        }
        Assert.Equal(2, await FoundAsync(caller, "from=1988-07-01&to=1988-07-01"));
        Assert.Equal(0, await FoundAsync(caller, "from=1988-06-29&to=1988-06-30"));
    }

    /// <summary>East of Shanghai the day begins before Shanghai's, west of it after it; in the far east before the day
    /// itself has begun in UTC by more than half a day.</summary>
    [Theory]
    [InlineData("Asia/Tokyo", "2020-01-15")]
    [InlineData("Pacific/Auckland", "2020-01-15")]
    [InlineData("Pacific/Kiritimati", "2020-01-15")]
    [InlineData("Pacific/Pago_Pago", "2020-01-15")]
    [InlineData("America/New_York", "2020-07-15")]
    [InlineData("Europe/Paris", "1990-03-25")]
    [InlineData("Asia/Shanghai", "1988-07-01")]
    [InlineData("Asia/Shanghai", "1940-06-03")]
    public async Task In_any_zone(string zone, string day)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "days.csv",
            $"{Header}\none,reg,used-car,register:reg/1,ownership-transferred,{day},,,\n"
        );
        var map = ledger.Write(
            "map.json",
            $$"""{ "format": "ledger-map/1", "kind": "history", "zone": "{{zone}}", "columns": { {{string.Join(", ", Header.Split(',').Select(c => $"\"{c}\": {{ \"column\": \"{c}\" }}"))}} } }"""
        );
        var ran = await ledger.ImportAsync(file, "--kind", "history", "--map", map);
        Assert.True(ran.Exit == 0, ran.Out + ran.Error);
        var history = await ledger.RunAsync("history", "register:reg/1", "--json");
        Assert.All(history.Lines, l => Assert.Equal(day, l.GetProperty("occurredOn").GetString()));
        Assert.All(
            (await ledger.RunAsync("history", "register:reg/1")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            l => Assert.StartsWith(day, l, StringComparison.Ordinal)
        );
        var before = $"{DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).AddDays(-1):yyyy-MM-dd}";
        Assert.Equal(1, (await ledger.RunAsync("item", "register:reg/1", "--as-of", before)).Exit);
        Assert.Equal(0, (await ledger.RunAsync("item", "register:reg/1", "--as-of", day)).Exit);
        // The day is in what is signed, too, where the instant alone does not tell it.
        var audit = await ledger.RunAsync("audit");
        Assert.True(audit.Exit == 0, audit.Out + audit.Error);
    }

    /// <summary>A sale whose row gives days counts on the day of its transfer.</summary>
    [Fact]
    public async Task Of_a_sale_s_transfer()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var row = new Sale("one") { Agreed = "2025-02-27" };
        var file = ledger.Write("sales.csv", $"{Sale.Header},transferred_at\n{row.Line},2025-03-01\n");
        await Importing.AllRecordedAsync(ledger, file, 1);
        var told = (await ledger.RunAsync("history", new Sale("one").Identifiers)).Out;
        Assert.Contains("agreedAt=2025-02-27", told, StringComparison.Ordinal);
        Assert.Contains("transferredAt=2025-03-01", told, StringComparison.Ordinal);
        await using var service = await TestService.StartAsync(connection: ledger.Connection);
        await service.CaughtUpAsync();
        var turnover = (await new Caller(service.Client).GetAsync("/api/v1/market/turnover")).Is(200);
        Assert.Equal("2025-03", (string?)Assert.Single(turnover.Items)["month"]);
    }

    static async Task<int> FoundAsync(Caller caller, string filter) =>
        (await caller.GetAsync($"/api/v1/regulator/histories?{filter}", ("Ledger-Purpose", "statistics")))
            .Is(200)
            .Items.Count();

    /// <summary>Every part of a workbook, as text.</summary>
    static string Sheet(byte[] xlsx)
    {
        using var zip = new ZipArchive(new MemoryStream(xlsx));
        return string.Concat(
            zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal))
                .Select(e =>
                {
                    using var reader = new StreamReader(e.Open());
                    return reader.ReadToEnd();
                })
        );
    }
}
