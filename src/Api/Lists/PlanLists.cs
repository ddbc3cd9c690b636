using Api.Pages.Regulator;
using Ledger.Indicators;
using Ledger.Kernel;
using Projections.Market;
using Projections.Regulator;

namespace Api.Lists;

/// <summary>How far the plan is, and why a report differs.</summary>
static class PlanLists
{
    public static LedgerList Plan { get; } =
        new LedgerList<IndicatorFilter, IndicatorEntry>(
            "regulator/indicators",
            "Regulator",
            "Figures by place against baseline and target, and what was reported"
        )
        {
            Views = [new SalesView(), new TargetsView(), new ReportsView()],
            Page = typeof(IndicatorsPage),
            Nav = ("指标", "Indicators"),
            Filter = Asked,
            Rows = async r =>
                new(
                    await new IndicatorQuery(r.Node.Database).ReadAsync(r.Filter.Within, r.Filter.Period, r.Stop),
                    null
                ),
        };

    public static LedgerList Differences { get; } =
        new LedgerList<IndicatorFilter, DifferenceEntry>(
            "regulator/differences",
            "Regulator",
            "Events that changed what a frozen report counted; they sum to its difference"
        )
        {
            Views = [new SalesView(), new EventsView(), new ReportsView()],
            Page = typeof(DifferencesPage),
            Nav = ("报告差异", "Differences"),
            Filter = Asked,
            Rows = async r =>
                new(
                    await new DifferenceQuery(r.Node).ReadAsync(r.Filter.Within, r.Filter.Period, r.Limit, r.Stop),
                    null
                ),
        };

    /// <summary>A place and a period of the plan.</summary>
    static IndicatorFilter Asked(QueryValues q)
    {
        var within =
            Divisions.Find(q.Division("within", counties: true, otherwise: IndicatorQuery.Province.Code))
            ?? IndicatorQuery.Province;
        var otherwise = $"{q.Today.Year}";
        var period =
            q.Text("period", ("报告期（年或年-月）", "Period (year or year-month)"), 7, "2026-07", otherwise)
            ?? otherwise;
        if (Indicator.Days(period) is null)
            q.Refuse("period", period, "yyyy or yyyy-MM");
        return new(within, period);
    }
}

/// <summary>What is asked of the plan.</summary>
/// <param name="Period">A year, <c>yyyy</c>, or a month, <c>yyyy-MM</c>.</param>
public sealed record IndicatorFilter(Division Within, string Period);
