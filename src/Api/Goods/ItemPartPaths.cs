using Api.Hosting;
using Ledger;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store.Postgres;

namespace Api;

/// <summary>A thing within an item (a listing, deal, intake, wipe, encumbrance, hold) with its events, oldest
/// first.</summary>
public sealed record PartView(Guid Id, Guid ItemId, IReadOnlyList<HistoryEvent> Events);

/// <summary>Things within an item, of whichever noun: a part is what its events say, its state the last of
/// them.</summary>
static class ItemPartPaths
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Items");
        foreach (var kind in Modules.ItemParts.SelectMany(p => p.Kinds))
            items
                .MapGet(
                    $"/{kind.Segment}/{{partId:guid}}",
                    (
                        HttpContext http,
                        Guid partId,
                        CommandPipeline pipeline,
                        EventReader reader,
                        LedgerDatabase database
                    ) => ShowAsync(kind, http, partId, pipeline, reader, database)
                )
                .Describe($"One of the item's {kind.Segment}: its events", null, kind.NotFound)
                .Produces<PartView>()
                .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static async Task ShowAsync(
        ItemPartKind kind,
        HttpContext http,
        Guid partId,
        CommandPipeline pipeline,
        EventReader reader,
        LedgerDatabase database
    )
    {
        if (await ItemQueries.ReadAsync(http, pipeline, reader, database) is not { } reading)
            return;
        var own = reading
            .Events.Where(e => e.Facts.Any(f => f.Key == kind.Member && (string?)f.Value == partId.ToString()))
            .ToList();
        if (own.Count == 0)
            await Problems.WriteAsync(http, Refusal.Of(kind.NotFound, ("value", partId)));
        else
            await http.Response.WriteAsJsonAsync(
                new PartView(partId, reading.Item.Id, own),
                WireJson.Options,
                http.RequestAborted
            );
    }
}
