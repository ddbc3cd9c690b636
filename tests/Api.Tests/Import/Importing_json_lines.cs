using System.Text.Encodings.Web;
using System.Text.Json;
using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_json_lines
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string Line(Sale sale) =>
        JsonSerializer.Serialize(
            Sale.Header.Split(',')
                .Zip(sale.Cells)
                .Where(p => p.Second.Length > 0)
                .ToDictionary(p => p.First, p => p.Second),
            Plain
        );

    [Fact]
    public async Task records_a_sale_a_line()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var bare = Line(new("two")).Replace("\"50000\"", "50000", StringComparison.Ordinal);
        var text = $"{Line(new("one"))}\n\n{bare}\n";
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.jsonl", text), 2);
    }

    public static TheoryData<string> BadLines =>
        [
            string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
            new string('[', 10_000) + new string(']', 10_000),
            Line(new("odd")).Replace("{", "{\"seller\":\"K-0\",", StringComparison.Ordinal),
            "[1, 2, 3]",
            "42",
            "null",
            "\"text\"",
            "{\"row_key\":",
            "{} {}",
            "no JSON at all",
            Line(new("odd")).Replace("\"appliance\"", "{\"code\":\"appliance\"}", StringComparison.Ordinal),
            Line(new("odd")).Replace("BCD", "\\ud800", StringComparison.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(BadLines), DisableDiscoveryEnumeration = true)]
    public async Task refuses_a_line_that_is_no_flat_object(string line)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.jsonl", $"{Line(new("before"))}\n{line}\n{Line(new("after"))}\n");
        var row = await Importing.RefusedAsync(ledger, file);
        Assert.Contains(row["code"], (string[])["json-malformed", "text-malformed"]);
        Assert.Equal(line, row["row_key"]);
    }

    [Fact]
    public async Task refuses_a_line_longer_than_a_megabyte_in_constant_memory()
    {
        await using var ledger = await ScratchLedger.OpenAsync(alone: true);
        var file = Path.Combine(ledger.Folder, "sales.jsonl");
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteAsync($"{Line(new("before"))}\n{{\"brand\":\"");
            var megabyte = new string('x', 1 << 20);
            for (var i = 0; i < 50; i++)
                await writer.WriteAsync(megabyte);
            await writer.WriteAsync($"\"}}\n{Line(new("after"))}\n");
        }
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, new Counts(3, 2, 0, 1, 0, 4)), (ran.Exit, ran.Counts));
        Assert.InRange(ran.PeakKb, 1, 300 * 1024);
    }

    [Fact]
    public async Task takes_a_known_column_that_late_rows_name_first()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var sales = Enumerable.Range(0, 150).Select(i => new Sale($"r{i}") { Invoice = i == 149 ? "F149" : "" });
        await Importing.AllRecordedAsync(
            ledger,
            ledger.Write("sales.jsonl", string.Join('\n', sales.Select(Line))),
            150
        );
    }
}
