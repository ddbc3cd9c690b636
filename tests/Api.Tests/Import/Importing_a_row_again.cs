using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_a_row_again
{
    [Fact]
    public async Task in_the_same_file_is_known()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", Sale.File(new("one"), new("one"))));
        Assert.Equal((0, new Counts(2, 1, 1, 0, 0, 2)), (ran.Exit, ran.Counts));
    }

    [Fact]
    public async Task in_another_file_is_known()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.AllRecordedAsync(ledger, ledger.Write("a.csv", Sale.File(new Sale("one"))), 1);
        var before = await ledger.EventsAsync();
        var ran = await ledger.ImportAsync(ledger.Write("b.csv", Sale.File(new Sale("one"))));
        Assert.Equal((0, new Counts(1, 0, 1, 0, 0, 0)), (ran.Exit, ran.Counts));
        Assert.Equal(before, await ledger.EventsAsync());
    }

    [Fact]
    public async Task with_other_content_in_the_same_file_is_refused()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var one = new Sale("one");
        var file = ledger.Write("sales.csv", Sale.File(one, one with { Price = "1" }, new Sale("two")));
        Assert.Equal("row-key-reused", (await Importing.RefusedAsync(ledger, file))["code"]);
    }

    [Fact]
    public async Task with_other_content_in_another_file_is_refused()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var one = new Sale("one");
        await Importing.AllRecordedAsync(ledger, ledger.Write("a.csv", Sale.File(one)), 1);
        var file = ledger.Write("b.csv", Sale.File(one with { Price = "1" }));
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, new Counts(1, 0, 0, 1, 0, 0)), (ran.Exit, ran.Counts));
        Assert.Equal("row-key-reused", Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"))["code"]);
    }

    [Fact]
    public async Task under_another_market_is_another_row()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var there = new Sale("one") { Market = "MK-510105-0001", Identifiers = "serial:HAIER/there" };
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.csv", Sale.File(new("one"), there)), 2);
    }

    [Fact]
    public async Task after_it_was_mended_records_it_and_takes_the_rejected_file_away()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Sale.File(new("one"), new("two") { Price = "-1" }));
        var first = await ledger.ImportAsync(file);
        Assert.Equal((1, 1L), (first.Exit, first.Counts.Refused));
        Assert.True(File.Exists($"{file}.rejected.csv"));
        ledger.Write("sales.csv", Sale.File(new("one"), new("two")));
        var second = await ledger.ImportAsync(file);
        Assert.Equal((0, new Counts(2, 1, 1, 0, 0, 2)), (second.Exit, second.Counts));
        Assert.False(File.Exists($"{file}.rejected.csv"));
    }
}
