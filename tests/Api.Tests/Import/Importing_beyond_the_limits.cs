using System.IO.Compression;
using System.Text;
using Api.Tests.Cli;

namespace Api.Tests.Import;

/// <summary>What a file claims of itself decides nothing: rows, columns and packing have limits, each told in a
/// sentence.</summary>
public sealed class Importing_beyond_the_limits
{
    static readonly string[] Header = Sale.Header.Split(',');

    static string Row(int number, Sale sale) => Workbook.Row(number, sale.Cells);

    static byte[] Book(params string[] rows) =>
        Workbook.Make(("Sales", "sheet1.xml", Workbook.Sheet([Workbook.Row(1, Header), .. rows])));

    [Fact]
    public async Task a_row_behind_Excel_s_last_is_told()
    {
        var ran = await NotReadAsync("sales.xlsx", Book(Row(2, new("one")), Row(1_048_577, new("two"))));
        Assert.Contains("1048577", ran.Error, StringComparison.Ordinal);
        Assert.Contains("at most 1048576 rows", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_row_number_that_no_sheet_could_have_is_told_at_once()
    {
        var ran = await NotReadAsync("sales.xlsx", Book(Row(2_000_000_000, new("one"))), alone: true);
        Assert.InRange(ran.PeakKb, 1, 400 * 1024);
    }

    [Fact]
    public async Task a_column_behind_Excel_s_last_is_told()
    {
        var far = Workbook
            .Row(2, new Sale("one").Cells)
            .Replace("</row>", $"{Workbook.Text("XFE2", "x")}</row>", StringComparison.Ordinal);
        Assert.Contains("16384 columns", (await NotReadAsync("sales.xlsx", Book(far))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZZZZZZZZZZZZ2")]
    [InlineData("2")]
    [InlineData("")]
    [InlineData("🚗")]
    public async Task a_cell_at_no_place_is_told(string place) =>
        await NotReadAsync("sales.xlsx", Book($"<row r=\"2\">{Workbook.Text(place, "x")}</row>"));

    [Theory]
    [InlineData("2", "2")]
    [InlineData("5", "4")]
    [InlineData("x", "3")]
    [InlineData("-1", "3")]
    public async Task rows_that_do_not_go_upwards_are_told(string first, string second) =>
        await NotReadAsync(
            "sales.xlsx",
            Book(
                Row(2, new("one")).Replace("r=\"2\"", $"r=\"{first}\"", StringComparison.Ordinal),
                Row(3, new("two")).Replace("<row r=\"3\"", $"<row r=\"{second}\"", StringComparison.Ordinal)
            )
        );

    [Fact]
    public async Task a_dimension_that_lies_costs_nothing()
    {
        await using var ledger = await ScratchLedger.OpenAsync(alone: true);
        var rows = Enumerable.Range(2, 2_000).Select(n => Row(n, new($"r{n}")));
        var sheet = Workbook
            .Sheet([Workbook.Row(1, Header), .. rows])
            .Replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>", StringComparison.Ordinal);
        var file = ledger.Write("sales.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)));
        var ran = await Importing.AllRecordedAsync(ledger, file, 2_000);
        Assert.InRange(ran.PeakKb, 1, 500 * 1024);
    }

    /// <summary>Filled in between, a million rows and columns out to the last would be seventeen thousand million
    /// cells.</summary>
    [Fact]
    public async Task cells_far_apart_are_read_where_they_are()
    {
        await using var ledger = await ScratchLedger.OpenAsync(alone: true);
        var far = Row(1_048_576, new("two"))
            .Replace("</row>", $"{Workbook.Text("XFD1048576", "far")}</row>", StringComparison.Ordinal);
        var ran = await ledger.ImportAsync(ledger.Write("sales.xlsx", Book(Row(2, new("one")), far)));
        Assert.Equal((0, new Counts(2, 2, 0, 0, 0, 4)), (ran.Exit, ran.Counts));
        Assert.InRange(ran.PeakKb, 1, 500 * 1024);
    }

    [Fact]
    public async Task more_places_than_can_be_is_told()
    {
        var wide = Workbook
            .Row(1, Header)
            .Replace("</row>", $"{Workbook.Text("XFD1", "far")}</row>", StringComparison.Ordinal);
        var sheet = Workbook.Sheet([wide, .. Enumerable.Range(2, 17_000).Select(n => Workbook.Row(n, $"r{n}"))]);
        var ran = await NotReadAsync("sales.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)));
        Assert.Contains("far to the right", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_tag_without_end_is_told()
    {
        var sheet = Workbook.Sheet(
            $"<row r=\"1\" {string.Concat(Enumerable.Range(0, 200_000).Select(n => $"a{n}=\"\" "))}/>"
        );
        await NotReadAsync("sales.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)));
    }

    [Fact]
    public async Task tags_within_tags_without_end_are_told()
    {
        var sheet = Workbook.Sheet($"<row r=\"1\">{string.Concat(Enumerable.Repeat("<c>", 100_000))}");
        await NotReadAsync("sales.xlsx", Workbook.Make(("Sales", "sheet1.xml", sheet)));
    }

    [Fact]
    public async Task a_cell_without_end_refuses_its_row()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "sales.xlsx",
            Book(Row(2, new("one")), Row(3, new("two") { Brand = Noise(100_000) }), Row(4, new("three")))
        );
        Assert.Equal("field-too-large", (await Importing.RefusedAsync(ledger, file))["code"]);
    }

    /// <summary>Letters that do not pack: the file is no bomb, only its cell is long.</summary>
    static string Noise(int length)
    {
        var text = new StringBuilder(length);
        for (uint n = 7; text.Length < length; n = unchecked(n * 1_664_525 + 1_013_904_223))
            text.Append((char)('a' + (n >> 16) % 26));
        return text.ToString();
    }

    [Theory]
    [InlineData("sales.csv.gz")]
    [InlineData("sales.jsonl.gz")]
    [InlineData("sales.xlsx.gz")]
    public async Task gzip_of_blanks_is_read_no_further_than_a_hundred_times_its_size(string name)
    {
        var blanks = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            for (var n = 0; n < 300; n++)
                gzip.Write(blanks);
        var ran = await NotReadAsync(name, memory.ToArray(), alone: true);
        Assert.InRange(ran.PeakKb, 1, 400 * 1024);
    }

    [Fact]
    public async Task gzip_of_a_register_that_packs_well_is_read()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var line = new string(' ', 200);
        var text = Sale.File([.. Enumerable.Range(0, 500).Select(n => new Sale($"r{n}") { Brand = line })]);
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv.gz", memory.ToArray()), "--dry-run");
        Assert.Equal(500, ran.Counts.Read);
    }

    [Fact]
    public async Task a_header_of_more_columns_than_a_sheet_has_is_told() =>
        Assert.Contains(
            "16384",
            (
                await NotReadAsync(
                    "sales.csv",
                    Encoding.UTF8.GetBytes(
                        $"{Sale.Header}{string.Concat(Enumerable.Range(0, 20_000).Select(n => $",c{n}"))}\n"
                    )
                )
            ).Error,
            StringComparison.Ordinal
        );

    static async Task<Ran> NotReadAsync(string name, byte[] bytes, bool alone = false)
    {
        await using var ledger = await ScratchLedger.OpenAsync(alone);
        return await Importing.NotReadAsync(ledger, ledger.Write(name, bytes));
    }
}
