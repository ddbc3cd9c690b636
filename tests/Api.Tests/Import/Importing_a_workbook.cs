using System.IO.Compression;
using Api.Tests.Cli;
using MiniExcelLibs;

namespace Api.Tests.Import;

public sealed class Importing_a_workbook
{
    static readonly string[] Header = Sale.Header.Split(',');

    static string Row(int number, Sale sale) => Workbook.Row(number, sale.Cells);

    [Fact]
    public async Task records_its_rows()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = Path.Combine(ledger.Folder, "sales.xlsx");
        var rows = Enumerable
            .Range(0, 600)
            .Select(i => new Sale($"r{i}").Cells)
            .Select(cells => Header.Zip(cells).ToDictionary(p => p.First, p => (object)p.Second));
        await MiniExcel.SaveAsAsync(file, rows, cancellationToken: TestContext.Current.CancellationToken);
        await Importing.AllRecordedAsync(ledger, file, 600);
    }

    [Fact]
    public async Task reads_numbers_and_days_of_cells()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = Path.Combine(ledger.Folder, "sales.xlsx");
        var row = Header.Zip(new Sale("one").Cells).ToDictionary(p => p.First, p => (object)p.Second);
        (row["price_fen"], row["agreed_at"]) = (1_234_567_890L, new DateTime(2025, 3, 1));
        await MiniExcel.SaveAsAsync(file, new[] { row }, cancellationToken: TestContext.Current.CancellationToken);
        await Importing.AllRecordedAsync(ledger, file, 1);
        var history = await ledger.RunAsync("history", new Sale("one").Identifiers, "--json");
        var sale = Assert.Single(history.Lines, e => e.GetProperty("type").GetString() == "sale-recorded.v1");
        Assert.Equal(1_234_567_890L, sale.GetProperty("facts").GetProperty("priceFen").GetInt64());
        Assert.Equal("day", sale.GetProperty("precision").GetString());
    }

    [Fact]
    public async Task refuses_a_row_with_a_formula()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var sheet = Workbook.Sheet(
            Workbook.Row(1, Header),
            Row(2, new("one")),
            Workbook.Formula(Row(3, new("two")), "K3", "50000"),
            Row(4, new("three"))
        );
        var file = ledger.Write("sales.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)));
        Assert.Equal("formula-cell", (await Importing.RefusedAsync(ledger, file))["code"]);
    }

    [Fact]
    public async Task refuses_a_formula_below_empty_rows()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var sheet = Workbook.Sheet(
            Workbook.Row(1, Header),
            Row(2, new("one")),
            Workbook.Formula(Row(6, new("two")), "K6", "50000"),
            Row(9, new("three"))
        );
        var file = ledger.Write("sales.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)));
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, new Counts(3, 2, 0, 1, 0, 4)), (ran.Exit, ran.Counts));
        var row = Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"));
        Assert.Equal(("formula-cell", "two"), (row["code"], row["row_key"]));
    }

    [Fact]
    public async Task refuses_a_formula_of_a_first_sheet_kept_in_the_second_file()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var sheet = Workbook.Sheet(
            Workbook.Row(1, Header),
            Row(2, new("one")),
            Workbook.Formula(Row(3, new("two")), "K3", "50000"),
            Row(4, new("three"))
        );
        var other = Workbook.Sheet(Workbook.Row(1, "nothing"));
        var file = ledger.Write(
            "sales.xlsx",
            Workbook.Make(("Sales", "sheet2.xml", sheet), ("Notes", "sheet1.xml", other))
        );
        Assert.Equal("formula-cell", (await Importing.RefusedAsync(ledger, file))["code"]);
    }

    [Fact]
    public async Task reads_the_sheet_the_map_names()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, """ "sheet": "Sales", """);
        var sheet = Workbook.Sheet(Workbook.Row(1, Header), Row(2, new("one")));
        var file = ledger.Write(
            "sales.xlsx",
            Workbook.Make(
                ("Notes", "sheet1.xml", Workbook.Sheet(Workbook.Row(1, "nothing"))),
                ("Sales", "sheet2.xml", sheet)
            )
        );
        await Importing.AllRecordedAsync(ledger, file, 1, "--map", map);
    }

    [Fact]
    public async Task without_the_sheet_the_map_names_records_nothing()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, """ "sheet": "Sales", """);
        var sheet = Workbook.Sheet(Workbook.Row(1, Header), Row(2, new("one")));
        var file = ledger.Write("sales.xlsx", Workbook.Make(("Other", "sheet1.xml", sheet)));
        await Importing.NotReadAsync(ledger, file, "--map", map);
    }

    [Fact]
    public async Task that_unpacks_to_far_more_than_its_size_records_nothing()
    {
        await using var ledger = await ScratchLedger.OpenAsync(alone: true);
        var blank = new string(' ', 60_000_000);
        var sheet = Workbook.Sheet(Workbook.Row(1, Header), Row(2, new("one")), blank);
        var ran = await Importing.NotReadAsync(
            ledger,
            ledger.Write("bomb.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)))
        );
        Assert.InRange(ran.PeakKb, 1, 300 * 1024);
    }

    static byte[] Good =>
        Workbook.Make(("Sales", "sheet1.xml", Workbook.Sheet(Workbook.Row(1, Header), Row(2, new("one")))));

    [Fact]
    public async Task that_is_cut_off_records_nothing() => await BrokenAsync(Good[..(Good.Length / 2)]);

    [Fact]
    public async Task of_random_bytes_records_nothing() =>
        await BrokenAsync([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31 % 256))]);

    [Fact]
    public async Task with_a_sheet_that_breaks_off_records_nothing() =>
        await BrokenAsync(Workbook.Make(("Sales", "sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\">")));

    [Fact]
    public async Task without_sheets_records_nothing() => await BrokenAsync(Workbook.Make());

    [Fact]
    public async Task that_is_another_archive_records_nothing() =>
        await BrokenAsync(ZipOf("readme.txt", "no workbook"));

    [Fact]
    public async Task with_scrambled_bytes_records_nothing()
    {
        var scrambled = Good;
        for (var i = 60; i < 120; i++)
            scrambled[i] ^= 0x5A;
        await BrokenAsync(scrambled);
    }

    [Fact]
    public async Task with_a_document_type_records_nothing()
    {
        var sheet = Workbook
            .Sheet(Workbook.Row(1, Header), Row(2, new("one")))
            .Replace(
                "?><worksheet",
                "?><!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet",
                StringComparison.Ordinal
            );
        await BrokenAsync(Workbook.Make(("Sales", "sheet1.xml", sheet)));
    }

    static byte[] ZipOf(string name, string text)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = new StreamWriter(zip.CreateEntry(name).Open()))
            entry.Write(text);
        return memory.ToArray();
    }

    static async Task BrokenAsync(byte[] bytes)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.NotReadAsync(ledger, ledger.Write("broken.xlsx", bytes));
    }
}
