using System.Data;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;
using Projections.Market;

namespace Projections.Regulator;

/// <summary>A region's figure for a period, against its signed baseline and target.</summary>
/// <param name="Count">Completed trades, once per item and transfer; trade between dealers is apart.</param>
/// <param name="Baseline">Of the whole baseline year.</param>
/// <param name="Target">Of the whole target year.</param>
/// <param name="PeriodBaseline">What a period of this length has of the baseline: of a month, a twelfth,
/// rounded.</param>
/// <param name="PeriodTarget">What a period of this length has of the target.</param>
/// <param name="ShareBp">Of <paramref name="PeriodTarget"/>, in basis points; null without one.</param>
/// <param name="NeededGrowthBp">A year, from <paramref name="Count"/> in the period's year to
/// <paramref name="PeriodTarget"/> in <paramref name="TargetYear"/>; null where it is reached or none is
/// set.</param>
/// <param name="Frozen">What was reported for the period; null before it is frozen.</param>
/// <param name="Restated">What is known now, less what was reported.</param>
/// <param name="Unplaced">Of the province: completed trades of the period of which nobody knows where they were made;
/// they are in no region's count.</param>
public sealed record IndicatorEntry(
    string Indicator,
    string Region,
    string Name,
    string Level,
    string Period,
    long Count,
    long DealerTrades,
    int? BaselineYear,
    long? Baseline,
    int? TargetYear,
    long? Target,
    long? PeriodBaseline,
    long? PeriodTarget,
    int? ShareBp,
    int? NeededGrowthBp,
    long? Frozen,
    long? Restated,
    long? Unplaced = null
);

/// <summary>How far is the plan, by place? From the sales view, the signed baselines and targets, the frozen
/// reports.</summary>
public sealed class IndicatorQuery(LedgerDatabase database)
{
    /// <summary>A place and the places right below it.</summary>
    public async Task<List<IndicatorEntry>> ReadAsync(Division within, string period, CancellationToken stop)
    {
        var regions = Divisions.All.Where(d => d == within || d.Parent == within.Code).ToList();
        var (first, last) = Indicator.Days(period)!.Value;
        var counts = await CountsAsync(first, last, stop);
        var targets = await TargetsAsync([.. regions.Select(r => r.Code)], stop);
        var reported = await ReportedAsync(period, stop);
        return
        [
            .. regions
                .OrderBy(r => r != within)
                .ThenBy(r => r.Code, StringComparer.Ordinal)
                .Select(r => Entry(r, period, last.Year, counts, targets.GetValueOrDefault(r.Code), reported)),
        ];
    }

    /// <summary>What the plan says of one region.</summary>
    sealed record Plan(string Region, int? BaselineYear, long? Baseline, int? TargetYear, long? Target);

    async Task<Dictionary<string, Plan>> TargetsAsync(string[] regions, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select region, baseline_year, baseline, target_year, target from {new TargetsView().Source}
            where indicator = $1 and region = any($2)
            """
        );
        command.Parameters.AddWithValue(Indicator.UsedCarTrade);
        command.Parameters.AddWithValue(regions);
        var plans = await command.ListAsync(
            r => new Plan(r.GetString(0), r.Maybe<int>(1), r.Maybe<long>(2), r.Maybe<int>(3), r.Maybe<long>(4)),
            stop
        );
        return plans.ToDictionary(p => p.Region);
    }

    /// <summary>What was reported for a period, by region; null before it is frozen.</summary>
    async Task<Dictionary<string, long>?> ReportedAsync(string period, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"select region, value from {new ReportsView().Source} where indicator = $1 and period = $2 order by stream, n"
        );
        command.Parameters.AddWithValue(Indicator.UsedCarTrade);
        command.Parameters.AddWithValue(period);
        var rows = await command.ListAsync(r => (Region: r.Text(0), Value: r.Maybe<long>(1)), stop);
        return rows.Count == 0
            ? null
            : rows.Where(r => r.Region is not null)
                .GroupBy(r => r.Region!)
                .ToDictionary(g => g.Key, g => g.First().Value ?? 0);
    }

    /// <summary>Every region's figure, to be frozen, and how many leaves of the log they rest on: both of one
    /// moment.</summary>
    public async Task<(List<RegionFigure> Figures, long TreeSize)> FiguresAsync(string period, CancellationToken stop)
    {
        var (first, last) = Indicator.Days(period)!.Value;
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await using var counting = new NpgsqlCommand(CountsSql, connection, moment);
        var counts = await CountsAsync(counting, first, last, stop);
        await using var sizing = new NpgsqlCommand(EventPages.Leaves($"({Freshness.Sql})"), connection, moment);
        sizing.Parameters.AddWithValue(Registry.Place(new SalesView()));
        var size = (long?)await sizing.ExecuteScalarAsync(stop) ?? 0;
        return (
            [.. Divisions.All.Select(d => new RegionFigure(d.Code, Sum(counts, d).Count)).Where(f => f.Value > 0)],
            size
        );
    }

    /// <summary>Where a trade is counted whose place nobody knows: no region's code begins so.</summary>
    const string Nowhere = "?";

    /// <summary>The place whose stream keeps the reports.</summary>
    public static Division Province { get; } = Divisions.All.First(d => d.Level == "province");

    static IndicatorEntry Entry(
        Division region,
        string period,
        int year,
        Dictionary<string, (long Count, long Dealers)> counts,
        Plan? plan,
        Dictionary<string, long>? reports
    )
    {
        var (count, dealers) = Sum(counts, region);
        var target = OfPeriod(plan?.Target, period);
        var left = (plan?.TargetYear ?? 0) - year;
        long? reported = reports?.GetValueOrDefault(region.Code);
        return new(
            Indicator.UsedCarTrade,
            region.Code,
            region.Name,
            region.Level,
            period,
            count,
            dealers,
            plan?.BaselineYear,
            plan?.Baseline,
            plan?.TargetYear,
            plan?.Target,
            OfPeriod(plan?.Baseline, period),
            target,
            target is > 0 and { } t ? (int)Int128.Min(int.MaxValue, (Int128)count * 10_000 / t) : null,
            target is { } goal && goal > count && count > 0 && left > 0
                ? (int)Math.Min(int.MaxValue, Math.Round((Math.Pow((double)goal / count, 1.0 / left) - 1) * 10_000))
                : null,
            reported,
            reported is { } r ? count - r : null,
            region == Province ? counts.GetValueOrDefault(Nowhere).Count : null
        );
    }

    /// <summary>A year has all of it, a month a twelfth, rounded.</summary>
    static long? OfPeriod(long? ofYear, string period) =>
        ofYear is { } whole && Indicator.IsMonth(period) ? (whole + 6) / 12 : ofYear;

    static (long Count, long Dealers) Sum(Dictionary<string, (long Count, long Dealers)> counts, Division region)
    {
        var stem = Divisions.Stem(region);
        var inside = counts.Where(c => c.Key.StartsWith(stem, StringComparison.Ordinal)).ToList();
        return (inside.Sum(c => c.Value.Count), inside.Sum(c => c.Value.Dealers));
    }

    async Task<Dictionary<string, (long Count, long Dealers)>> CountsAsync(
        DateOnly first,
        DateOnly last,
        CancellationToken stop
    )
    {
        await using var command = database.Source.CreateCommand(CountsSql);
        return await CountsAsync(command, first, last, stop);
    }

    static readonly string CountsSql = $"""
        select division, count(*) filter (where not dealers), count(*) filter (where dealers)
        from (select coalesce(division, '{Nowhere}') as division, {SaleQuery.IsBetweenDealers} as dealers
            from {new SalesView().Source}
            where category = 'used-car' and month >= $1 and month <= $2) s
        group by division
        """;

    static async Task<Dictionary<string, (long Count, long Dealers)>> CountsAsync(
        NpgsqlCommand command,
        DateOnly first,
        DateOnly last,
        CancellationToken stop
    )
    {
        command.Parameters.AddWithValue(first);
        command.Parameters.AddWithValue(last);
        var counts = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            counts[rows.GetString(0)] = (rows.GetInt64(1), rows.GetInt64(2));
        return counts;
    }
}
