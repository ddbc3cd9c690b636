using System.Text;
using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_an_encoding
{
    const string Brand = "长虹电器";

    [Fact]
    public async Task of_a_byte_order_mark_is_read()
    {
        foreach (
            var encoding in (Encoding[])
                [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)]
        )
            await ReadAsync([.. encoding.Preamble, .. encoding.GetBytes(Text)]);
    }

    [Fact]
    public async Task of_gb18030_without_a_word_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await ReadAsync(Encoding.GetEncoding("GB18030").GetBytes(Text));
    }

    [Fact]
    public async Task that_the_map_names_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, """ "encoding": "big5", """);
        var file = ledger.Write(
            "sales.csv",
            Encoding.GetEncoding("big5").GetBytes(Sale.File(new Sale("one") { Brand = "電器" }))
        );
        await Importing.AllRecordedAsync(ledger, file, 1, "--map", map);
        Assert.Equal(
            "電器",
            (await ledger.RunAsync("item", new Sale("one").Identifiers, "--json"))
                .Document.GetProperty("make")
                .GetString()
        );
    }

    [Fact]
    public async Task broken_in_one_row_refuses_that_row()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, """ "encoding": "utf-8", """);
        var text = Sale.File(new("one"), new Sale("two") { Brand = "#" }, new("three"));
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        Assert.Equal(
            "encoding-invalid",
            (await Importing.RefusedAsync(ledger, ledger.Write("sales.csv", bytes), "--map", map))["code"]
        );
    }

    [Fact]
    public async Task broken_after_the_first_megabyte_refuses_that_row()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var padding = string.Join('\n', Enumerable.Range(0, 9000).Select(_ => new Sale("same").Line));
        var head = Encoding.UTF8.GetBytes($"{Sale.Header}\n{padding}\n");
        Assert.True(head.Length > 1 << 20);
        byte[] bytes =
        [
            .. head,
            .. Encoding.UTF8.GetBytes(new Sale("odd") { Brand = "#" }.Line + "\n"),
            .. Encoding.UTF8.GetBytes(new Sale("last").Line + "\n"),
        ];
        bytes[Array.LastIndexOf(bytes, (byte)'#')] = 0x80;
        var file = ledger.Write("sales.csv", bytes);
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, new Counts(9002, 2, 8999, 1, 0, 4)), (ran.Exit, ran.Counts));
        var row = Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"));
        Assert.Equal(("encoding-invalid", "9001"), (row["code"], row["row"]));
    }

    static string Text => Sale.File(new Sale("one") { Brand = Brand });

    static async Task ReadAsync(byte[] bytes)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.csv", bytes), 1);
        var item = await ledger.RunAsync("item", new Sale("one").Identifiers, "--json");
        Assert.Equal(Brand, item.Document.GetProperty("make").GetString());
    }
}
