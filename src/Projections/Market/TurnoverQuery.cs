using Ledger.Store.Postgres;

namespace Projections.Market;

/// <summary>Filters of <c>market/turnover</c>; months as their first days.</summary>
public sealed record TurnoverFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    DateOnly? From = null,
    DateOnly? To = null
);

/// <summary>Completed sales of one month, market, category and currency. The median is a price that was paid.</summary>
public sealed record TurnoverEntry(
    string Month,
    string? Market,
    string? Division,
    string Category,
    string? Currency,
    long Count,
    long TotalFen,
    long? MedianFen
);

/// <summary>Reads completed sales by month, market, category and currency.</summary>
public sealed class TurnoverQuery(LedgerDatabase database)
{
    public async Task<IReadOnlyList<TurnoverEntry>> ReadAsync(TurnoverFilter f, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("month >= ?", f.From)
            .Where("month <= ?", f.To);
        await using var command = filter.On(
            database.Source,
            $"""
            select to_char(month, 'YYYY-MM'), market, max(division), category, currency, count(*),
                   least(coalesce(sum(price_fen), 0), 9223372036854775807)::bigint,
                   percentile_disc(0.5) within group (order by price_fen)
            from {new SalesView().Source} where {filter.Sql}
            group by month, market, category, currency
            order by month desc, market nulls last, category, currency limit 20000
            """
        );
        return await command.ListAsync(
            r => new TurnoverEntry(
                r.GetString(0),
                r.Text(1),
                r.Text(2),
                r.GetString(3),
                r.Text(4),
                r.GetInt64(5),
                r.GetInt64(6),
                r.Maybe<long>(7)
            ),
            stop
        );
    }
}
