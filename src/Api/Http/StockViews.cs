using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Postgres;
using Projections;
using Projections.Market;
using Projections.Regulator;

namespace Api.Http;

/// <summary>What stands in a market and how long; what the stations do.</summary>
static class StockViews
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/market/stock", StockAsync)
            .WithTags("Market")
            .Describe("What stands here, how long, and what stops each from being sold", null)
            .Produces<ListAnswer<StockEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        api.MapGet("/regulator/stations", StationsAsync)
            .WithTags("Regulator")
            .Describe("What the registration stations do, how fast, and what they refuse", null)
            .Produces<ListAnswer<StationEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
    }

    public static (StockFilter Filter, int Limit, string? Cursor, Refusal? Fault) Stock(HttpContext http)
    {
        var q = new QueryValues(http);
        var age = q.Word("age", "all", "all", "amber", "red");
        var filter = new StockFilter(
            q.Market(),
            q.Division(),
            q.Category(),
            age is "all" ? null : age,
            q.Word("blocked", "all", "all", "only") is "only"
        );
        return (filter, q.Limit(), q.PageCursor(), q.Fault);
    }

    public static (StationFilter Filter, Refusal? Fault) Stations(HttpContext http)
    {
        var q = new QueryValues(http);
        return (new(q.Text("station"), q.Division(), q.Month("from"), q.Month("to")), q.Fault);
    }

    static Task StockAsync(HttpContext http, LedgerNode node)
    {
        var (filter, limit, cursor, fault) = Stock(http);
        var (most, today) = (ListAnswers.Most(http, limit), ShanghaiDay.Of(node.Pipeline.Now));
        return ListAnswers.OfViewAsync(
            http,
            node.Database,
            "stock",
            fault,
            stop => new StockQuery(node.Database).ReadAsync(filter, today, most, cursor, stop)
        );
    }

    static Task StationsAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, fault) = Stations(http);
        return ListAnswers.OfViewAsync(
            http,
            database,
            "transfers",
            fault,
            async stop => new Page<StationEntry>(await new StationQuery(database).ReadAsync(filter, stop), null)
        );
    }
}
