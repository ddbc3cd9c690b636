using Api.Http;
using Api.Pages.Exporting;
using Api.Pages.Market;
using Api.Pages.Public;
using Api.Pages.Shared;
using Ledger;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Postgres;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Projections;
using Projections.Exporting;
using Projections.Market;

namespace Api.Pages;

/// <summary>Pages: the path of what they show without <c>/api/v1</c>; static HTML, no script.</summary>
static class LedgerPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", (HttpContext http) => Show<HomePage>(http, []));
        pages.MapGet(
            "/items",
            (string? id) =>
                Results.Redirect(string.IsNullOrWhiteSpace(id) ? "/" : $"/items/{Uri.EscapeDataString(id.Trim())}")
        );
        pages.MapGet("/items/{id}", ItemAsync);
        pages.MapGet("/items/{id}/history", ItemAsync);
        pages.MapGet("/market/listings", ListingsAsync);
        pages.MapGet("/market/turnover", TurnoverAsync);
        pages.MapGet("/market/prices", PricesAsync);
        pages.MapGet("/market/media", MediaAsync);
        pages.MapGet("/market/stock", StockAsync);
        pages.MapGet("/exporter/batches", BatchesAsync);
        pages.MapGet("/parties/credit-signals", CardAsync);
        RegulatorPages.Map(pages);
        pages.MapGet(
            "/problems/{code}",
            (HttpContext http, string code) =>
                RefusalCatalog.Find(code) is { } line
                    ? Show<ProblemPage>(http, new() { ["Line"] = line })
                    : Missing(http, new("not-found"))
        );
    }

    /// <summary>Asked without a party it is the question alone; with one the reading is recorded first, then
    /// shown.</summary>
    static async Task<IResult> CardAsync(HttpContext http, LedgerNode node)
    {
        var query = http.Request.Query;
        var party = query["party"].ToString().Trim();
        var shown = new Dictionary<string, object?>
        {
            ["Party"] = party,
            ["Purpose"] = query["purpose"].ToString(),
            ["Basis"] = query["basis"].ToString(),
        };
        if (party.Length == 0)
            return Show<CardPage>(http, shown);
        party = CreditCards.Party(party, "party", out var malformed);
        var (signals, refusal) = await CreditCards.CardAsync(http, node, party, malformed);
        shown["Refusal"] = refusal;
        if (refusal is null)
        {
            shown["Signals"] = signals;
            if (StatedActor.TryRead(http.Request, out var by, out _) && CreditCards.MaySeeReaders(by, party))
                shown["Readers"] = await CreditCards.ReadsAsync(node, party, 20, http.RequestAborted);
        }
        return Show<CardPage>(http, shown, refusal is null ? 200 : StatusOf(refusal));
    }

    /// <summary>A page that was asked wrongly, or that cannot be shown now.</summary>
    internal static int StatusOf(Refusal refusal) =>
        RefusalCatalog.Find(refusal.Code)!.Status is >= 500 and var fault ? fault : 400;

    /// <summary>A page that says what is wrong.</summary>
    public static IResult Missing(HttpContext http, Refusal refusal) =>
        Show<MissingPage>(http, new() { ["Refusal"] = refusal }, RefusalCatalog.Find(refusal.Code)!.Status);

    static async Task<IResult> ItemAsync(
        HttpContext http,
        CommandPipeline pipeline,
        EventReader reader,
        LedgerDatabase database
    )
    {
        var (item, refusal) = await ItemPath.FindAsync(http, pipeline);
        if (QueryValues.Times(http, out var asOf, out var knownAt, out var wrong) && item is not null)
        {
            var reading = await ItemReading.OfAsync(
                reader,
                new Ledger.Store.Vault.ClearTexts(database),
                item.Value,
                asOf,
                knownAt,
                http.RequestAborted
            );
            if (reading is not null)
                return Show<ItemPage>(
                    http,
                    new()
                    {
                        ["Reading"] = reading,
                        ["AsOf"] = http.Request.Query["asOf"].ToString(),
                        ["KnownAt"] = http.Request.Query["knownAt"].ToString(),
                    }
                );
        }
        return Show<ItemPage>(
            http,
            new() { ["Refusal"] = refusal ?? wrong ?? new Refusal("item-not-found") },
            wrong is null ? 404 : 400
        );
    }

    /// <summary>The page of a view's list: what was asked with its fault, or its rows and how fresh they are.</summary>
    /// <param name="rows">The page's parameter for them.</param>
    internal static async Task<IResult> OfViewAsync<TPage>(
        HttpContext http,
        LedgerDatabase database,
        string view,
        object filter,
        Refusal? fault,
        string rows,
        Func<CancellationToken, Task<object>> read
    )
        where TPage : LedgerPage =>
        fault is not null
            ? Show<TPage>(http, new() { ["Filter"] = filter, ["Refusal"] = fault }, 400)
            : Show<TPage>(
                http,
                new()
                {
                    ["Filter"] = filter,
                    [rows] = await read(http.RequestAborted),
                    ["Freshness"] = await Freshness.OfAsync(database, Registry.Find(view)!, http.RequestAborted),
                }
            );

    static Task<IResult> ListingsAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, limit, cursor, fault) = Views.Listings(http);
        return OfViewAsync<ListingsPage>(
            http,
            database,
            "listings",
            filter,
            fault,
            "Page",
            async stop => await new ListingQuery(database).ReadAsync(filter, limit, cursor, stop)
        );
    }

    static Task<IResult> TurnoverAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, fault) = Views.Turnover(http);
        return OfViewAsync<TurnoverPage>(
            http,
            database,
            "sales",
            filter,
            fault,
            "Entries",
            async stop => await new TurnoverQuery(database).ReadAsync(filter, stop)
        );
    }

    static Task<IResult> PricesAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, fault) = MoreViews.Prices(http);
        return OfViewAsync<PricesPage>(
            http,
            database,
            "sales",
            filter,
            fault,
            "Entries",
            async stop => await new PriceQuery(database).ReadAsync(filter, stop)
        );
    }

    static Task<IResult> MediaAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, limit, cursor, fault) = MoreViews.Media(http);
        return OfViewAsync<MediaPage>(
            http,
            database,
            "media",
            filter,
            fault,
            "Page",
            async stop => await new MediaQuery(database).ReadAsync(filter, limit, cursor, stop)
        );
    }

    static Task<IResult> StockAsync(HttpContext http, LedgerNode node)
    {
        var (filter, limit, cursor, fault) = StockViews.Stock(http);
        var today = ShanghaiDay.Of(node.Pipeline.Now);
        return OfViewAsync<StockPage>(
            http,
            node.Database,
            "stock",
            filter,
            fault,
            "Page",
            async stop => await new StockQuery(node.Database).ReadAsync(filter, today, limit, cursor, stop)
        );
    }

    static async Task<IResult> BatchesAsync(HttpContext http, LedgerNode node)
    {
        var (exporter, limit, cursor, fault) = ExporterViews.Batches(http);
        if (fault is not null)
            return Show<BatchesPage>(http, new() { ["Exporter"] = exporter, ["Refusal"] = fault }, 400);
        return Show<BatchesPage>(
            http,
            new()
            {
                ["Exporter"] = exporter,
                ["Page"] = await new BatchQuery(node).ReadAsync(exporter, limit, cursor, http.RequestAborted),
            }
        );
    }

    internal static RazorComponentResult<T> Show<T>(
        HttpContext http,
        Dictionary<string, object?> parameters,
        int status = 200
    )
        where T : IComponent
    {
        if (status == 503)
            http.Response.Headers.RetryAfter = "1";
        parameters["Reader"] = Reader.Of(http);
        return new(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }
}
