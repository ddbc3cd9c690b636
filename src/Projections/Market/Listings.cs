using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Ledger.Trading;
using Npgsql;

namespace Projections.Market;

/// <summary>A listing, from its first day to its end.</summary>
public sealed record ListingRow : ViewRow
{
    public Guid? ListingId { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
    public string? Seller { get; init; }
    public long? AskFen { get; init; }
    public string? Currency { get; init; }
    public required DateTimeOffset ListedAt { get; init; }
    public DateOnly? EndsOn { get; init; }
    public long? OdometerKm { get; init; }
    public int? Grade { get; init; }
    public required string[] Brands { get; init; }

    /// <summary><c>open</c>, <c>withdrawn</c> or <c>sold</c>; a taken listing whose deal goes on is
    /// <c>in-deal</c>.</summary>
    public required string State { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What is for sale, where, for how much, and for how long already?</summary>
public sealed record ListingsView() : ItemView("listings", 2, "What is for sale?")
{
    public override Type Row => typeof(ListingRow);

    public override IReadOnlyList<string> Indexes =>
        ["listed_at desc, stream", "market, listed_at desc", "division text_pattern_ops"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var rows = new List<ListingRow>();
        foreach (var (e, _, item) in history.Steps)
        {
            if (item is null)
                continue;
            if (e.Event is ItemListed listed)
                rows.Add(Opened(history.Id, rows.Count, item, listed, e));
            else if (rows is [.., { EndedAt: null } open])
                rows[^1] = After(open, item, e);
        }
        // The reading of the day, whenever it came to the ledger.
        return history.State is not { } now
            ? rows
            : rows.Select(r =>
                r with
                {
                    OdometerKm = (
                        r.EndedAt is { } ended
                            ? now.Condition.Odometer.ShownOn(ShanghaiDay.Of(ended))
                            : now.Condition.Odometer.Shown
                    )?.Km,
                }
            );
    }

    static ListingRow Opened(Guid stream, int n, Item item, ItemListed listed, StoredEvent e)
    {
        var place = Place.Of(e, null);
        return new()
        {
            Stream = stream,
            N = n,
            ListingId = listed.ListingId,
            Market = listed.Market ?? place.Market,
            Division = place.Division,
            Category = item.Category,
            Make = item.Make,
            Model = item.Model,
            Seller = listed.Seller?.ToString(),
            AskFen = listed.AskFen,
            Currency = listed.Currency,
            ListedAt = e.Envelope.When.Start,
            EndsOn = listed.EndsOn,
            Grade = item.Condition.Grade,
            Brands = [.. item.Condition.Brands.Select(b => WireWords.Of(b))],
            State = "open",
        };
    }

    static ListingRow After(ListingRow row, Item item, StoredEvent e) =>
        item.Trade.Listing switch
        {
            { State: ListingState.Open } open => row with
            {
                State = "open",
                AskFen = open.AskFen,
                Grade = item.Condition.Grade,
            },
            { State: ListingState.Taken } => row with { State = "in-deal" },
            { State: ListingState.Withdrawn } => row with { State = "withdrawn", EndedAt = e.Envelope.When.Start },
            { State: ListingState.Expired } => row with { State = "expired", EndedAt = e.Envelope.When.Start },
            { State: ListingState.Voided } => row with { State = "voided", EndedAt = e.Envelope.When.Start },
            _ => row with { State = "sold", EndedAt = e.Envelope.When.Start },
        };
}

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

/// <summary>Reads listings, open and ended, newest first.</summary>
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
            from {new ListingsView().Source} where {filter.Sql}
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
