using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Postgres;
using Projections;
using Projections.Market;
using Projections.Regulator;

namespace Api.Http;

/// <summary>What readers ask: the views.</summary>
static class Views
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/market/listings", ListingsAsync)
            .WithTags("Market")
            .Describe("What is for sale", null)
            .Produces<ListAnswer<ListingEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        api.MapGet("/market/turnover", TurnoverAsync)
            .WithTags("Market")
            .Describe("What was sold, by month, market and category", null)
            .Produces<ListAnswer<TurnoverEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        api.MapGet("/regulator/histories", HistoriesAsync)
            .WithTags("Regulator")
            .Describe("Items whose history has a matching event", null)
            .Produces<ListAnswer<HistoryEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
    }

    public static (ListingFilter Filter, int Limit, string? Cursor, Refusal? Fault) Listings(HttpContext http)
    {
        var q = new QueryValues(http);
        var filter = new ListingFilter(
            q.Market(),
            q.Division(),
            q.Category(),
            q.Word("state", "open", "open", "ended", "all"),
            q.Instant("asOf"),
            q.Text("make")
        );
        return (filter, q.Limit(), q.PageCursor(), q.Fault);
    }

    static Task ListingsAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, limit, cursor, fault) = Listings(http);
        return ListAnswers.OfViewAsync(
            http,
            database,
            "listings",
            fault,
            stop => new ListingQuery(database).ReadAsync(filter, ListAnswers.Most(http, limit), cursor, stop)
        );
    }

    public static (TurnoverFilter Filter, Refusal? Fault) Turnover(HttpContext http)
    {
        var q = new QueryValues(http);
        return (new(q.Market(), q.Division(), q.Category(), q.Month("from"), q.Month("to")), q.Fault);
    }

    static Task TurnoverAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, fault) = Turnover(http);
        return ListAnswers.OfViewAsync(
            http,
            database,
            "sales",
            fault,
            async stop => new Page<TurnoverEntry>(await new TurnoverQuery(database).ReadAsync(filter, stop), null),
            "turnover"
        );
    }

    public static async Task<(HistoryFilter? Filter, int Limit, string? Cursor, Refusal? Fault)> HistoriesFilterAsync(
        HttpContext http,
        CommandPipeline pipeline
    )
    {
        var q = new QueryValues(http);
        var filter = new HistoryFilter(
            null,
            q.Text("party"),
            q.Market(),
            q.Division(),
            q.Instant("from", startOfDay: true),
            q.Instant("to"),
            q.Event(),
            q.Category()
        );
        var (limit, cursor) = (q.Limit(), q.PageCursor());
        if (q.Fault is null && q.Text("identifier") is { } text)
        {
            var (identifier, malformed) = Identifier.Parse(text);
            if (malformed is not null)
                return (null, limit, cursor, malformed.At("identifier"));
            // An identifier nobody knows finds nothing; it is no error to ask.
            filter = filter with
            {
                Item = await pipeline.FindAsync(identifier!, http.RequestAborted) ?? Guid.Empty,
            };
        }
        return (filter, limit, cursor, q.Fault);
    }

    static async Task HistoriesAsync(HttpContext http, LedgerNode node)
    {
        var database = node.Database;
        if (!StatedActor.TryRead(http.Request, out _, out var malformed))
        {
            await Problems.WriteAsync(http, malformed);
            return;
        }
        var (filter, limit, cursor, fault) = await HistoriesFilterAsync(http, node.Pipeline);
        if ((fault ?? await ReadYourWrites.WaitAsync(http, database, "events")) is { } wrong)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        using var span = Ledger.Telemetry.Source.StartActivity("ledger.query");
        var page = await new HistoryQuery(database).ReadAsync(
            filter!,
            ListAnswers.Most(http, limit),
            cursor,
            http.RequestAborted
        );
        // On the reader's record before it is shown.
        if (
            await Accesses.RecordAsync(http, node, "histories", [.. page.Items.Select(i => i.ItemId)]) is { } unrecorded
        )
        {
            await Problems.WriteAsync(http, unrecorded);
            return;
        }
        await ListAnswers.WriteAsync(
            http,
            page,
            null,
            "histories",
            await Freshness.OfAsync(database, Registry.Find("events")!, http.RequestAborted)
        );
    }
}
