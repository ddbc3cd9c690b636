using Npgsql;
using Support;

namespace Api.Tests.Cli;

/// <summary>reservations that somebody changed are named by <c>audit</c>, and made anew by <c>rebuild reservations</c>:
/// the same rows as before, byte for byte.</summary>
public sealed class Rebuilding_reservations
{
    const string Rows = "select count(*) from ledger.guard";
    const string Digest = "md5(string_agg(g::text, ',' order by kind, key))";

    [Theory]
    [InlineData("delete from ledger.guard")]
    [InlineData("delete from ledger.guard where kind like 'alias:%'")]
    [InlineData(
        "update ledger.guard g set value = (select max(value) from ledger.guard a where a.kind = g.kind and a.value <> g.value) where kind = 'alias:vin'"
    )]
    [InlineData("insert into ledger.guard select kind, sha256(key), value from ledger.guard")]
    [InlineData("insert into ledger.guard select 'alias:boat', sha256(key), value from ledger.guard limit 1")]
    [InlineData("update ledger.guard set value = (value::int + 1)::text where kind like 'cars%'")]
    [InlineData("delete from ledger.guard where kind = 'invoice'")]
    [InlineData("update ledger.guard set value = 'nobody' where kind = 'alias:market'")]
    public async Task gives_the_rows_that_the_events_give(string lie)
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        var (before, count) = (await TextAsync(ledger, Digest), await ledger.CountAsync(Rows));
        Assert.True(count > 300, $"{count} rows");
        await Tampering.AsOwnerAsync(ledger.Connection, lie);
        Assert.NotEqual(before, await TextAsync(ledger, Digest));
        var audited = await ledger.RunAsync("audit", "--json");
        Assert.Equal(1, audited.Exit);
        Assert.All(
            audited.Document.GetProperty("findings").EnumerateArray(),
            f => Assert.Equal("reservation", f.GetProperty("kind").GetString())
        );

        var rebuilt = await ledger.RunAsync("rebuild", "reservations");
        Assert.True(rebuilt.Exit == 0, rebuilt.Error);
        Assert.Equal(before, await TextAsync(ledger, Digest));
        Assert.Equal(0, (await ledger.RunAsync("audit")).Exit);
        // What holds them stands again.
        await using var source = DatabaseServer.Source(ledger.Connection);
        await using var attempt = source.CreateCommand("delete from ledger.guard");
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            (
                await Assert.ThrowsAsync<PostgresException>(() =>
                    attempt.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)
                )
            ).SqlState
        );
    }

    [Fact]
    public async Task changes_nothing_where_nobody_lied()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        var untouched = await ledger.RunAsync("rebuild", "reservations", "--json");
        Assert.Equal((0, 0L), (untouched.Exit, untouched.Document.GetProperty("changed").GetInt64()));
    }

    [Fact]
    public async Task is_refused_where_the_events_do_not_fit_the_log()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        await Tampering.AsOwnerAsync(
            ledger.Connection,
            """
            delete from ledger.guard;
            update ledger.mt_events set data = jsonb_set(data, '{category}', '"boat"')
                where seq_id = (select min(seq_id) from ledger.mt_events where data ? 'category')
            """
        );
        var ran = await ledger.RunAsync("rebuild", "reservations");
        Assert.Equal(1, ran.Exit);
        Assert.Contains("event-differs", ran.Error, StringComparison.Ordinal);
        Assert.Equal(0, await ledger.CountAsync(Rows));
    }

    [Fact]
    public async Task is_the_owner_s()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        await Tampering.AsOwnerAsync(ledger.Connection, "delete from ledger.guard");
        var service = new NpgsqlConnectionStringBuilder(ledger.Connection) { Username = "ledger_app" };
        var ran = await LedgerProgram.RunAsync(
            "rebuild",
            "reservations",
            "--postgres",
            service.ConnectionString,
            "--data",
            ledger.Data
        );
        Assert.Equal(3, ran.Exit);
        Assert.Equal(0, await ledger.CountAsync(Rows));
    }

    /// <summary>An import finds known things by their identifiers, and rests on no row that is wrong.</summary>
    [Fact]
    public async Task is_told_to_whoever_imports_or_reads_meanwhile()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        await Tampering.AsOwnerAsync(
            ledger.Connection,
            "update ledger.guard g set value = (select max(value) from ledger.guard a where a.kind = g.kind and a.value <> g.value) where kind like 'alias:%'"
        );
        var events = await ledger.EventsAsync();
        // The same goods under other keys: a row that is on record rests on no reservation.
        var others = Path.Combine(ledger.Folder, "others.csv");
        File.WriteAllLines(
            others,
            File.ReadLines(Path.Combine(ledger.Folder, "sales.csv")).Select((row, n) => n == 0 ? row : $"other-{row}")
        );
        var again = await ledger.ImportAsync(others);
        Assert.Equal(3, again.Exit);
        Assert.Contains("rebuild reservations", again.Error, StringComparison.Ordinal);
        Assert.Equal(events, await ledger.EventsAsync());
        var vin = File.ReadAllText(Path.Combine(ledger.Folder, "sales.csv"));
        var known = System.Text.RegularExpressions.Regex.Match(vin, "vin:[A-Z0-9]{17}").Value;
        foreach (var verb in (string[])["item", "history"])
        {
            var read = await ledger.RunAsync(verb, known);
            Assert.Equal((3, ""), (read.Exit, read.Out));
            Assert.Contains("does not bear it", read.Error, StringComparison.Ordinal);
        }
    }

    static async Task<string> TextAsync(ScratchLedger ledger, string what)
    {
        await using var source = DatabaseServer.Source(ledger.Connection);
        await using var command = source.CreateCommand($"select coalesce({what}, '') from ledger.guard g");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
