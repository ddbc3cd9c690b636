using Ledger.Pipeline;
using Ledger.Store;
using Support;

namespace Store.Tests.Auditing;

/// <summary>What nobody touched fits: no false alarm, wherever the audit starts and whatever goes on beside
/// it.</summary>
public sealed class Auditing_an_untouched_ledger
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Finds_nothing()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        var report = await copy.AuditAsync();
        Assert.Empty(report.Findings);
        Assert.Empty(report.Skipped);
        Assert.Equal((ulong)await copy.ReadAsync<long>("select count(*) from proof.leaf"), report.Leaves);
        Assert.True(report.Leaves > 600);
        Assert.StartsWith(
            $"{TestLedger.Keys.Log.Origin}\n{report.Leaves}\n",
            report.Checkpoint,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Finds_nothing_where_a_few_records_fit_in_memory(int held)
    {
        await using var copy = await AuditedCopy.OpenAsync();
        Assert.Empty((await copy.AuditAsync(held: held)).Findings);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public async Task Finds_nothing_from_the_middle_on(ulong from)
    {
        await using var copy = await AuditedCopy.OpenAsync();
        var report = await copy.AuditAsync(from, all: false);
        Assert.Empty(report.Findings);
        // What it cannot compare from there it says.
        Assert.Contains("Head maps", Assert.Single(report.Skipped), StringComparison.Ordinal);
    }

    /// <summary>A party's stream may begin with the note that somebody read it.</summary>
    [Fact]
    public async Task Finds_nothing_where_a_file_was_read_that_nobody_had_written()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using (var ledger = await copy.LedgerAsync())
        {
            var file = Ledger.Parties.PartyCommand.StreamOf("nobody", TestLedger.Handles);
            var reading = new Ledger.Credit.ReadCreditFile(file, "trade", "law");
            var answer = await ledger.RecordAsync(reading, "read/1", ledger.Pipeline.Now);
            Assert.IsType<Answer.Accepted>(answer);
        }
        Assert.Empty((await copy.AuditAsync()).Findings);
    }

    /// <summary>The rows of the streams may be behind the log, as far as it is said where they are.</summary>
    [Fact]
    public async Task Finds_nothing_where_the_versions_of_streams_follow_later()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await copy.ChangeAsync(
            """
            update ledger.mt_streams set version = 1;
            update ledger.stream_place set seq = (select min(seq_id) - 1 from ledger.mt_events where version > 1)
            """
        );
        Assert.Empty((await copy.AuditAsync()).Findings);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(1 << 20)]
    public async Task Starts_at_no_other_place(ulong from)
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => copy.AuditAsync(from));
    }

    [Fact]
    public async Task Finds_nothing_in_published_tiles_and_bundles()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await copy.PublishAsync();
        Assert.Empty((await copy.AuditAsync()).Findings);
    }

    [Fact]
    public async Task Finds_nothing_while_others_write()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using var ledger = await copy.LedgerAsync();
        using var end = new CancellationTokenSource();
        async Task WriteAsync()
        {
            for (var n = 0; !end.IsCancellationRequested; n++)
                Assert.IsType<WriteOutcome.Appended>(
                    Assert.Single(await ledger.WriteAsync(AuditedCopy.Grade(10 + n % 100, 4 + n / 100)))
                );
        }
        var writing = Task.Run(WriteAsync, Stop);
        for (var i = 0; i < 3; i++)
            Assert.Empty((await copy.AuditAsync()).Findings);
        await end.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Reads_as_the_auditor_who_may_not_write()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await copy.ChangeAsync("revoke select on proof.leaf from ledger_auditor");
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => copy.AuditAsync());
        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
