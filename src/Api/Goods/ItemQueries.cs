using Api.Hosting;
using Api.Lists;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store.Postgres;
using Projections;

namespace Api;

/// <summary>What is asked of one item: how it stands, its history, one event of it.</summary>
static class ItemQueries
{
    public static void Map(RouteGroupBuilder items)
    {
        items
            .MapGet("/{id}", One)
            .WithQuery(q => q.Times())
            .Describe("What the ledger knows of an item", null)
            .WithMetadata(new AlsoBare("304", "Not changed since the version of If-None-Match"))
            .Produces<ItemAnswer>()
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType);
        items
            .MapGet("/{id}/history", History)
            .WithQuery(q => q.Times())
            .Describe("Every event of an item, oldest first", null)
            .Produces<ListAnswer<HistoryEvent>>()
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType);
        items
            .MapGet("/{id}/events/{eventId:guid}", Event)
            .WithQuery(q => q.Times())
            .Describe("One event of an item", null)
            .Produces<HistoryEvent>()
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static async Task One(HttpContext http, CommandPipeline pipeline, EventReader reader, LedgerDatabase database)
    {
        if (await ReadAsync(http, pipeline, reader, database) is not { } reading)
            return;
        http.Response.Headers.ETag = CommandEndpoint.ETag(reading.Item.Version);
        if (http.Request.Headers.IfNoneMatch == CommandEndpoint.ETag(reading.Item.Version))
        {
            http.Response.StatusCode = 304;
            return;
        }
        await http.Response.WriteAsJsonAsync(reading.Item, WireJson.Options, http.RequestAborted);
    }

    static async Task History(HttpContext http, CommandPipeline pipeline, EventReader reader, LedgerDatabase database)
    {
        if (await ReadAsync(http, pipeline, reader, database) is not { } reading)
            return;
        http.Response.Headers.ETag = CommandEndpoint.ETag(reading.Item.Version);
        // Also at type, source and actor, not a page: a history is one thing and never cut.
        await ListAnswers.WriteAsync(
            http,
            new Page<HistoryEvent>(reading.Events, null),
            HistoryTable.Columns,
            "history"
        );
    }

    static async Task Event(
        HttpContext http,
        Guid eventId,
        CommandPipeline pipeline,
        EventReader reader,
        LedgerDatabase database
    )
    {
        if (await ReadAsync(http, pipeline, reader, database) is not { } reading)
            return;
        if (reading.Events.FirstOrDefault(e => e.EventId == eventId) is { } found)
            await http.Response.WriteAsJsonAsync(found, WireJson.Options, http.RequestAborted);
        else
            await Problems.WriteAsync(http, Refusal.Of("event-not-found", ("value", eventId)));
    }

    public static async Task<ItemReading?> ReadAsync(
        HttpContext http,
        CommandPipeline pipeline,
        EventReader reader,
        LedgerDatabase database
    )
    {
        var q = new QueryValues(http, pipeline.Now);
        var (asOf, knownAt) = q.Times();
        if (q.Fault is not null)
        {
            await Problems.WriteAsync(http, q.Fault);
            return null;
        }
        var (item, refusal) = await ItemPath.FindAsync(http, pipeline);
        if (refusal is not null)
        {
            await Problems.WriteAsync(http, refusal);
            return null;
        }
        var reading = await ItemReading.OfAsync(
            reader,
            new Ledger.Store.Vault.ClearTexts(database),
            item!.Value,
            asOf,
            knownAt,
            http.RequestAborted
        );
        if (reading is null)
            await Problems.WriteAsync(http, ItemPath.NotFound(http));
        return reading;
    }
}
