using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Store.Postgres;

namespace Projections.Market;

/// <summary>An item that stands in a market, and what is in the way of its sale.</summary>
public sealed record StockRow : ViewRow
{
    /// <summary>Since when it stands there: taken into stock, or first listed.</summary>
    public required DateTimeOffset Since { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }

    /// <summary><c>stocked</c>, <c>listed</c> or <c>in-deal</c>.</summary>
    public required string Life { get; init; }
    public long? AskFen { get; init; }
    public string? Currency { get; init; }

    /// <summary><c>encumbered</c>, <c>held</c>, <c>data</c>, <c>disclosure</c>: what stands in the way whatever the
    /// day; <see cref="ScrapLimit"/> tells the rest.</summary>
    public required string[] Blockers { get; init; }

    /// <summary>First day past its scrap limit, where it has one.</summary>
    public DateOnly? ScrapLimit { get; init; }
}

/// <summary>What stands here, since when, and what stops each from being sold? (M1)</summary>
public sealed record StockView() : ItemView("stock", 3, "What stands here, and what stops it?")
{
    public override Type Row => typeof(StockRow);

    public override IReadOnlyList<string> Indexes =>
        ["since, stream", "market, since", "division text_pattern_ops, since"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        StoredEvent? since = null;
        foreach (var (e, before, after) in history.Steps)
            if (!Stands(after))
                since = null;
            else if (!Stands(before))
                since = e;
        if (history.State is not { } item || since is null)
            yield break;
        // A deal says where it is made; before one, the offer; before that, where the thing was taken in.
        var market = item.Trade.LiveDeal is { } deal
            ? deal.Market ?? since.Envelope.Market
            : item.Trade.Listing?.Market ?? since.Envelope.Market;
        yield return new StockRow
        {
            Stream = history.Id,
            N = 0,
            Since = since.Envelope.When.Start,
            Market = market,
            Division = MarketCode.IsWellFormed(market) ? MarketCode.DivisionOf(market) : since.Envelope.RegionCode,
            Category = item.Category,
            Make = item.Make,
            Model = item.Model,
            Life = WireWords.Of(item.Life),
            AskFen = item.Trade.OpenListing?.AskFen,
            Currency = item.Trade.OpenListing?.Currency,
            Blockers = [.. Blockers(item)],
            ScrapLimit = Instants.TryParseDay(item.ScrapLimit, out var limit) ? limit : null,
        };
    }

    static bool Stands(Item? item) => item?.Life is Life.Stocked or Life.Listed or Life.InDeal;

    static IEnumerable<string> Blockers(Item item)
    {
        if (item.Encumbrances.Blocks(item.LiveDeal, DateTimeOffset.MaxValue))
            yield return "encumbered";
        if (item.Encumbrances.IsHeld)
            yield return "held";
        var category = GoodsCategory.Find(item.Category);
        if (category is { BearsData: true } && item.Data.StateForTrade > DataState.Cleared)
            yield return "data";
        if (category is { AsksSheet: true } && item.Disclosure?.Sheet.Answered() is not 9)
            yield return "disclosure";
    }
}

/// <summary>Filters of <c>market/stock</c>.</summary>
/// <param name="Age"><c>amber</c> (45 days and more), <c>red</c> (75 and more) or null.</param>
/// <param name="Blocked">Only what something stands in the way of.</param>
public sealed record StockFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    string? Age = null,
    bool Blocked = false
);

/// <summary>An item that stands in a market.</summary>
/// <param name="Days">Since it came, in Shanghai days.</param>
/// <param name="Age"><c>fresh</c>, <c>amber</c> from 45 days, <c>red</c> from 75.</param>
public sealed record StockEntry(
    Guid ItemId,
    string? Market,
    string? Division,
    string Category,
    string? Make,
    string? Model,
    string Life,
    DateTimeOffset Since,
    int Days,
    string Age,
    long? AskFen,
    string? Currency,
    string[] Blockers
)
{
    /// <summary>The day of <see cref="Since"/>, in Shanghai or as it was given.</summary>
    public DateOnly SinceOn => ShanghaiDay.Of(Since);
}

/// <summary>Reads what stands in the markets and what stops each item from being sold.</summary>
public sealed class StockQuery(LedgerDatabase database)
{
    /// <summary>Days from which stock is old, and very old (domain.md §5, M1).</summary>
    public const int Amber = 45,
        Red = 75;

    /// <param name="today">Shanghai day by which the age is counted.</param>
    public async Task<Page<StockEntry>> ReadAsync(
        StockFilter f,
        DateOnly today,
        int limit,
        string? cursor,
        CancellationToken stop
    )
    {
        var filter = new Filter()
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where(
                "since < ?",
                f.Age is null ? null : ShanghaiDay.Start(today.AddDays(1 - (f.Age is "red" ? Red : Amber)))
            );
        if (f.Blocked)
            filter.And("blockers <> '{}'");
        if (Cursor.Read(cursor) is { } after)
            filter.And(filter.Over("(since, stream) > (?, ?)", after.At, after.Stream));
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, market, division, category, make, model, life, since, ask_fen, currency, blockers,
                   scrap_limit
            from {new StockView().Source} where {filter.Sql} order by since, stream limit {limit + 1}
            """
        );
        return await command.PageAsync(limit, r => Read(r, today), e => Cursor.Of(e.Since, e.ItemId, 0), stop);
    }

    /// <summary>How many deals go on in a market.</summary>
    public async Task<int> LiveDealsAsync(string market, CancellationToken stop)
    {
        var filter = new Filter().Where("market = ?", market).And("life = 'in-deal'");
        await using var command = filter.On(
            database.Source,
            $"select count(*)::int from {new StockView().Source} where {filter.Sql}"
        );
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    static StockEntry Read(Npgsql.NpgsqlDataReader r, DateOnly today)
    {
        var since = r.GetFieldValue<DateTimeOffset>(7);
        var days = today.DayNumber - ShanghaiDay.Of(since).DayNumber;
        var blockers = r.GetFieldValue<string[]>(10);
        return new(
            r.GetGuid(0),
            r.Text(1),
            r.Text(2),
            r.GetString(3),
            r.Text(4),
            r.Text(5),
            r.GetString(6),
            since,
            days,
            days >= Red ? "red"
                : days >= Amber ? "amber"
                : "fresh",
            r.Maybe<long>(8),
            r.Text(9),
            r.Maybe<DateOnly>(11) is { } limit && today >= limit ? [.. blockers, "scrap-limit"] : blockers
        );
    }
}
