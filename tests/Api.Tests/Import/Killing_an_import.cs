using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Killing_an_import
{
    [Fact]
    public async Task in_the_middle_lets_the_same_command_finish_it()
    {
        Assert.SkipWhen(VehicleHistories.File is null, VehicleHistories.Missing);
        await using var ledger = await ScratchLedger.OpenAsync();
        var before = await ledger.CountAsync("select count(*) from proof.leaf");
        string[] import =
        [
            "import",
            VehicleHistories.File!,
            "--map",
            VehicleHistories.Map,
            "--json",
            "--rejected",
            Path.Combine(ledger.Folder, "rejected.csv"),
        ];
        using (var process = LedgerProgram.Start([.. import, "--postgres", ledger.Connection, "--data", ledger.Data]))
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (await ledger.EventsAsync() == 0 && !process.HasExited)
                await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(137, process.ExitCode);
        }
        Assert.InRange(await ledger.EventsAsync(), 1, 10322);

        var ran = await ledger.RunAsync(import);
        Assert.Equal((0, 8599L, 0L), (ran.Exit, ran.Counts.Recorded + ran.Counts.Known, ran.Counts.Refused));
        Assert.InRange(ran.Counts.Known, 1, 8598);
        Assert.Equal(10323, await ledger.EventsAsync());
        Assert.Equal(before + 10323, await ledger.CountAsync("select count(distinct event_id) from proof.leaf"));
    }
}
