using Api.Hosting;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Store;
using Projections.Market;
using Projections.Regulator;

namespace Api;

/// <summary>The value a target is held against.</summary>
/// <param name="Source">SHA-256 of the document it comes from.</param>
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
            .MapCommand<BaselineBody>(
                "/baselines",
                i =>
                    Of(
                        new FixBaseline(
                            i.PathText("indicator"),
                            i.Fields.Division(i.Body.Region, "region") ?? i.Body.Region,
                            (int)i.Fields.Number(i.Body.Year, "year", 2000, 2100),
                            i.Fields.Number(i.Body.Value, "value", 0, Bounds.MostFen),
                            i.Fields.NeededHash(i.Body.Source, "source"),
                            i.Body.Replaces
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<FixBaseline>(
                "Fix a baseline, by two persons",
                Examples.Baseline,
                "indicator-unknown",
                "baseline-exists",
                "counter-signature-missing"
            );
        indicators
            .MapCommand<TargetBody>(
                "/targets",
                i =>
                    Of(
                        new FixTarget(
                            i.PathText("indicator"),
                            i.Fields.Division(i.Body.Region, "region") ?? i.Body.Region,
                            (int)i.Fields.Number(i.Body.TargetYear, "targetYear", 2000, 2100),
                            (int)i.Fields.Number(i.Body.GrowthBp, "growthBp", -10_000, 1_000_000),
                            i.Fields.Hash(i.Body.Source, "source"),
                            i.Body.Replaces
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<FixTarget>(
                "Fix a target, by two persons",
                Examples.Target,
                "indicator-unknown",
                "baseline-exists",
                "counter-signature-missing"
            );
        indicators
            .MapCommand<FreezeBody>("/reports", FreezeAsync)
            .Describe<FreezeReport>(
                "Freeze the report of a period",
                Examples.Freeze,
                "indicator-unknown",
                "period-still-open",
                "already-frozen",
                "view-behind"
            );
    }

    static Plan Of(IndicatorCommand command, string? at) =>
        Plan.At($"/api/v1/regulator/indicators?within={command.Region}", command.Indicator, command) with
        {
            OccurredAt = at,
        };

    /// <summary>The figures are the server's own, from a view that has seen the whole log.</summary>
    static Task<Plan> FreezeAsync(Incoming<FreezeBody> i, LedgerNode node) =>
        Task.FromResult(
            Of(
                new FreezeReport(i.PathText("indicator"), IndicatorQuery.Province.Code, i.Body.Period, [], 0),
                i.Body.OccurredAt
            ) with
            {
                Complete = async (command, stop) =>
                {
                    var freeze = (FreezeReport)command;
                    if (Indicator.Days(freeze.Period) is null)
                        return (freeze, null);
                    if (await ReadYourWrites.CaughtUpAsync(node.Database, new SalesView(), stop) is { } behind)
                        return (null, behind);
                    var (figures, size) = await new IndicatorQuery(node.Database).FiguresAsync(freeze.Period, stop);
                    return (freeze with { Figures = [.. figures], TreeSize = size }, null);
                },
            }
        );
}
