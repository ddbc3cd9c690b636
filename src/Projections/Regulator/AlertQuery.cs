using Ledger.Store.Postgres;

namespace Projections.Regulator;

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

public sealed class AlertQuery(LedgerDatabase database)
{
    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "odometer",
        "clone",
        "double-listing",
        "scrap-limit",
        "rapid-resale",
        "wipe-unverified",
        "wipe-in-doubt",
        "wipe-report-reused",
        "three-cars",
    ];

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
            from {new WhatIsOdd().Source} where {filter.Sql}
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
