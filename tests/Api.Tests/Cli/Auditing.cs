using Support;

namespace Api.Tests.Cli;

/// <summary>The verb <c>audit</c>: 0 where everything fits, 1 where something does not, and 1 too where every other
/// verb
/// may not even start.</summary>
public sealed class Auditing
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task an_untouched_ledger_finds_nothing_and_says_so_in_json()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        var ran = await ledger.RunAsync("audit", "--json", "--signatures", "all");
        Assert.Equal(0, ran.Exit);
        Assert.True(ran.Document.GetProperty("ok").GetBoolean());
        Assert.Empty(ran.Document.GetProperty("findings").EnumerateArray());
        Assert.Equal(
            await ledger.CountAsync("select count(*) from proof.leaf"),
            ran.Document.GetProperty("leaves").GetInt64()
        );
        Assert.Contains("— ledger.", ran.Document.GetProperty("checkpoint").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await ledger.RunAsync("audit", "--from", "256")).Exit);
    }

    [Fact]
    public async Task a_changed_ledger_names_the_index_and_the_stream()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        await ChangeAsync(
            ledger,
            """
            alter table ledger.mt_events disable trigger user;
            update ledger.mt_events set data = jsonb_set(data, '{category}', '"furniture"')
                where id = (select min(event_id::text)::uuid from proof.leaf l join ledger.mt_events e on e.id = l.event_id
                    where e.data ? 'category')
            """
        );
        var ran = await ledger.RunAsync("audit", "--json");
        Assert.Equal(1, ran.Exit);
        Assert.False(ran.Document.GetProperty("ok").GetBoolean());
        var finding = Assert.Single(ran.Document.GetProperty("findings").EnumerateArray());
        Assert.Equal("event-differs", finding.GetProperty("kind").GetString());
        Assert.InRange(finding.GetProperty("leafIndex").GetInt64(), 1, 5000);
        Assert.True(finding.GetProperty("stream").TryGetGuid(out _));
        Assert.Contains("said.", finding.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_ledger_that_was_rolled_back_is_still_audited_while_every_other_verb_stays_out()
    {
        await using var ledger = await ScratchLedger.WithSalesAsync();
        await ChangeAsync(
            ledger,
            """
            alter table proof.head disable trigger user;
            delete from proof.head where size = (select max(size) from proof.head)
            """
        );
        Assert.Equal(3, (await ledger.RunAsync("rebuild")).Exit);
        var ran = await ledger.RunAsync("audit", "--json");
        Assert.Equal(1, ran.Exit);
        Assert.Contains(
            "rolled-back",
            ran.Document.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("kind").GetString())
        );
        Assert.Equal(3, (await ledger.RunAsync("rebuild")).Exit);
    }

    [Fact]
    public async Task where_there_is_no_ledger_is_not_a_finding()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await LedgerProgram.RunAsync("audit", "--data", Path.Combine(ledger.Folder, "nothing"));
        Assert.Equal(3, ran.Exit);
        Assert.False(Directory.Exists(Path.Combine(ledger.Folder, "nothing")));
    }

    [Theory]
    [InlineData("--from", "255")]
    [InlineData("--from", "-256")]
    [InlineData("--from", "1048576")]
    [InlineData("--signatures", "some")]
    public async Task used_wrongly_says_so(string option, string value)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        Assert.Equal(0, (await ledger.RunAsync("rebuild")).Exit);
        Assert.Equal(2, (await ledger.RunAsync("audit", option, value)).Exit);
    }

    static async Task ChangeAsync(ScratchLedger ledger, string sql)
    {
        await using var source = DatabaseServer.Source(ledger.Connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
