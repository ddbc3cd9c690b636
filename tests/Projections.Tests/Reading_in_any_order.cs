using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;
using Projections.Regulator;
using Support;

namespace Projections.Tests;

/// <summary>The same readings, in whatever order they come to the ledger: the same verdicts as known now, the same
/// alerts, the same value shown. What was recorded with each may differ, and stays.</summary>
public sealed class Reading_in_any_order
{
    static readonly Guid Item = Guid.Parse("019b0000-0000-7000-8000-000000000001");
    static readonly DateTimeOffset Opened = new(2026, 1, 1, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Gives_the_same_verdicts_now_the_same_alerts_and_the_same_value()
    {
        var (random, recorded) = (new Random(7), new HashSet<string>(StringComparer.Ordinal));
        for (var set = 0; set < 150; set++)
        {
            var readings = Enumerable.Range(0, random.Next(2, 7)).Select(n => Any(random, n)).ToArray();
            var answers = readings.Where(_ => random.Next(4) == 0).Select((r, n) => Answer(random, r, n)).ToArray();
            string? first = null;
            for (var order = 0; order < 12; order++)
            {
                var history = Arrive(Shuffled(random, readings, answers));
                recorded.UnionWith(
                    history.Events.Select(e => $"{e.EventId} {(e.Event as OdometerObserved)?.ReasonCode}")
                );
                var told = Told(history);
                Assert.Equal(first ??= told, told);
            }
        }
        // The orders were different ones: what was recorded of one reading differs.
        Assert.Contains(recorded.GroupBy(r => r[..36]), g => g.Count() > 1);
    }

    [Fact]
    public void A_low_reading_that_comes_late_turns_none_that_is_right_and_a_high_one_is_seen_where_it_contradicts()
    {
        var (early, late) = (Reading(1, 60_000, day: 5), Reading(2, 50_000, day: 10));
        var history = Arrive([late, early]);
        var known = history.State!.Condition.Odometer.Known;
        Assert.Equal(
            [(early.Id, OdometerVerdict.NoVerdict), (late.Id, OdometerVerdict.Implausible)],
            known.Select(k => (k.Reading.Event, k.Known.Verdict))
        );
        var both = ItemVerdicts.OfReadings(history.State, history.Events).Single(r => r.Event.EventId == late.Id);
        Assert.Equal(
            (new("first-reading"), new("rolled-back"), true),
            (new Why(both.AsRecorded.Reason), new Why(both.Now.Known.Reason), both.Differs)
        );
        Assert.Equal(50_000, history.State.Condition.OdometerKm);
        Assert.Equal(late.Id, Assert.Single(Alerts(history)).EventId);
    }

    [Fact]
    public void A_reading_that_is_corrected_is_an_alert_no_more_and_what_it_had_hidden_is_one()
    {
        var (typo, next) = (Reading(1, 500_000, day: 5), Reading(2, 50_500, day: 10));
        var history = Arrive([typo, next]);
        Assert.Equal(next.Id, Assert.Single(Alerts(history)).EventId);
        history = Arrive([typo, next, new(Id(99), Opened, new OdometerCorrected(typo.Id, null, 50_000, "photo"))]);
        Assert.Empty(Alerts(history));
        Assert.Equal(50_500, history.State!.Condition.OdometerKm);
    }

    [Fact]
    public void Of_one_day_the_reading_that_fits_is_shown()
    {
        var history = Arrive([Reading(1, 50_000, day: 5), Reading(2, 510_000, day: 6), Reading(3, 50_100, day: 6)]);
        Assert.Equal(50_100, history.State!.Condition.OdometerKm);
        Assert.Equal(Id(2), Assert.Single(Alerts(history)).EventId);
    }

    sealed record Why(string? Reason);

    /// <param name="At">When its event says that it occurred.</param>
    sealed record Arrival(Guid Id, DateTimeOffset At, LedgerEvent Event, Precision? Precision = null);

    static Arrival Reading(int n, long km, int day) =>
        new(
            Id(n),
            Opened.AddDays(day).AddMinutes(n),
            new OdometerObserved(km, DistanceUnit.Km, OdometerSource.Desk, ShanghaiDay.Of(Opened.AddDays(day)))
        );

    /// <summary>Days, values and sources that often meet.</summary>
    static Arrival Any(Random random, int n)
    {
        var day = random.Next(0, 5) * random.Next(1, 30);
        var km = random.Next(0, 3) switch
        {
            0 => 50_000,
            1 => 50_000 + random.Next(-3, 4) * 1_000,
            _ => random.Next(0, 2) == 0 ? 5_000 : 505_000,
        };
        var at = Opened.AddDays(day).AddMinutes(n);
        return random.Next(0, 5) switch
        {
            // Recorded some days after it was read.
            0 => new(Id(n), at.AddDays(3), new OdometerObserved(km, ObservedOn: ShanghaiDay.Of(at))),
            // Of another register, whose day or instant is all that is known.
            1 => new(Id(n), ShanghaiDay.Start(ShanghaiDay.Of(at)), new OdometerObserved(km), Precision.Day),
            2 => new(Id(n), at, new OdometerObserved(km)),
            3 => new(Id(n), at, new SaleRecorded(null, null, null, null, 1, "CNY", at, OdometerKm: km)),
            _ => new(Id(n), at, new DestinationRegistered("KE", ShanghaiDay.Of(at), OdometerKm: km)),
        };
    }

    static Arrival Answer(Random random, Arrival to, int n) =>
        new(
            Id(100 + n),
            to.At,
            to.Event switch
            {
                OdometerObserved when random.Next(2) == 0 => new OdometerCorrected(to.Id, null, 50_500, "photo"),
                OdometerObserved => new Voided<OdometerObserved>(to.Id, "another car"),
                SaleRecorded sale => new Corrected<SaleRecorded>(to.Id, "typo", sale with { OdometerKm = 50_500 }),
                var arrived => new Corrected<DestinationRegistered>(
                    to.Id,
                    "typo",
                    (DestinationRegistered)arrived with
                    {
                        OdometerKm = 50_500,
                    }
                ),
            }
        );

    /// <summary>Any order in which an answer comes after what it answers.</summary>
    static Arrival[] Shuffled(Random random, Arrival[] readings, Arrival[] answers)
    {
        var all = readings.Concat(answers).ToArray();
        random.Shuffle(all);
        var order = all.Where(t => !answers.Contains(t)).ToList();
        foreach (var answer in answers)
        {
            var target = order.FindIndex(t => t.Id == ((ICorrection)answer.Event).Target);
            order.Insert(random.Next(target + 1, order.Count + 1), answer);
        }
        return [.. order];
    }

    /// <summary>Each is judged on what was there before it came, as the desk and the import judge.</summary>
    static ItemHistory Arrive(IReadOnlyList<Arrival> arriving)
    {
        var history = new ItemHistory(Item);
        Append(history, new(Id(9_999), Opened.AddDays(-400), new ItemRegistered("used-car", [])), []);
        foreach (var told in arriving)
        {
            if (told.Event is not OdometerObserved read)
            {
                Append(history, told, []);
                continue;
            }
            var on = read.ObservedOn ?? Moment.Of(told.At, told.Precision).Day;
            var decision = ItemDecisions.Decide(
                new ReadOdometer(read.ValueKm!.Value, DistanceUnit.Km, OdometerSource.Desk, on, null, true),
                history,
                new(told.At, Opened.AddYears(1), RuleSet.Current, new("clerk", "CLK"))
            );
            var judged = (OdometerObserved)decision.Events.Single();
            Append(
                history,
                told with
                {
                    Event = read with { Verdict = judged.Verdict, ReasonCode = judged.ReasonCode },
                },
                decision.Verdicts
            );
        }
        return history;
    }

    static void Append(
        ItemHistory history,
        Arrival told,
        System.Collections.Immutable.ImmutableArray<Verdict> verdicts
    ) =>
        history.Append(
            new(
                told.Id,
                Item,
                history.Version + 1,
                Opened.AddDays(500 + history.Version),
                told.Event,
                new("k", told.At, "local", "ADM", RuleSet.Current.Version)
                {
                    Precision = told.Precision,
                    Verdicts = verdicts,
                }
            )
            {
                Type = Ledger.EventCatalog.OfType(told.Event.GetType())?.WireName ?? "",
            }
        );

    static IEnumerable<AlertRow> Alerts(ItemHistory history) =>
        new AlertsView().Rows(history).Cast<AlertRow>().Where(a => a.Kind == "odometer");

    static string Told(ItemHistory history)
    {
        var condition = history.State!.Condition;
        var verdicts = condition.Odometer.Known.Select(k =>
            $"{k.Reading.Event} {k.Reading.On} {k.Reading.Km} {k.Known.Verdict} {k.Known.Reason}"
        );
        var alerts = Alerts(history)
            .Select(a => $"{a.EventId} {a.RuleId} {a.At:O} {string.Join(' ', a.Facts)}")
            .Order(StringComparer.Ordinal);
        return $"{condition.OdometerKm} {condition.Odometer.Shown?.On}\n{string.Join('\n', verdicts)}\n{string.Join('\n', alerts)}";
    }

    static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
