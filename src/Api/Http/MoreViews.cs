using Ledger.Kernel;
using Ledger.Store.Postgres;
using Projections;
using Projections.Market;
using Projections.Regulator;

namespace Api.Http;

/// <summary>The wipe bench, prices and alerts.</summary>
static class MoreViews
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/market/media", MediaAsync)
            .WithTags("Market")
            .Describe("Which medium of which item needs what", null)
            .Produces<ListAnswer<MediumEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        api.MapGet("/market/prices", PricesAsync)
            .WithTags("Market")
            .Describe("Median and spread of prices that were paid", null)
            .Produces<ListAnswer<PriceEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        api.MapGet("/regulator/alerts", AlertsAsync)
            .WithTags("Regulator")
            .Describe("What looks wrong, with the event that shows it", null)
            .Produces<ListAnswer<AlertEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
    }

    public static (MediaFilter Filter, int Limit, string? Cursor, Refusal? Fault) Media(HttpContext http)
    {
        var q = new QueryValues(http);
        var filter = new MediaFilter(
            q.Market(),
            q.Division(),
            q.Category(),
            q.Word("needs", "open", "open", "intake", "consent", "wipe", "verify", "nothing", "all"),
            q.Text("tool")
        );
        return (filter, q.Limit(), q.PageCursor(), q.Fault);
    }

    public static (PriceFilter Filter, Refusal? Fault) Prices(HttpContext http)
    {
        var q = new QueryValues(http);
        var by = q.Word("by", "model", "model", "age", "mileage", "grade");
        return (
            new(
                q.Market(),
                q.Division(),
                q.Category(),
                q.Text("make"),
                q.Text("model"),
                by is "model" ? null : by,
                q.Month("from"),
                q.Month("to")
            ),
            q.Fault
        );
    }

    public static (AlertFilter Filter, int Limit, string? Cursor, Refusal? Fault) Alerts(HttpContext http)
    {
        var q = new QueryValues(http);
        var kind = q.Word("kind", "all", ["all", .. AlertQuery.Kinds]);
        var filter = new AlertFilter(
            kind is "all" ? null : kind,
            q.Market(),
            q.Division(),
            q.Category(),
            q.Instant("from", startOfDay: true),
            q.Instant("to")
        );
        return (filter, q.Limit(), q.PageCursor(), q.Fault);
    }

    static Task MediaAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, limit, cursor, fault) = Media(http);
        return ListAnswers.OfViewAsync(
            http,
            database,
            "media",
            fault,
            stop => new MediaQuery(database).ReadAsync(filter, ListAnswers.Most(http, limit), cursor, stop)
        );
    }

    static Task PricesAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, fault) = Prices(http);
        return ListAnswers.OfViewAsync(
            http,
            database,
            "sales",
            fault,
            async stop => new Page<PriceEntry>(await new PriceQuery(database).ReadAsync(filter, stop), null)
        );
    }

    static Task AlertsAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, limit, cursor, fault) = Alerts(http);
        return ListAnswers.OfViewAsync(
            http,
            database,
            "alerts",
            fault,
            stop => new AlertQuery(database).ReadAsync(filter, ListAnswers.Most(http, limit), cursor, stop)
        );
    }
}
