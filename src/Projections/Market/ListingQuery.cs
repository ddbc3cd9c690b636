using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;

namespace Projections.Market;

/// <summary>Filters of <c>market/listings</c>.</summary>
/// <param name="State"><c>open</c> (also those in a deal), <c>ended</c> or <c>all</c>.</param>
/// <param name="AsOf">The listings that stood at that instant.</param>
public sealed record ListingFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    string State = "open",
    DateTimeOffset? AsOf = null,
    string? Make = null
);

/// <summary>An entry of the listing board.</summary>
public sealed record ListingEntry(
    Guid ItemId,
    Guid? ListingId,
    string? Market,
    string? Division,
    string Category,
    string? Make,
    string? Model,
    long? AskFen,
    string? Currency,
    DateTimeOffset ListedAt,
    DateOnly? EndsOn,
    long? OdometerKm,
    int? Grade,
    string[] Brands,
    string State,
    DateTimeOffset? EndedAt
)
{
    /// <summary>The day in Shanghai, or as it was given.</summary>
    public DateOnly ListedOn => ShanghaiDay.Of(ListedAt);

    internal int N { get; init; }
}

public sealed class ListingQuery(LedgerDatabase database)
{
    public async Task<Page<ListingEntry>> ReadAsync(ListingFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("upper(make) = upper(?)", f.Make);
        if (f.AsOf is { } at)
            filter.Where("listed_at <= ?", at).Where("(ended_at is null or ended_at > ?)", at);
        else if (f.State is "open")
            filter.And("ended_at is null");
        else if (f.State is "ended")
            filter.And("ended_at is not null");
        if (Cursor.Read(cursor) is { } after)
            filter.And(filter.Over("(listed_at, stream, n) < (?, ?, ?)", after.At, after.Stream, after.N));
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, listing_id, market, division, category, make, model, ask_fen, currency, listed_at, ends_on,
                   odometer_km, grade, brands, state, ended_at, n
            from {new WhatIsForSale().Source} where {filter.Sql}
            order by listed_at desc, stream desc, n desc limit {limit
                + 1}
            """
        );
        return await command.PageAsync(limit, Read, e => Cursor.Of(e.ListedAt, e.ItemId, e.N), stop);
    }

    static ListingEntry Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.Maybe<Guid>(1),
            r.Text(2),
            r.Text(3),
            r.GetString(4),
            r.Text(5),
            r.Text(6),
            r.Maybe<long>(7),
            r.Text(8),
            r.GetFieldValue<DateTimeOffset>(9),
            r.Maybe<DateOnly>(10),
            r.Maybe<long>(11),
            r.Maybe<int>(12),
            r.GetFieldValue<string[]>(13),
            r.GetString(14),
            r.Maybe<DateTimeOffset>(15)
        )
        {
            N = r.GetInt32(16),
        };
}
