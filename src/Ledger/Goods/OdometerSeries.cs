using System.Collections.Immutable;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>What one event says an odometer showed.</summary>
/// <param name="On">The day of the reading, not of its recording: within a day nothing says which of two was
/// first.</param>
/// <param name="Act">What is judged: a sale's reading is asked less than one that was taken for its own sake.</param>
/// <param name="HasEffect">False: its event fitted no state of the item; the reading is judged, but nothing is held
/// against it.</param>
public sealed record OdometerReading(Guid Event, long Km, DateOnly On, Trigger Act, string Jurisdiction, bool HasEffect)
{
    /// <param name="before">The item as it stood when it happened.</param>
    /// <returns>Null where the event tells no reading.</returns>
    public static OdometerReading? Of(Item before, StoredEvent e)
    {
        var (km, on, act) = e.Event switch
        {
            OdometerObserved r => (r.ValueKm, r.ObservedOn, Trigger.ObserveOdometer),
            DestinationRegistered d => (d.OdometerKm, d.RegisteredOn, Trigger.ObserveOdometer),
            SaleRecorded s => (s.OdometerKm, null, Trigger.RecordSale),
            _ => (null, (DateOnly?)null, default),
        };
        return km is { } value
            ? new(
                e.EventId,
                value,
                on ?? e.Envelope.When.Day,
                act,
                e.Envelope.Jurisdiction,
                e.Event is not SaleRecorded || LifeTable.Fits(before, e.Event)
            )
            : null;
    }
}

/// <summary>What is to be thought of a reading, and why.</summary>
public sealed record ReadingVerdict(OdometerVerdict Verdict, string? Reason)
{
    /// <summary>Rule → reason, the likeliest explanation first.</summary>
    static readonly ImmutableArray<(string Rule, string Reason)> Doubts =
    [
        ("odo-typo", "typo-suspected-x10"),
        ("odo-unit", "unit-change-suspected"),
        ("odo-rollback", "rolled-back"),
        ("odo-too-fast", "too-fast"),
    ];

    /// <param name="before">The accepted reading that it was held against, if there was one.</param>
    /// <param name="isNewest">No reading of a later day was accepted.</param>
    public static ReadingVerdict Of(IEnumerable<Verdict> judged, OdometerReading? before, bool isNewest = true) =>
        Doubt(judged) is { } doubt ? new(OdometerVerdict.Implausible, doubt)
        : !isNewest ? new(OdometerVerdict.NoVerdict, "older-than-the-last")
        : before is null ? new(OdometerVerdict.NoVerdict, "first-reading")
        : new(OdometerVerdict.Plausible, null);

    /// <summary>As it was judged when it was recorded; it stays so, whatever becomes known.</summary>
    public static ReadingVerdict AsRecorded(StoredEvent e) =>
        e.Event is OdometerObserved { Verdict: { } verdict } said ? new(verdict, said.ReasonCode)
        : e.Envelope.Verdicts.IsDefaultOrEmpty ? new(OdometerVerdict.Plausible, null)
        : Doubt(e.Envelope.Verdicts) is { } doubt ? new(OdometerVerdict.Implausible, doubt)
        : e.Envelope.Verdicts.Any(v => IsOfOdometer(v.RuleId) && v.Result is Result.NotEvaluated)
            ? new(OdometerVerdict.NoVerdict, null)
        : new(OdometerVerdict.Plausible, null);

    /// <summary>A rule about readings.</summary>
    public static bool IsOfOdometer(string ruleId) => ruleId.StartsWith("odo-", StringComparison.Ordinal);

    /// <summary>Why a reading is doubted; null: it is not.</summary>
    static string? Doubt(IEnumerable<Verdict> judged)
    {
        var hit = judged.Where(v => v.Result is Result.Hit).Select(v => v.RuleId).ToHashSet(StringComparer.Ordinal);
        return Doubts.FirstOrDefault(d => hit.Contains(d.Rule)).Reason;
    }

    /// <summary>Whether a reader should be told both: another verdict, or another doubt.</summary>
    public bool DiffersFrom(ReadingVerdict other) =>
        Verdict != other.Verdict || Verdict is OdometerVerdict.Implausible && Reason != other.Reason;
}

/// <summary>A reading as it is known now, beside the readings of the days before it.</summary>
/// <param name="Before">The last accepted one of those days.</param>
/// <param name="Judged">What the rules say of it, the passes left out.</param>
public sealed record JudgedReading(OdometerReading Reading, OdometerReading? Before, ImmutableArray<Verdict> Judged)
{
    public ReadingVerdict Known { get; } = ReadingVerdict.Of(Judged, Before);

    public bool IsAccepted => Reading.HasEffect && Known.Verdict is not OdometerVerdict.Implausible;

    /// <summary>What the rules ask of it.</summary>
    public Inputs Facts => OdometerSeries.Facts(Reading.Km, Reading.On, Before);
}

/// <summary>
/// The readings of an item's odometer in the order of their days, and of kilometres within a day: an order that the
/// readings alone decide. So the same readings are judged alike and show the same value, in whatever order they came.
/// </summary>
public sealed class OdometerSeries
{
    readonly string category;
    readonly ImmutableArray<OdometerReading> readings;

    /// <summary>Judged when first asked for; those before the newest one need not be judged again.</summary>
    ImmutableArray<JudgedReading> judged;
    int done;

    OdometerSeries(
        string category,
        ImmutableArray<OdometerReading> readings,
        ImmutableArray<JudgedReading> judged,
        int done
    ) => (this.category, this.readings, this.judged, this.done) = (category, readings, judged, done);

    public static OdometerSeries Unread(string category) => new(category, [], [], 0);

    public OdometerSeries With(OdometerReading reading)
    {
        var place = readings.BinarySearch(reading, Order);
        if (place < 0)
            place = ~place;
        return new(category, readings.Insert(place, reading), judged, Math.Min(done, place));
    }

    static readonly Comparer<OdometerReading> Order = Comparer<OdometerReading>.Create(
        (a, b) => (a.On, a.Km, a.Act, a.Event).CompareTo((b.On, b.Km, b.Act, b.Event))
    );

    /// <summary>Every reading as it is known now, judged by the newest rules under the law of its day.</summary>
    public ImmutableArray<JudgedReading> Known
    {
        get
        {
            if (done < readings.Length)
                (judged, done) = ([.. judged.AsSpan(0, done), .. Judge(judged.AsSpan(0, done))], readings.Length);
            return judged;
        }
    }

    JudgedReading[] Judge(ReadOnlySpan<JudgedReading> before)
    {
        OdometerReading? last = null;
        foreach (var known in before)
            if (known.IsAccepted)
                last = known.Reading;
        var found = new JudgedReading[readings.Length - before.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var reading = readings[before.Length + i];
            var facts = Facts(reading.Km, reading.On, last);
            var said = RuleSet.Current.Judge(
                reading.Act,
                category,
                reading.Jurisdiction,
                reading.On,
                facts,
                refuses: false
            );
            found[i] = new(reading, last, said.Recorded);
            if (found[i].IsAccepted)
                last = reading;
        }
        return found;
    }

    /// <summary>What is shown: the newest by its day; of several of that day, one that nothing speaks
    /// against.</summary>
    public OdometerReading? Shown => ShownOn(DateOnly.MaxValue);

    /// <summary>What was shown on a day, as it is known now.</summary>
    public OdometerReading? ShownOn(DateOnly day)
    {
        JudgedReading? shown = null;
        foreach (var known in Known)
            if (
                known.Reading.HasEffect
                && known.Reading.On <= day
                && (shown is null || known.Reading.On > shown.Reading.On || known.IsAccepted || !shown.IsAccepted)
            )
                shown = known;
        return shown?.Reading;
    }

    /// <summary>The last one that nothing speaks against, of a day or before it: what a reading of that day is held
    /// against when it is recorded.</summary>
    public OdometerReading? AcceptedBy(DateOnly day) =>
        Known.LastOrDefault(k => k.IsAccepted && k.Reading.On <= day)?.Reading;

    /// <summary>The last one that nothing speaks against.</summary>
    public OdometerReading? Accepted => AcceptedBy(DateOnly.MaxValue);

    /// <summary>What the rules say of a reading that another register reports.</summary>
    internal static Judgement JudgeObserved(OdometerObserved reading, Item item, Situation s)
    {
        var day = reading.ObservedOn ?? s.LawDay;
        return s.Rules.Judge(
            Trigger.ObserveOdometer,
            item.Category,
            s.Jurisdiction,
            s.LawDay,
            Facts(reading.ValueKm, day, item.Condition.Odometer.AcceptedBy(day)),
            refuses: false
        );
    }

    /// <summary>What rules ask of a reading.</summary>
    /// <param name="before">What it is held against; null: it has nothing before it to fit.</param>
    public static Inputs Facts(long? km, DateOnly on, OdometerReading? before) =>
        Inputs
            .None.And("valueKm", km)
            .And("lastKm", before?.Km)
            .And("days", before is null ? null : (long?)(on.DayNumber - before.On.DayNumber));
}
