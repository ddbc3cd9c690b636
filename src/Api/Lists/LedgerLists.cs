using Api.Hosting;

namespace Api.Lists;

/// <summary>Every list on one screen; those with a page in the order of the navigation.</summary>
static class LedgerLists
{
    public static IReadOnlyList<LedgerList> All { get; } =
    [
        MarketLists.Listings,
        MarketLists.Stock,
        MarketLists.Turnover,
        MarketLists.Prices,
        MarketLists.Media,
        RegulatorLists.Histories,
        RegulatorLists.Alerts,
        RegulatorLists.Cases,
        RegulatorLists.Stations,
        RegulatorLists.Register,
        RegulatorLists.Plan,
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
            api.MapGet($"/{list.Path}", (Delegate)list.AnswerAsync)
                .WithTags(list.Tag)
                .WithMetadata(list)
                .Describe(list.Summary, null)
                .Produces(200, typeof(ListAnswer<>).MakeGenericType(list.Row))
                .Produces<ProblemBody>(400, Problems.MediaType);
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        foreach (var list in All.Where(l => l.Page is not null))
            pages.MapGet(list.PagePath, (Delegate)list.ShowAsync);
    }
}
