using System.Text;
using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_broken_csv
{
    [Fact]
    public async Task refuses_a_row_with_too_few_fields()
    {
        var row = await Importing.RefusedLineAsync("short,MK-510104-0001,appliance");
        Assert.Equal(
            ("field-count", "short", "appliance", ""),
            (row["code"], row["row_key"], row["category"], row["seller"])
        );
    }

    [Fact]
    public async Task refuses_a_row_with_too_many_fields_and_keeps_them_all()
    {
        var row = await Importing.RefusedLineAsync(new Sale("long") { Invoice = "F1" }.Line + ",surplus,more");
        Assert.Equal(("field-count", "long"), (row["code"], row["row_key"]));
        Assert.Contains("surplus", string.Join('|', row.Values), StringComparison.Ordinal);
        Assert.Contains("more", string.Join('|', row.Values), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task refuses_a_field_of_fifty_megabytes_in_constant_memory(bool quoted)
    {
        await using var ledger = await ScratchLedger.OpenAsync(alone: true);
        var big = new Sale("big") { Brand = "BIG" }.Line;
        var at = big.IndexOf("BIG", StringComparison.Ordinal);
        var file = Path.Combine(ledger.Folder, "sales.csv");
        await using (var writer = new StreamWriter(file, false, new UTF8Encoding(false)))
        {
            await writer.WriteAsync($"{Sale.Header}\n{new Sale("before").Line}\n{big[..at]}{(quoted ? "\"" : "")}");
            var megabyte = string.Concat(Enumerable.Repeat(quoted ? "x,\n\"\"y z" : "xxxxxxxx", 1 << 17));
            for (var i = 0; i < 50; i++)
                await writer.WriteAsync(megabyte);
            await writer.WriteAsync($"{(quoted ? "\"" : "")}{big[(at + 3)..]}\n{new Sale("after").Line}\n");
        }
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, new Counts(3, 2, 0, 1, 0, 4)), (ran.Exit, ran.Counts));
        var row = Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"));
        Assert.Equal(("field-too-large", "big", "2"), (row["code"], row["row_key"], row["row"]));
        Assert.InRange(ran.PeakKb, 1, 300 * 1024);
    }

    [Fact]
    public async Task with_an_unclosed_quote_keeps_the_rows_before_and_does_not_say_done()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "sales.csv",
            Sale.Lines(
                new Sale("one").Line,
                new Sale("two").Line,
                "open,MK-510104-0001,appliance,\"serial:HAIER/open,brand",
                new Sale("three").Line
            )
        );
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, 2L), (ran.Exit, ran.Counts.Recorded));
        var rejected = $"{file}.rejected.csv";
        if (File.Exists(rejected))
            Assert.Equal("3", Assert.Single(ScratchLedger.Rejected(rejected))["row"]);
        else
            Assert.Matches(@"row 3\b", ran.Error);
    }

    [Fact]
    public async Task with_text_after_a_closing_quote_records_the_rows_around_it()
    {
        var line = new Sale("odd").Line.Replace("海尔", "\"海\"尔", StringComparison.Ordinal);
        await Importing.RefusedLineAsync(line);
    }

    [Fact]
    public async Task refuses_a_row_with_a_nul() =>
        Assert.Equal("text-malformed", (await Importing.RefusedAsync(new("odd") { Model = "BCD\0201" }))["code"]);

    [Fact]
    public async Task refuses_a_nul_in_any_column()
    {
        Assert.NotEqual("", (await Importing.RefusedAsync(new("odd") { Buyer = "K\0" }))["code"]);
        Assert.NotEqual("", (await Importing.RefusedLineAsync(new Sale("o\0dd").Line))["code"]);
        Assert.NotEqual("", (await Importing.RefusedAsync(new("odd") { Identifiers = "serial:HAIER/\0" }))["code"]);
    }

    [Fact]
    public async Task reads_quoted_fields_with_delimiters_and_line_breaks_between_rows_of_either_ending()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var quoted = new Sale("one") { Model = "BCD, \"201\"" };
        var text = Sale.File(quoted, new("two")).Replace("\n", "\r\n", StringComparison.Ordinal);
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.csv", text), 2);
        var item = await ledger.RunAsync("item", quoted.Identifiers, "--json");
        Assert.Equal(quoted.Model, item.Document.GetProperty("model").GetString());
    }

    [Fact]
    public async Task reads_a_last_row_without_a_line_ending()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.AllRecordedAsync(
            ledger,
            ledger.Write("sales.csv", Sale.File(new("one"), new("two")).TrimEnd()),
            2
        );
    }
}
