namespace Api.Tests.Cli;

public sealed class Using_the_command_line_wrongly
{
    [Theory]
    [InlineData("frobnicate")]
    [InlineData("bundle", "vin:LSVAM4187C2184847")]
    [InlineData("erase", "vin:LSVAM4187C2184847", "--basis", "asked")]
    [InlineData("audit", "--from", "7")]
    [InlineData("audit", "--signatures", "some")]
    [InlineData("verify")]
    [InlineData("verify", "/no/such/bundle.zip", "--policy", "/no/such/policy.txt")]
    [InlineData("witness")]
    [InlineData("import")]
    [InlineData("import", "/no/such/file.csv")]
    [InlineData("item")]
    [InlineData("item", "tag:1", "tag:2")]
    [InlineData("history", "tag:1", "--as-of", "yesterday")]
    [InlineData("history", "tag:1", "--as-of", "2026-02-30")]
    [InlineData("history", "tag:1", "--known-at", "2026-01-31T12:00:00")]
    [InlineData("rebuild", "no-such-view")]
    [InlineData("demo", "--rows", "10")]
    [InlineData("demo", "--rows", "many", "--seed", "1", "-o", "/tmp/never.csv")]
    [InlineData("demo", "--rows", "-1", "--seed", "1", "-o", "/tmp/never.csv")]
    [InlineData("demo", "--rows", "1", "--seed", "1", "-o", "/tmp/never.csv", "--faults", "1001")]
    [InlineData("demo", "--rows", "1", "--seed", "1", "-o", "/no/such/folder/never.csv")]
    public async Task exits_with_two_and_says_why(params string[] arguments)
    {
        var ran = await LedgerProgram.RunAsync(arguments);
        Assert.Equal((2, ""), (ran.Exit, ran.Out));
        Assert.NotEmpty(ran.Error.Trim());
    }

    [Theory]
    [InlineData("import")]
    [InlineData("item")]
    [InlineData("history")]
    [InlineData("rebuild")]
    [InlineData("bundle")]
    [InlineData("verify")]
    [InlineData("audit")]
    [InlineData("keys")]
    [InlineData("witness")]
    [InlineData("demo")]
    [InlineData("serve")]
    public async Task is_mended_by_help(string verb)
    {
        var ran = await LedgerProgram.RunAsync(verb, "--help");
        Assert.Equal(0, ran.Exit);
        Assert.Contains(verb, ran.Out, StringComparison.Ordinal);
        Assert.Contains("--json", ran.Out, StringComparison.Ordinal);
    }
}

public sealed class Missing_a_database
{
    const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2";

    [Theory]
    [InlineData("item", "tag:1")]
    [InlineData("history", "vin:LSVAM4187C2184847", "--json")]
    [InlineData("rebuild")]
    public async Task exits_with_three_and_says_so(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-cli-").FullName;
        try
        {
            var ran = await LedgerProgram.RunAsync([.. arguments, "--postgres", Nowhere, "--data", folder]);
            Assert.Equal((3, ""), (ran.Exit, ran.Out));
            Assert.Contains("database", ran.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task stops_an_import()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Import.Sale.File(new Import.Sale("one")));
        var ran = await LedgerProgram.RunAsync("import", file, "--postgres", Nowhere, "--data", ledger.Data);
        Assert.Equal((3, ""), (ran.Exit, ran.Out));
        Assert.False(File.Exists($"{file}.rejected.csv"));
    }

    [Fact]
    public async Task is_told_of_a_connection_string_that_is_none()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await LedgerProgram.RunAsync(
            "item",
            "tag:1",
            "--postgres",
            "no connection string",
            "--data",
            ledger.Data
        );
        Assert.InRange(ran.Exit, 2, 3);
    }

    [Fact]
    public async Task is_told_of_another_key()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        File.WriteAllBytes(Path.Combine(ledger.Data, "keys", "kh"), new byte[32]);
        var ran = await ledger.RunAsync("item", "tag:1");
        Assert.Equal(3, ran.Exit);
        Assert.Contains("key", ran.Error, StringComparison.Ordinal);
    }
}
