using System.Diagnostics;
using System.Globalization;
using Ledger.DataWipe;
using Ledger.Store.Auditing;
using Ledger.Store.Reservations;
using Projections.Regulator;
using Support;
using Year;

namespace Api.Tests;

/// <summary>A county's year through the public API: a twentieth here, the whole of it by <c>ops/year</c>.</summary>
[TakesLong]
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
        var year = await TheYear.RunAsync(service.Client, calendar, new(seed, Share), () => SettledAsync(service));
        await TellAsync(year.Table());
        Assert.Empty(year.FalseRefusals);
        Assert.Empty(year.FalseAlarms);
        Assert.Empty(year.FalseFigures);
        Assert.Empty(year.Missed);
        await EveryFigureFollowsFromTheEventsAsync(service);
        var (asked, differ) = await Replaying_the_law.AskAsync(service.Node);
        Assert.True(asked > 100, $"{asked} verdicts");
        Assert.Empty(differ);
        // Every kind of reservation has been made, changed and freed: the events give them again.
        var findings = new Findings();
        await new ReservationAudit(service.Database, held: 1000).RunAsync(
            findings,
            _ => { },
            TestContext.Current.CancellationToken
        );
        Assert.Empty(findings.All());
        Assert.Empty(
            await new MovedReservations(service.Database).WrongAsync(
                0,
                long.MaxValue,
                TestContext.Current.CancellationToken
            )
        );
        await ViewsFedAgainAsync(service);
        // A fraud that was not even tried would not be missed.
        Assert.DoesNotContain(year.Frauds, f => f.Planted == 0);
    }

    /// <summary>All views empty, fed from the first event at once: every row is what the events give.</summary>
    static async Task ViewsFedAgainAsync(TestService service)
    {
        var stop = TestContext.Current.CancellationToken;
        var clock = Stopwatch.StartNew();
        var events = await EmptyViews.FeedAgainAsync(service, stop);
        await TellAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"All {Projections.Registry.Views.Count} views fed from the first of {events} events in {clock.Elapsed.TotalSeconds:F1} s."
            )
        );
        var findings = new Findings();
        await new Projections.ViewAudit(service.Database).RunAsync(findings, _ => { }, stop);
        Assert.Empty(findings.All());
    }

    static async Task TellAsync(string text)
    {
        if (Environment.GetEnvironmentVariable("LEDGER_YEAR_REPORT") is { } report)
            await File.AppendAllTextAsync(report, text + "\n", TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
    }

    /// <summary>Turnover of every month, market, division and category, and the plan's figures of every month and
    /// division, beside a count of the stored events that shares no code with the views.</summary>
    static async Task EveryFigureFollowsFromTheEventsAsync(TestService service)
    {
        var stop = TestContext.Current.CancellationToken;
        var caller = new Http.Caller(service.Client);
        var counted = await SalesOfTheEvents.ReadAsync(service.Database, stop);
        var shown = (await caller.GetAsync("/api/v1/market/turnover"))
            .Is(200)
            .Items.Select(t =>
                $"{t["month"]} {t["market"] ?? "unknown"} {t["division"] ?? "unknown"} {t["category"]} {t["count"]} {t["totalFen"]}"
            );
        Assert.Equal(
            counted.Lines.Select(l => $"{l.Key} {l.Value.Count} {l.Value.Fen}").Order(StringComparer.Ordinal),
            shown.Order(StringComparer.Ordinal)
        );
        // Two markets in one division, one in another, and sales of which nobody knows the place.
        Assert.Contains(counted.Lines.Keys, l => l.Contains("MK-510703", StringComparison.Ordinal));
        Assert.Contains(counted.Lines.Keys, l => l.Contains("unknown", StringComparison.Ordinal));
        foreach (var month in counted.Lines.Keys.Select(l => l[..7]).Distinct())
        foreach (var division in (string[])["510185", "510703"])
        {
            var figures = await caller.GetAsync($"/api/v1/regulator/indicators?within={division}&period={month}");
            Assert.Equal(
                counted.Cars.GetValueOrDefault($"{month} {division}"),
                (long)figures.Is(200).Items.First()["count"]!
            );
        }
    }

    /// <summary>What the incident reaches is found from the views, and stands in them a moment later.</summary>
    static async Task SettledAsync(TestService service)
    {
        var stop = TestContext.Current.CancellationToken;
        var reach = new ReachQuery(service.Database);
        await Patience.UntilAsync(async () =>
        {
            await service.CaughtUpAsync();
            foreach (
                var incident in await service.Node.Reader.AllAsync(
                    WipeStreams.Incident,
                    Ledger.DataWipe.Incident.Fold,
                    stop
                )
            )
                if ((await reach.ToSuspendAsync(incident, 1, stop)).Count > 0)
                    return false;
            return true;
        });
    }

    static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } set ? Number(set) : otherwise;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
