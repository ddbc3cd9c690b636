using System.IO.Compression;
using System.Text;
using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_a_file_that_is_not_what_it_claims
{
    [Fact]
    public async Task a_picture_named_csv_records_nothing()
    {
        byte[] png =
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            0,
            0,
            0,
            0x0D,
            0x49,
            0x48,
            0x44,
            0x52,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            0,
            8,
            6,
            0,
            0,
            0,
        ];
        await RefusedAsync("picture.csv", png);
    }

    [Fact]
    public async Task a_zip_named_csv_records_nothing()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = new StreamWriter(zip.CreateEntry("sales.csv").Open()))
            entry.Write(Sale.File(new Sale("one")));
        await RefusedAsync("archive.csv", memory.ToArray());
    }

    [Theory]
    [InlineData("empty.csv")]
    [InlineData("empty.csv.gz")]
    [InlineData("empty.xlsx")]
    [InlineData("empty.jsonl")]
    public async Task an_empty_file_records_nothing(string name) => await RefusedAsync(name, []);

    [Fact]
    public async Task text_named_gz_records_nothing() =>
        await RefusedAsync("sales.csv.gz", Encoding.UTF8.GetBytes(Sale.File(new Sale("one"))));

    [Fact]
    public async Task a_header_of_other_columns_records_nothing() =>
        await RefusedAsync("other.csv", Encoding.UTF8.GetBytes("a,b,c\n1,2,3\n"));

    [Fact]
    public async Task a_header_with_a_column_twice_records_nothing() =>
        await RefusedAsync("twice.csv", Encoding.UTF8.GetBytes($"{Sale.Header},seller\n{new Sale("one").Line},K-9\n"));

    [Fact]
    public async Task prose_named_jsonl_records_nothing() =>
        await RefusedAsync("prose.jsonl", Encoding.UTF8.GetBytes("Dear reader,\nthis is no JSON.\n"));

    [Fact]
    public async Task a_file_of_an_unknown_ending_records_nothing() =>
        await RefusedAsync("sales.pdf", Encoding.UTF8.GetBytes(Sale.File(new Sale("one"))));

    [Fact]
    public async Task a_header_alone_is_a_register_without_sales()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.csv", Sale.Header + "\n"), 0);
    }

    [Fact]
    public async Task gzip_that_breaks_off_says_so_and_the_whole_file_finishes_it()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var sales = Enumerable
            .Range(0, 3000)
            .Select(i => new Sale($"r{i}") { Brand = $"B{i * 7919 % 3001}" })
            .ToArray();
        var whole = Gzip(Sale.File(sales));
        var file = ledger.Write("sales.csv.gz", whole[..(whole.Length / 2)]);
        var ran = await ledger.ImportAsync(file);
        Assert.Equal(1, ran.Exit);
        Assert.True(ran.Error.Contains(file, StringComparison.Ordinal), ran.Error);
        ledger.Write("sales.csv.gz", whole);
        var again = await ledger.ImportAsync(file);
        Assert.Equal((0, 3000L, 0L), (again.Exit, again.Counts.Recorded + again.Counts.Known, again.Counts.Refused));
    }

    [Fact]
    public async Task gzip_of_csv_is_read()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.AllRecordedAsync(
            ledger,
            ledger.Write("sales.csv.gz", Gzip(Sale.File(new("one"), new("two")))),
            2
        );
    }

    static byte[] Gzip(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }

    static async Task RefusedAsync(string name, byte[] bytes)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.NotReadAsync(ledger, ledger.Write(name, bytes));
    }
}
