using Api.Hosting;
using Ledger.Credit;

namespace Api.Lists;

/// <summary>Every list on one screen; those with a page in the order of the navigation.</summary>
static class LedgerLists
{
    public static IReadOnlyList<LedgerList> All { get; } =
    [
        MarketLists.Listings,
        MarketLists.Stock,
        MarketLists.Turnover,
        MarketLists.Sales,
        MarketLists.Prices,
        MarketLists.Media,
        MarketLists.Refusals,
        RegulatorLists.Histories,
        RegulatorLists.Alerts,
        RegulatorLists.Cases,
        RegulatorLists.Stations,
        RegulatorLists.Transfers,
        RegulatorLists.Register,
        PlanLists.Plan,
        PlanLists.Differences,
        RegulatorLists.Rules,
        RegulatorLists.Accesses,
        ExporterLists.Batches,
        SiteLists.Markets,
        SiteLists.Stations,
        SiteLists.Exporters,
        RegulatorLists.RuleSets,
        RegulatorLists.Reconciliations,
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var list in All)
        {
            var read = api.MapGet($"/{list.Path}", (Delegate)list.AnswerAsync)
                .WithTags(list.Tag)
                .WithMetadata(list)
                .Produces(200, typeof(ListAnswer<>).MakeGenericType(list.Row))
                .Produces<ProblemBody>(400, Problems.MediaType);
            if (list.IsRecorded)
                read.Describe<RecordQuery>(
                        list.Summary,
                        null,
                        "purpose-missing",
                        "purpose-not-in-list",
                        "basis-missing",
                        "role-not-held"
                    )
                    .WithMetadata(new AsksWho())
                    .Produces<ProblemBody>(403, Problems.MediaType)
                    .Produces<ProblemBody>(422, Problems.MediaType);
            else
                read.Describe(list.Summary, null);
        }
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        foreach (var list in All.Where(l => l.Page is not null))
        {
            var page = pages.MapGet(list.PagePath, (Delegate)list.ShowAsync);
            if (list.IsRecorded)
                page.WithMetadata(new AsksWho());
        }
    }
}
