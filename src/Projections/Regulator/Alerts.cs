using System.Collections.Frozen;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store.Postgres;
using Ledger.Trading;

namespace Projections.Regulator;

/// <summary>Something a regulator should look at, with the event that shows it.</summary>
public sealed record AlertRow : ViewRow
{
    /// <summary><c>odometer</c>, <c>scrap-limit</c>, <c>wipe-unverified</c>, <c>three-cars</c>, <c>rapid-resale</c>,
    /// <c>double-listing</c>, <c>clone</c>, <c>wipe-in-doubt</c> or <c>wipe-report-reused</c>
    /// (<see cref="Ledger.Supervision.Patterns"/>).</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The day as it was given, where only a day is known.</summary>
    public DateOnly? GivenOn { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }

    /// <summary>The rule that was hit, where one was.</summary>
    public string? RuleId { get; init; }

    /// <summary>What was compared: name and value.</summary>
    public required string[] Facts { get; init; }
    public required Guid EventId { get; init; }
}

/// <summary>
/// What looks wrong? Hits of rules that warned instead of refusing, and patterns of one item's life. The days of a
/// rapid resale and the hours of a clone are settings of this project, not of any law.
/// </summary>
public sealed record AlertsView() : ItemView("alerts", 3, "What looks wrong?")
{
    /// <summary>Sold again within so many days.</summary>
    const int RapidDays = 7;

    static readonly FrozenDictionary<string, string> OfRule = new Dictionary<string, string>
    {
        ["odo-rollback"] = "odometer",
        ["odo-too-fast"] = "odometer",
        ["odo-typo"] = "odometer",
        ["odo-unit"] = "odometer",
        ["scrap-years"] = "scrap-limit",
        ["wipe-gate-resale"] = "wipe-unverified",
        ["wipe-report-reused"] = "wipe-report-reused",
        ["trade-three-cars"] = "three-cars",
        ["trade-three-cars-undated"] = "three-cars",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public override Type Row => typeof(AlertRow);

    public override IReadOnlyList<string> Indexes => ["at desc, stream", "kind, at desc", "division text_pattern_ops"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var n = 0;
        Sighting? seen = null;
        Moment? sold = null;
        // Of readings the alert is what is known of them now: it depends on no order of arrival.
        var readings = (history.State?.Condition.Odometer.Known ?? []).ToDictionary(r => r.Reading.Event);
        foreach (var (e, item, _) in history.Steps)
        {
            var here = Sighting.Of(e);
            var place = Place.Of(e, item is null ? null : Sale.Of(item, e));
            foreach (var (kind, rule, facts) in Found(item, e, here, seen, sold, readings.GetValueOrDefault(e.EventId)))
                yield return new AlertRow
                {
                    Stream = history.Id,
                    N = n++,
                    Kind = kind,
                    At = e.Envelope.When.Start,
                    GivenOn = e.Envelope.When is { IsDay: true, Day: var day } ? day : null,
                    Market = place.Market,
                    Division = place.Division,
                    Category = item?.Category ?? "",
                    Make = item?.Make,
                    Model = item?.Model,
                    RuleId = rule,
                    Facts = [.. facts.Select(f => $"{f.Key}={f.Value}")],
                    EventId = e.EventId,
                };
            if (Sells(e.Event))
                sold = e.Envelope.When;
            seen = here ?? seen;
        }
    }

    static IEnumerable<(string Kind, string? Rule, IEnumerable<KeyValuePair<string, string>> Facts)> Found(
        Item? item,
        StoredEvent e,
        Sighting? sighting,
        Sighting? seen,
        Moment? sold,
        JudgedReading? reading
    )
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        if (reading?.Judged.FirstOrDefault(v => v.Result is Result.Hit && OfRule.ContainsKey(v.RuleId)) is { } doubt)
            yield return (OfRule[doubt.RuleId], doubt.RuleId, doubt.Inputs);
        foreach (var verdict in e.Envelope.Verdicts.IsDefault ? [] : e.Envelope.Verdicts)
            if (
                verdict.Result is Result.Hit
                && OfRule.TryGetValue(verdict.RuleId, out var kind)
                && !ReadingVerdict.IsOfOdometer(verdict.RuleId)
                // A listing or an agreement that warns is not yet a sale.
                && (kind is not "wipe-unverified" || Sells(e.Event))
                && (kind is not "three-cars" || e.Event is DealInvoiced or SaleRecorded)
                && told.Add(kind)
            )
                yield return (kind, verdict.RuleId, verdict.Inputs);
        if (
            Sells(e.Event)
            && sold is { } last
            && (e.Envelope.When.Start - last.Start).TotalDays < RapidDays
            && SellsAsPerson(item, e.Event)
        )
            yield return ("rapid-resale", null, Facts(("soldBefore", last.ToString())));
        if (e.Event is ScrapLimitReached reached && told.Add("scrap-limit"))
            yield return ("scrap-limit", reached.RuleId, Facts(("limit", $"{reached.LimitDate:yyyy-MM-dd}")));
        if (e.Event is IdentityConflictRaised conflict && told.Add("clone"))
            yield return ("clone", null, Facts(("other", $"{conflict.Other}")));
        if (e.Event is WipeSuspended suspended)
            yield return ("wipe-in-doubt", null, Facts(("incident", $"{suspended.IncidentId}")));
        if (e.Event is ItemListed listed && item?.Trade.OpenListing is { } open && open.Market != listed.Market)
            yield return ("double-listing", null, Facts(("market", listed.Market), ("openAt", open.Market)));
        if (sighting is { } here)
        {
            if (seen is { } before && here.CannotFollow(before))
                yield return ("clone", null, Facts(("prefecture", here.Prefecture), ("sameHourIn", before.Prefecture)));
            else if (Keeps(item) is { } hall && hall != here.Prefecture && e.Event is not Ledger.Custody.ItemReceived)
                yield return ("clone", null, Facts(("prefecture", here.Prefecture), ("standsIn", hall)));
        }
    }

    static bool Sells(LedgerEvent e) => e is SaleRecorded or OwnershipTransferred;

    /// <summary>Whoever deals in goods sells on within the week: that is his trade.</summary>
    static bool SellsAsPerson(Item? item, LedgerEvent e) =>
        e switch
        {
            SaleRecorded sale => sale.SellerKind,
            OwnershipTransferred transfer => item?.Trade.Deal(transfer.DealId)?.SellerKind,
            _ => null,
        }
            is null
                or PartyKind.Person;

    /// <summary>The prefecture in whose hall it stands and has not been handed on from.</summary>
    static string? Keeps(Item? item) =>
        item?.Custody.Open is { Keeper: null, Site: { } site } && MarketCode.IsWellFormed(site)
            ? MarketCode.DivisionOf(site)[..4]
            : null;

    static IEnumerable<KeyValuePair<string, string>> Facts(params (string Name, string? Value)[] facts) =>
        facts.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!));
}

/// <summary>Where the thing itself was seen: a listing or a transfer says only where its papers were.</summary>
readonly record struct Sighting(DateTimeOffset At, bool IsDay, string Prefecture)
{
    /// <summary>The road from one prefecture to the next takes longer.</summary>
    static readonly TimeSpan Road = TimeSpan.FromHours(1);

    public static Sighting? Of(StoredEvent e) =>
        e.Event is ItemInspected or OdometerObserved or VehicleChecked or Ledger.Custody.ItemReceived
        && e.Envelope.RegionCode is { Length: 6 } region
            ? new(e.Envelope.OccurredAt, e.Envelope.Precision is Precision.Day, region[..4])
            : null;

    /// <summary>Elsewhere within the hour. Where only the day is known, the day may have been long enough.</summary>
    public bool CannotFollow(Sighting before) =>
        Prefecture != before.Prefecture && !IsDay && !before.IsDay && At - before.At < Road;
}

/// <summary>Filters of <c>regulator/alerts</c>.</summary>
public sealed record AlertFilter(
    string? Kind = null,
    string? Market = null,
    string? Division = null,
    string? Category = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
);

/// <summary>Something to look at, and the event that shows it.</summary>
public sealed record AlertEntry(
    Guid ItemId,
    string Kind,
    DateTimeOffset At,
    string? Market,
    string? Division,
    string Category,
    string? Make,
    string? Model,
    string? RuleId,
    string[] Facts,
    Guid EventId
)
{
    /// <summary>The day as it was given, where only a day is known.</summary>
    public DateOnly? On { get; init; }

    internal int N { get; init; }
}

/// <summary>Reads alerts, newest first.</summary>
public sealed class AlertQuery(LedgerDatabase database)
{
    public async Task<Page<AlertEntry>> ReadAsync(AlertFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("kind = ?", f.Kind)
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("at >= ?", f.From)
            .Where("at <= ?", f.To);
        if (Cursor.Read(cursor) is { } after)
            filter.And(filter.Over("(at, stream, n) < (?, ?, ?)", after.At, after.Stream, after.N));
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, kind, at, market, division, category, make, model, rule_id, facts, event_id, n, given_on
            from {new AlertsView().Source} where {filter.Sql}
            order by at desc, stream desc, n desc limit {limit + 1}
            """
        );
        return await command.PageAsync(limit, Read, e => Cursor.Of(e.At, e.ItemId, e.N), stop);
    }

    static AlertEntry Read(Npgsql.NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetString(1),
            r.GetFieldValue<DateTimeOffset>(2),
            r.Text(3),
            r.Text(4),
            r.GetString(5),
            r.Text(6),
            r.Text(7),
            r.Text(8),
            r.GetFieldValue<string[]>(9),
            r.GetGuid(10)
        )
        {
            N = r.GetInt32(11),
            On = r.Maybe<DateOnly>(12),
        };
}
