using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Store;
using Projections;
using Projections.Regulator;

namespace Api.Http;

/// <summary>The value a target is held against.</summary>
/// <param name="Source">Hash of the document it comes from.</param>
/// <param name="Replaces">Takes the place of a value that stands; the old one stays on record.</param>
public sealed record BaselineBody(
    string Region,
    int Year,
    long Value,
    string Source,
    bool Replaces = false,
    string? OccurredAt = null
);

/// <param name="GrowthBp">From the baseline to the target, in basis points.</param>
public sealed record TargetBody(
    string Region,
    int TargetYear,
    int GrowthBp,
    string? Source = null,
    bool Replaces = false,
    string? OccurredAt = null
);

/// <param name="Period">A year, <c>yyyy</c>, or a month, <c>yyyy-MM</c>.</param>
public sealed record FreezeBody(string Period, string? OccurredAt = null);

/// <summary>The plan's indicators: baselines and targets signed by two persons, figures by place, frozen
/// reports.</summary>
static class Indicators
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var indicators = api.MapGroup("/indicators/{indicator}").WithTags("Regulator");
        indicators
            .MapAct<BaselineBody>(
                "/baselines",
                (i, node) =>
                    Of(
                        i,
                        node,
                        i.Body.Region,
                        new BaselineFixed(
                            i.PathText("indicator"),
                            i.Fields.Division(i.Body.Region, "region"),
                            (int)i.Fields.Number(i.Body.Year, "year", 2000, 2100),
                            i.Fields.Number(i.Body.Value, "value", 0, Bounds.MostFen),
                            i.Fields.Needed(i.Body.Source, "source")
                        ),
                        i.Body.Replaces,
                        i.Body.OccurredAt
                    )
            )
            .Says(
                "Fix a baseline, by two persons",
                Examples.Baseline,
                "indicator-unknown",
                "baseline-exists",
                "counter-signature-missing"
            );
        indicators
            .MapAct<TargetBody>(
                "/targets",
                (i, node) =>
                    Of(
                        i,
                        node,
                        i.Body.Region,
                        new TargetFixed(
                            i.PathText("indicator"),
                            i.Fields.Division(i.Body.Region, "region"),
                            (int)i.Fields.Number(i.Body.TargetYear, "targetYear", 2000, 2100),
                            (int)i.Fields.Number(i.Body.GrowthBp, "growthBp", -10_000, 1_000_000),
                            i.Fields.Text(i.Body.Source, "source")
                        ),
                        i.Body.Replaces,
                        i.Body.OccurredAt
                    )
            )
            .Says(
                "Fix a target, by two persons",
                Examples.Target,
                "indicator-unknown",
                "baseline-exists",
                "counter-signature-missing"
            );
        indicators
            .MapAct<FreezeBody>("/reports", FreezeAsync)
            .Says(
                "Freeze the report of a period",
                Examples.Freeze,
                "indicator-unknown",
                "period-still-open",
                "already-frozen",
                "view-behind"
            );
        api.MapGet("/regulator/indicators", ListAsync)
            .WithTags("Regulator")
            .Says("Figures by place against baseline and target, and what was reported", null)
            .Produces<ListAnswer<IndicatorEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
    }

    static Act Of<T>(Incoming<T> i, LedgerNode node, string region, LedgerEvent e, bool replaces, string? at)
        where T : class
    {
        var indicator = i.PathText("indicator");
        if (indicator != Indicator.UsedCarTrade)
            i.Fields.Add(
                Refusal
                    .Of("indicator-unknown", ("value", Bounds.Short(indicator)), ("known", Indicator.UsedCarTrade))
                    .At("indicator")
            );
        return new(
            $"/api/v1/regulator/indicators?within={region}",
            indicator,
            (order, stop) =>
                node.Indicators.RecordAsync(indicator, region, e, replaces, order with { RegionCode = region }, stop)
        )
        {
            OccurredAt = at,
        };
    }

    /// <summary>The figures are the server's own, from a view that has seen the whole log.</summary>
    static async Task<Act> FreezeAsync(Incoming<FreezeBody> i, LedgerNode node)
    {
        var stop = i.Http.RequestAborted;
        List<RegionFigure> figures = [];
        Refusal? behind = null;
        if (Indicator.Days(i.Body.Period) is not null)
        {
            behind = await AtLeast.CaughtUpAsync(node.Database, "sales", stop);
            figures = await new IndicatorQuery(node).FiguresAsync(i.Body.Period, stop);
        }
        var size = (long)await node.Tree.SizeAsync(stop);
        var frozen = new PeriodReportFrozen(i.PathText("indicator"), i.Body.Period, [.. figures], size);
        var act = Of(i, node, IndicatorQuery.Province.Code, frozen, false, i.Body.OccurredAt);
        return behind is null ? act : act.Refused(behind);
    }

    public static (Division Within, string Period, Refusal? Fault) Filter(HttpContext http, DateTimeOffset now)
    {
        var q = new QueryValues(http);
        var within = Divisions.Find(q.Division("within")) ?? IndicatorQuery.Province;
        var period = q.Text("period") ?? $"{ShanghaiDay.Of(now).Year}";
        var fault =
            q.Fault
            ?? (
                Indicator.Days(period) is null
                    ? Refusal.Of(
                        "query-malformed",
                        ("name", "period"),
                        ("value", Bounds.Short(period)),
                        ("expected", "yyyy or yyyy-MM")
                    )
                    : null
            );
        return (within, period, fault);
    }

    static Task ListAsync(HttpContext http, LedgerNode node)
    {
        var (within, period, fault) = Filter(http, node.Desk.Now);
        return ListAnswers.OfViewAsync(
            http,
            node.Database,
            "sales",
            fault,
            async stop => new Page<IndicatorEntry>(
                await new IndicatorQuery(node).ReadAsync(within, period, stop),
                null
            ),
            "indicators"
        );
    }
}
