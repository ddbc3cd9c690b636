using System.Globalization;
using Support;
using Year;

namespace Api.Tests;

/// <summary>A county's year through the public API: a twentieth here, the whole of it by <c>ops/year</c>.</summary>
public sealed class Living_a_year
{
    static int Share => Setting("LEDGER_YEAR_SHARE", 20);

    public static TheoryData<int> Seeds =>
        [.. (Environment.GetEnvironmentVariable("LEDGER_YEAR_SEEDS") ?? "1").Split(',').Select(s => Number(s))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_fraud_goes_unseen_and_nobody_honest_is_stopped(int seed)
    {
        var calendar = TheYear.NewCalendar();
        await using var service = await TestService.StartAsync(clock: calendar);
        var year = await TheYear.RunAsync(
            service.Client,
            calendar,
            new(seed, Share),
            async () =>
            {
                await service.CaughtUpAsync();
                // What the incident reaches is found from the views, and stands in them a moment later.
                await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
                await service.CaughtUpAsync();
            }
        );
        if (Environment.GetEnvironmentVariable("LEDGER_YEAR_REPORT") is { } report)
            await File.AppendAllTextAsync(report, year.Table() + "\n", TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(year.Table());
        Assert.Empty(year.FalseRefusals);
        Assert.Empty(year.FalseAlarms);
        Assert.Empty(year.FalseFigures);
        Assert.Empty(year.Missed);
        // A fraud that was not even tried would not be missed.
        Assert.DoesNotContain(year.Frauds, f => f.Planted == 0);
    }

    static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } set ? Number(set) : otherwise;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
