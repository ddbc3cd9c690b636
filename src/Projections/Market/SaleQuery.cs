using System.Text.Json.Serialization;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;
using Npgsql;

namespace Projections.Market;

/// <summary>Filters of <c>market/sales</c>, the records behind every figure that counts sales; months as their first
/// days.</summary>
/// <param name="Make">As it is written; <see cref="SaleQuery.Untold"/>: nobody told it. So are model, currency and
/// band.</param>
/// <param name="By">What <paramref name="Band"/> is of: <c>age</c>, <c>mileage</c> or <c>grade</c>.</param>
/// <param name="IsPlaced">False: only those whose market nobody knows.</param>
/// <param name="BetweenDealers">True: only those; false: only the others.</param>
/// <param name="IsPriced">True: only those with a price.</param>
public sealed record SaleFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    string? Make = null,
    string? Model = null,
    string? Currency = null,
    string? By = null,
    string? Band = null,
    bool? IsPlaced = null,
    bool? BetweenDealers = null,
    bool? IsPriced = null,
    DateOnly? From = null,
    DateOnly? To = null
);

/// <summary>A completed sale, with the event that completed it.</summary>
public sealed record SaleEntry(
    DateOnly SoldOn,
    string? Market,
    string? Division,
    string Category,
    string? Make,
    string? Model,
    string? SellerKind,
    string? BuyerKind,
    long? PriceFen,
    string? Currency,
    Guid ItemId,
    string[] Identifiers,
    Guid EventId
)
{
    /// <summary>Its number among the item's sales.</summary>
    [JsonIgnore]
    public int N { get; init; }
}

/// <summary>Reads completed sales one by one, newest first.</summary>
public sealed class SaleQuery(LedgerDatabase database)
{
    /// <summary>Stands for a value that nobody told.</summary>
    public const string Untold = "-";

    /// <summary>What prices are grouped by, as the view has it.</summary>
    internal static string BandOf(string? by) =>
        by switch
        {
            "age" => "age_years::text",
            "mileage" => "(odometer_km / 10000)::text",
            "grade" => "grade::text",
            _ => "null::text",
        };

    /// <summary>What a row is between: dealers on both sides.</summary>
    public const string IsBetweenDealers = "coalesce(seller_kind = 'dealer' and buyer_kind = 'dealer', false)";

    public async Task<Page<SaleEntry>> ReadAsync(SaleFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("month >= ?", f.From)
            .Where("month <= ?", f.To);
        Told(filter, "make", f.Make);
        Told(filter, "model", f.Model);
        Told(filter, "currency", f.Currency);
        if (f.By is not null)
            Told(filter, BandOf(f.By), f.Band);
        if (f.IsPlaced is { } placed)
            filter.And(placed ? "market is not null" : "market is null");
        if (f.BetweenDealers is { } between)
            filter.And(between ? IsBetweenDealers : $"not {IsBetweenDealers}");
        if (f.IsPriced is true)
            filter.And("price_fen is not null");
        if (Cursor.Read(cursor) is { } last)
            filter.And(
                filter.Over("(sold_on, stream, n) < (?, ?, ?)", ShanghaiDay.Of(last.At), last.Stream, (int)last.N)
            );
        await using var command = filter.On(
            database.Source,
            $"""
            select sold_on, market, division, category, make, model, seller_kind, buyer_kind, price_fen, currency,
                stream, event_id, n
            from {new SalesView().Source} where {filter.Sql}
            order by sold_on desc, stream desc, n desc limit {limit + 1}
            """
        );
        var page = await command.PageAsync(
            limit,
            Read,
            e => Cursor.Of(ShanghaiDay.Start(e.SoldOn), e.ItemId, e.N),
            stop
        );
        var texts = await new ClearTexts(database).OfItemsAsync([.. page.Items.Select(r => r.ItemId)], stop);
        return page.Select(r => r with { Identifiers = texts.GetValueOrDefault(r.ItemId) ?? [] });
    }

    static void Told(Filter filter, string column, string? value)
    {
        if (value == Untold)
            filter.And($"{column} is null");
        else
            filter.Where($"{column} = ?", value);
    }

    static SaleEntry Read(NpgsqlDataReader r) =>
        new(
            r.GetFieldValue<DateOnly>(0),
            r.Text(1),
            r.Text(2),
            r.GetString(3),
            r.Text(4),
            r.Text(5),
            r.Text(6),
            r.Text(7),
            r.Maybe<long>(8),
            r.Text(9),
            r.GetGuid(10),
            [],
            r.GetGuid(11)
        )
        {
            N = r.GetInt32(12),
        };
}
