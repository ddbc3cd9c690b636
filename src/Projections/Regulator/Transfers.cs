using System.Text.Json.Serialization;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;
using Ledger.Trading;
using Npgsql;

namespace Projections.Regulator;

/// <summary>Papers that a station was handed, and what it did with them.</summary>
public sealed record TransferRow : ViewRow
{
    public required string Station { get; init; }
    public string? Division { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary><c>registered</c>, <c>refused</c> or <c>open</c>.</summary>
    public required string Outcome { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Registered on the Shanghai day on which the papers came.</summary>
    public required bool SameDay { get; init; }

    /// <summary>From one prefecture to another.</summary>
    public required bool CrossCity { get; init; }
}

/// <summary>What do the stations do, how fast, and what do they refuse? (R2)</summary>
public sealed record TransfersView() : ItemView("transfers", 2, "What do the stations do?")
{
    public override Type Row => typeof(TransferRow);

    public override IReadOnlyList<string> Indexes => ["station, submitted_at", "division text_pattern_ops"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var n = 0;
        TransferRow? open = null;
        foreach (var e in history.Steps.Select(s => s.Event))
            switch (e.Event)
            {
                case TransferSubmitted { Station: { } station }:
                    if (open is not null)
                        yield return open;
                    open = new()
                    {
                        Stream = history.Id,
                        N = n++,
                        Station = station,
                        Division = StationCode.IsWellFormed(station)
                            ? StationCode.DivisionOf(station)
                            : e.Envelope.RegionCode,
                        SubmittedAt = e.Envelope.When.Start,
                        Outcome = "open",
                        SameDay = false,
                        CrossCity = false,
                    };
                    break;
                case TransferRefused refused when open is not null:
                    yield return open with
                    {
                        Outcome = "refused",
                        Reason = refused.Reason,
                        DoneAt = e.Envelope.When.Start,
                    };
                    open = null;
                    break;
                case OwnershipTransferred moved when open is not null:
                    yield return open with
                    {
                        Outcome = "registered",
                        DoneAt = e.Envelope.When.Start,
                        SameDay = e.Envelope.When.Day == ShanghaiDay.Of(open.SubmittedAt),
                        CrossCity =
                            moved is { FromRegion: { Length: 6 } from, ToRegion: { Length: 6 } to }
                            && from[..4] != to[..4],
                    };
                    open = null;
                    break;
            }
        if (open is not null)
            yield return open;
    }
}

/// <summary>Filters of <c>regulator/stations</c> and of <c>regulator/transfers</c>, the records behind its figures;
/// months as their first days.</summary>
/// <param name="Outcome"><c>registered</c>, <c>refused</c> or <c>open</c>; null: any.</param>
/// <param name="SameDay">True: only those that were registered on the day on which the papers came.</param>
/// <param name="CrossCity">True: only those from one prefecture to another.</param>
public sealed record StationFilter(
    string? Station = null,
    string? Division = null,
    DateOnly? From = null,
    DateOnly? To = null,
    string? Outcome = null,
    bool SameDay = false,
    bool CrossCity = false
)
{
    internal Filter Sql()
    {
        var filter = new Filter()
            .Where("station = ?", Station)
            .Inside("division", Division)
            .Where("submitted_at >= ?", From is { } from ? ShanghaiDay.Start(from) : null)
            .Where("submitted_at < ?", To is { } to ? ShanghaiDay.Start(ShanghaiDay.MonthsOn(to, 1)) : null)
            .Where("outcome = ?", Outcome);
        if (SameDay)
            filter.And("same_day");
        return CrossCity ? filter.And("cross_city") : filter;
    }
}

/// <summary>Papers that a station was handed, and what it did with them.</summary>
public sealed record TransferEntry(
    string Station,
    string? Division,
    DateTimeOffset SubmittedAt,
    string Outcome,
    string? Reason,
    DateTimeOffset? DoneAt,
    bool SameDay,
    bool CrossCity,
    Guid ItemId,
    string[] Identifiers
)
{
    /// <summary>Its number among the item's.</summary>
    [JsonIgnore]
    public int N { get; init; }
}

/// <summary>What one station did.</summary>
/// <param name="SameDayBp">Of the registered ones, in basis points.</param>
/// <param name="MedianMinutes">From papers to registration.</param>
/// <param name="Reasons">Why it refused, the commonest first.</param>
public sealed record StationEntry(
    string Station,
    string? Division,
    long Submitted,
    long Registered,
    long Refused,
    long Open,
    int? SameDayBp,
    int? CrossCityBp,
    long? MedianMinutes,
    string[] Reasons
);

/// <summary>Reads what each registration station did.</summary>
public sealed class StationQuery(LedgerDatabase database)
{
    public async Task<IReadOnlyList<StationEntry>> ReadAsync(StationFilter f, CancellationToken stop)
    {
        var filter = f.Sql();
        await using var command = filter.On(
            database.Source,
            $"""
            with t as (select * from {new TransfersView().Source} where {filter.Sql}),
            why as (select station, array_agg(reason order by n desc, reason) reasons
                from (select station, reason, count(*) n from t where reason is not null group by station, reason) r
                group by station)
            select t.station, max(division), count(*), count(*) filter (where outcome = 'registered'),
                count(*) filter (where outcome = 'refused'), count(*) filter (where outcome = 'open'),
                count(*) filter (where same_day), count(*) filter (where cross_city),
                (extract(epoch from percentile_disc(0.5) within group (order by done_at - submitted_at)
                    filter (where outcome = 'registered')) / 60)::bigint,
                coalesce(max(why.reasons), array[]::text[])
            from t left join why using (station) group by t.station order by count(*) desc, t.station limit 2000
            """
        );
        return await command.ListAsync(Read, stop);
    }

    /// <summary>One by one, newest first.</summary>
    public async Task<Page<TransferEntry>> TransfersAsync(
        StationFilter f,
        int limit,
        string? cursor,
        CancellationToken stop
    )
    {
        var filter = f.Sql();
        if (Cursor.Read(cursor) is { } last)
            filter.And(filter.Over("(submitted_at, stream, n) < (?, ?, ?)", last.At, last.Stream, (int)last.N));
        await using var command = filter.On(
            database.Source,
            $"""
            select station, division, submitted_at, outcome, reason, done_at, same_day, cross_city, stream, n
            from {new TransfersView().Source} where {filter.Sql}
            order by submitted_at desc, stream desc, n desc limit {limit + 1}
            """
        );
        var page = await command.PageAsync(
            limit,
            r => new TransferEntry(
                r.GetString(0),
                r.Text(1),
                r.GetFieldValue<DateTimeOffset>(2),
                r.GetString(3),
                r.Text(4),
                r.Maybe<DateTimeOffset>(5),
                r.GetBoolean(6),
                r.GetBoolean(7),
                r.GetGuid(8),
                []
            )
            {
                N = r.GetInt32(9),
            },
            e => Cursor.Of(e.SubmittedAt, e.ItemId, e.N),
            stop
        );
        var texts = await new ClearTexts(database).OfItemsAsync([.. page.Items.Select(r => r.ItemId)], stop);
        return page.Select(r => r with { Identifiers = texts.GetValueOrDefault(r.ItemId) ?? [] });
    }

    static StationEntry Read(NpgsqlDataReader r)
    {
        var registered = r.GetInt64(3);
        int? Share(int i) => registered == 0 ? null : (int)(r.GetInt64(i) * 10_000 / registered);
        return new(
            r.GetString(0),
            r.Text(1),
            r.GetInt64(2),
            registered,
            r.GetInt64(4),
            r.GetInt64(5),
            Share(6),
            Share(7),
            r.Maybe<long>(8),
            r.GetFieldValue<string[]>(9)
        );
    }
}
