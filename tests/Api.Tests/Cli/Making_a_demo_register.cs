using Sylvan.Data.Csv;

namespace Api.Tests.Cli;

public sealed class Making_a_demo_register
{
    static async Task<string> MakeAsync(ScratchLedger ledger, string name, int rows, int seed, params string[] options)
    {
        var path = Path.Combine(ledger.Folder, name);
        var ran = await LedgerProgram.RunAsync([
            "demo",
            "--rows",
            $"{rows}",
            "--seed",
            $"{seed}",
            "-o",
            path,
            .. options,
        ]);
        Assert.Equal(0, ran.Exit);
        return path;
    }

    static List<(string Key, string Identifiers, string Agreed)> Read(string path)
    {
        using var csv = CsvDataReader.Create(path);
        var (key, id, at) = (csv.GetOrdinal("row_key"), csv.GetOrdinal("identifiers"), csv.GetOrdinal("agreed_at"));
        var rows = new List<(string, string, string)>();
        while (csv.Read())
            rows.Add((csv.GetString(key), csv.GetString(id), csv.RowFieldCount > at ? csv.GetString(at) : ""));
        return rows;
    }

    [Fact]
    public async Task of_the_same_seed_gives_the_same_bytes()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var one = await File.ReadAllBytesAsync(
            await MakeAsync(ledger, "a.csv", 500, 7),
            TestContext.Current.CancellationToken
        );
        var two = await File.ReadAllBytesAsync(
            await MakeAsync(ledger, "b.csv", 500, 7),
            TestContext.Current.CancellationToken
        );
        var other = await File.ReadAllBytesAsync(
            await MakeAsync(ledger, "c.csv", 500, 8),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task gives_rows_that_are_all_recorded_once()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = await MakeAsync(ledger, "sales.csv", 2000, 5);
        var rows = Read(file);
        var items = rows.Select(r => r.Identifiers).Distinct().Count();
        Assert.Equal(2000, rows.Count);
        Assert.InRange(items, 1500, 1999);
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((0, new Counts(2000, 2000, 0, 0, 0, 2000 + items)), (ran.Exit, ran.Counts));
        var stored = await ledger.EventsAsync();
        var again = await ledger.ImportAsync(file);
        Assert.Equal((0, new Counts(2000, 0, 2000, 0, 0, 0)), (again.Exit, again.Counts));
        Assert.Equal(stored, await ledger.EventsAsync());
    }

    [Fact]
    public async Task with_markets_opens_them_before_their_first_sale()
    {
        await using var ledger = await ScratchLedger.OpenAsync(markets: false);
        var markets = Path.Combine(ledger.Folder, "markets.csv");
        var file = await MakeAsync(ledger, "sales.csv", 300, 6, "--markets", markets);
        var lines = File.ReadLines(markets).Count() - 1;
        var early = await ledger.ImportAsync(file);
        Assert.Equal((1, 0L, 300L), (early.Exit, early.Counts.Recorded, early.Counts.Refused));
        var opening = await ledger.ImportAsync(markets, "--kind", "history");
        Assert.True(lines > 10);
        Assert.Equal((0, new Counts(lines, lines, 0, 0, 0, lines)), (opening.Exit, opening.Counts));
        const string opened = "select count(*) from ledger.mt_events where type = 'market-opened.v1'";
        Assert.Equal(lines, await ledger.CountAsync(opened));
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((0, 300L, 0L), (ran.Exit, ran.Counts.Recorded, ran.Counts.Refused));
        Assert.Equal(lines, await ledger.CountAsync(opened));
        var again = await ledger.ImportAsync(markets, "--kind", "history");
        Assert.Equal((0, new Counts(lines, 0, lines, 0, 0, 0)), (again.Exit, again.Counts));
    }

    [Fact]
    public async Task with_faults_adds_rows_that_are_refused_or_known()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = await MakeAsync(ledger, "sales.csv", 1000, 9, "--faults", "150");
        var rows = Read(file);
        var extra = rows.Count - 1000;
        Assert.InRange(extra, 50, 400);
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, (long)rows.Count, 1000L), (ran.Exit, ran.Counts.Read, ran.Counts.Recorded));
        Assert.Equal(extra, ran.Counts.Known + ran.Counts.Refused);
        Assert.True(ran.Counts.Known > 0 && ran.Counts.Refused > 0);
        var rejected = ScratchLedger.Rejected($"{file}.rejected.csv");
        Assert.Equal(ran.Counts.Refused, rejected.Count);
        Assert.Contains("field-count", rejected.Select(r => r["code"]));
        Assert.Contains("value-out-of-range", rejected.Select(r => r["code"]));
        Assert.InRange(rejected.Select(r => r["code"]).Distinct().Count(), 4, 20);
    }

    [Fact]
    public async Task of_no_rows_writes_a_header()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = await MakeAsync(ledger, "sales.csv", 0, 1);
        Assert.StartsWith(
            "row_key,market,",
            Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))
        );
    }
}
