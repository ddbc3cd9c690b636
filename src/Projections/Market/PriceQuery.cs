using Ledger.Store.Postgres;

namespace Projections.Market;

/// <summary>Filters of <c>market/prices</c>; months as their first days.</summary>
/// <param name="By">What prices are grouped by beside category, make and model: <c>age</c>, <c>mileage</c>,
/// <c>grade</c> or null.</param>
public sealed record PriceFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    string? Make = null,
    string? Model = null,
    string? By = null,
    DateOnly? From = null,
    DateOnly? To = null
);

/// <summary>Prices that were paid for like things: median and quartiles are each a price that was paid.</summary>
/// <param name="Band">Of what they are grouped by: begun years of age, ten thousands of kilometres, the grade.</param>
public sealed record PriceEntry(
    string Category,
    string? Make,
    string? Model,
    string? Band,
    string? Currency,
    long Count,
    long? LowestFen,
    long? LowerQuartileFen,
    long? MedianFen,
    long? UpperQuartileFen,
    long? HighestFen
);

/// <summary>Reads what was paid, by category, make, model and band.</summary>
public sealed class PriceQuery(LedgerDatabase database)
{
    public async Task<IReadOnlyList<PriceEntry>> ReadAsync(PriceFilter f, CancellationToken stop)
    {
        var filter = new Filter()
            .And("price_fen is not null")
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("upper(make) = upper(?)", f.Make)
            .Where("upper(model) = upper(?)", f.Model)
            .Where("month >= ?", f.From)
            .Where("month <= ?", f.To);
        await using var command = filter.On(
            database.Source,
            $"""
            select category, make, model, {SaleQuery.BandOf(f.By)}, currency, count(*), min(price_fen),
                   percentile_disc(0.25) within group (order by price_fen),
                   percentile_disc(0.5) within group (order by price_fen),
                   percentile_disc(0.75) within group (order by price_fen), max(price_fen)
            from {new SalesView().Source} where {filter.Sql}
            group by 1, 2, 3, 4, 5 order by count(*) desc, 1, 2, 3, 4, 5 limit 20000
            """
        );
        return await command.ListAsync(
            r => new PriceEntry(
                r.GetString(0),
                r.Text(1),
                r.Text(2),
                r.Text(3),
                r.Text(4),
                r.GetInt64(5),
                r.Maybe<long>(6),
                r.Maybe<long>(7),
                r.Maybe<long>(8),
                r.Maybe<long>(9),
                r.Maybe<long>(10)
            ),
            stop
        );
    }
}
