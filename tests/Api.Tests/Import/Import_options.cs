using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Import_options
{
    static readonly string Mixed = Sale.File(
        new("one"),
        new Sale("one")
        {
            Key = "two",
            Seller = "K-one-B",
            Buyer = "K-2",
            Agreed = "2025-04-01",
        },
        new("one"),
        new("bad") { Price = "-1" },
        new("one") { Key = "third", Agreed = "2025-05-01" },
        new("other") { Market = "MK-510105-0001" }
    );

    [Fact]
    public async Task dry_run_records_nothing_yet_counts_the_same()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Mixed);
        var dry = await ledger.ImportAsync(file, "--dry-run");
        Assert.Equal(0, await ledger.EventsAsync());
        var real = await ledger.ImportAsync(file);
        Assert.Equal((1, new Counts(6, 3, 1, 2, 0, 5)), (real.Exit, real.Counts));
        Assert.Equal((real.Exit, real.Counts), (dry.Exit, dry.Counts));
        var again = await ledger.ImportAsync(file, "--dry-run");
        Assert.Equal((1, new Counts(6, 0, 4, 2, 0, 0)), (again.Exit, again.Counts));
    }

    [Fact]
    public async Task rejected_says_where_refused_rows_go()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Mixed);
        var path = Path.Combine(ledger.Folder, "refused rows.csv");
        var ran = await ledger.ImportAsync(file, "--rejected", path);
        Assert.Equal(1, ran.Exit);
        Assert.Equal(["4", "5"], ScratchLedger.Rejected(path).Select(r => r["row"]));
        Assert.False(File.Exists($"{file}.rejected.csv"));
    }

    [Fact]
    public async Task rejected_writes_no_file_when_nothing_is_refused()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var path = Path.Combine(ledger.Folder, "refused.csv");
        await Importing.AllRecordedAsync(
            ledger,
            ledger.Write("sales.csv", Sale.File(new Sale("one"))),
            1,
            "--rejected",
            path
        );
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task rejected_in_a_folder_that_is_not_there_is_used_wrongly()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var path = Path.Combine(ledger.Folder, "none", "refused.csv");
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", Mixed), "--rejected", path);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(path, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task market_stands_in_for_the_column()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var text = Sale.File(new Sale("one"))
            .Replace(",market,", ",", StringComparison.Ordinal)
            .Replace(",MK-510104-0001,", ",", StringComparison.Ordinal);
        var file = ledger.Write("sales.csv", text);
        await Importing.NotReadAsync(ledger, file);
        await Importing.AllRecordedAsync(ledger, file, 1, "--market", "MK-510105-0001");
        var owner = (await ledger.RunAsync("item", new Sale("one").Identifiers, "--json"))
            .Document.GetProperty("owner")
            .GetString();
        Assert.Equal("MK-510105-0001/K-one-B", owner);
    }

    [Fact]
    public async Task market_refuses_rows_of_another()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "sales.csv",
            Sale.File(new("one"), new Sale("two") { Market = "MK-510105-0001" }, new("three"))
        );
        Assert.Equal(
            "market-differs",
            (await Importing.RefusedAsync(ledger, file, "--market", "MK-510104-0001"))["code"]
        );
    }

    [Theory]
    [InlineData("--market", "Chengdu")]
    [InlineData("--market", "MK-999999-0001")]
    [InlineData("--kind", "gifts")]
    [InlineData("--colour", "red")]
    public async Task that_are_wrong_are_used_wrongly(string option, string value)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", Sale.File(new Sale("one"))), option, value);
        Assert.Equal((2, ""), (ran.Exit, ran.Out));
        Assert.NotEmpty(ran.Error);
        Assert.Equal(0, await ledger.EventsAsync());
    }

    [Fact]
    public async Task json_prints_one_document_and_nothing_else()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var text = Mixed.Replace(",invoice_no\n", ",surplus\n", StringComparison.Ordinal);
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", text));
        Assert.Single(ran.Lines);
        Assert.Equal(6, ran.Document.GetProperty("read").GetInt64());
        Assert.Contains("surplus", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task none_prints_counts_for_a_person_and_where_refused_rows_are()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Mixed);
        var ran = await ledger.RunAsync("import", file);
        Assert.Equal(1, ran.Exit);
        Assert.Contains("recorded 3", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"{file}.rejected.csv", ran.Out, StringComparison.Ordinal);
    }
}
