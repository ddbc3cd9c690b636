using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_with_a_map
{
    [Theory]
    [InlineData("""{ "format": "ledger-map/1", "columns": {}, "colour": "red" }""", "colour")]
    [InlineData("""{ "format": "ledger-map/1", "columns": { "brand": { "column": "a", "shade": "red" } } }""", "shade")]
    [InlineData("""{ "format": "ledger-map/1", "columns": { "brand": { "column": "a", "const": "b" } } }""", "brand")]
    [InlineData("""{ "format": "ledger-map/2", "columns": {} }""", "format")]
    [InlineData("""{ "format": "ledger-map/1" }""", "columns")]
    [InlineData("""{ "format": "ledger-map/1", "columns": { "brand": 5 } }""", "brand")]
    [InlineData(
        """{ "format": "ledger-map/1", "columns": { "brand": { "column": "brand", "values": 5 } } }""",
        "brand"
    )]
    [InlineData("""{ "format": "ledger-map/1", "columns": { "brand": { "const": "a", "formats": 7 } } }""", "brand")]
    [InlineData("""{ "format": "ledger-map/1", "columns": { "brand": { "const": "a", "values": {"b":1}}}}""", "brand")]
    [InlineData("""{ "format": "ledger-map/1", "columns": {}, "skip": 7 }""", "skip")]
    [InlineData("""{ "format": "ledger-map/1", "columns": { "paint": { "const": "a" } } }""", "paint")]
    [InlineData("""[1, 2]""", "map.json")]
    [InlineData("""not JSON""", "map.json")]
    public async Task that_is_wrong_is_used_wrongly(string map, string named)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var path = ledger.Write("map.json", map);
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", Sale.File(new Sale("one"))), "--map", path);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.Equal(0, await ledger.EventsAsync());
    }

    [Fact]
    public async Task that_is_not_there_is_used_wrongly()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await ledger.ImportAsync(
            ledger.Write("sales.csv", Sale.File(new Sale("one"))),
            "--map",
            Path.Combine(ledger.Folder, "none.json")
        );
        Assert.Equal((2, 0), (ran.Exit, await ledger.EventsAsync()));
    }

    [Fact]
    public async Task that_reads_a_column_the_file_lacks_records_nothing()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, column: "brand", source: """{ "column": "marque" }""");
        var ran = await Importing.NotReadAsync(
            ledger,
            ledger.Write("sales.csv", Sale.File(new Sale("one"))),
            "--map",
            map
        );
        Assert.Contains("marque", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_a_word_for_a_value_refuses_the_row()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(
            ledger,
            column: "category",
            source: """{ "column": "category", "values": { "冰箱": "appliance" } }"""
        );
        var file = ledger.Write(
            "sales.csv",
            Sale.File(new Sale("one") { Category = "冰箱" }, new("two"), new Sale("three") { Category = "冰箱" })
        );
        Assert.Equal("value-not-mapped", (await Importing.RefusedAsync(ledger, file, "--map", map))["code"]);
    }

    [Fact]
    public async Task with_an_else_takes_it_for_every_other_value()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(
            ledger,
            column: "category",
            source: """{ "column": "category", "values": {}, "else": "appliance" }"""
        );
        await Importing.AllRecordedAsync(
            ledger,
            ledger.Write("sales.csv", Sale.File(new Sale("one") { Category = "x" })),
            1,
            "--map",
            map
        );
    }

    [Fact]
    public async Task skips_rows_with_a_reason()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(
            ledger,
            """ "skip": [ { "column": "brand", "in": ["TEST"], "reason": "a trial row" } ], """
        );
        var ran = await ledger.ImportAsync(
            ledger.Write("sales.csv", Sale.File(new("one"), new Sale("two") { Brand = "TEST" })),
            "--map",
            map
        );
        Assert.Equal((0, new Counts(2, 1, 0, 0, 1, 2)), (ran.Exit, ran.Counts));
        Assert.Contains("a trial row", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123.45", 12345)]
    [InlineData("123", 12300)]
    [InlineData("0.1", 10)]
    [InlineData("90071992547.41", 9007199254741)]
    public async Task converts_yuan_exactly(string yuan, long fen)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, column: "price_fen", source: Yuan);
        await Importing.AllRecordedAsync(
            ledger,
            ledger.Write("sales.csv", Sale.File(new Sale("one") { Price = yuan })),
            1,
            "--map",
            map
        );
        var history = await ledger.RunAsync("history", new Sale("one").Identifiers, "--json");
        var sale = Assert.Single(history.Lines, e => e.GetProperty("type").GetString() == "sale-recorded.v1");
        Assert.Equal(fen, sale.GetProperty("facts").GetProperty("priceFen").GetInt64());
    }

    [Theory]
    [InlineData("1.234")]
    [InlineData("1,5")]
    [InlineData("viel")]
    public async Task refuses_yuan_that_are_no_whole_fen(string yuan)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger, column: "price_fen", source: Yuan);
        var file = ledger.Write("sales.csv", Sale.File(new("one"), new Sale("two") { Price = yuan }, new("three")));
        Assert.Equal("value-malformed", (await Importing.RefusedAsync(ledger, file, "--map", map))["code"]);
    }

    [Fact]
    public async Task of_kind_history_refuses_the_option_sales()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = SalesMap.Write(ledger);
        var ran = await ledger.ImportAsync(
            ledger.Write("sales.csv", Sale.File(new Sale("one"))),
            "--map",
            map,
            "--kind",
            "history"
        );
        Assert.Equal((2, 0), (ran.Exit, await ledger.EventsAsync()));
    }

    const string Yuan = """{ "column": "price_fen", "unit": "yuan" }""";
}
