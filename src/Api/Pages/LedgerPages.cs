using Api.Hosting;
using Api.Lists;
using Api.Pages.Public;
using Api.Pages.Shared;
using Ledger;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Postgres;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

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
        pages.MapGet("/parties/credit-signals", (HttpContext http) => Show<CardPage>(http, []));
        pages.MapPost("/parties/credit-signals", CardAsync).WithMetadata(new AsksWho());
        pages.MapGet("/public/items/{code}", PublicItemAsync);
        LedgerLists.MapPages(pages);
        pages.MapGet(
            "/problems/{code}",
            (HttpContext http, string code) =>
                RefusalCatalog.Find(code) is { } line
                    ? Show<ProblemPage>(http, new() { ["Line"] = line })
                    : Missing(http, new("not-found"))
        );
    }

    /// <summary>A reading is an act: it is posted, recorded first, then shown.</summary>
    static async Task<IResult> CardAsync(HttpContext http, LedgerNode node)
    {
        if (!http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string Field(string name) => form[name].ToString().Trim();
        var shown = new Dictionary<string, object?>
        {
            ["Actor"] = Field(StatedActor.ActorField),
            ["Role"] = Field(StatedActor.RoleField),
            ["Party"] = Field("party"),
            ["Purpose"] = Field("purpose"),
            ["Basis"] = Field("basis"),
        };
        var party = CreditCards.Party(Field("party"), "party", out var refusal);
        if (refusal is null && StatedActor.TryRead(http.Request, out var by, out refusal))
        {
            string? Given(string name) => Field(name) is { Length: > 0 } value ? value : null;
            (var signals, refusal) = await CreditCards.CardAsync(
                node,
                by,
                party,
                Given("purpose"),
                Given("basis"),
                http.RequestAborted
            );
            if (refusal is null)
            {
                shown["Signals"] = signals;
                if (CreditCards.MaySeeReaders(by, party))
                    shown["Readers"] = await CreditCards.ReadsAsync(node, party, 20, http.RequestAborted);
            }
        }
        shown["Refusal"] = refusal;
        return Show<CardPage>(http, shown, refusal is null ? 200 : StatusOf(refusal));
    }

    /// <summary>A page that was asked wrongly, or that cannot be shown now.</summary>
    internal static int StatusOf(Refusal refusal) =>
        RefusalCatalog.Find(refusal.Code)!.Status is >= 500 and var fault ? fault : 400;

    /// <summary>A page that says what is wrong.</summary>
    public static IResult Missing(HttpContext http, Refusal refusal) =>
        Show<MissingPage>(http, new() { ["Refusal"] = refusal }, RefusalCatalog.Find(refusal.Code)!.Status);

    static async Task<IResult> PublicItemAsync(HttpContext http, Ledger.Store.LedgerNode node)
    {
        var found = await PublicItems.FindAsync(node, ItemPath.Raw(http, "code"), http.RequestAborted);
        var refusal = found is null ? new Refusal("public-code-not-found") : null;
        return Show<PublicItemPage>(http, new() { ["Item"] = found, ["Refusal"] = refusal }, found is null ? 404 : 200);
    }

    static async Task<IResult> ItemAsync(
        HttpContext http,
        CommandPipeline pipeline,
        EventReader reader,
        LedgerDatabase database
    )
    {
        var (item, refusal) = await ItemPath.FindAsync(http, pipeline);
        var q = new QueryValues(http, pipeline.Now);
        var (asOf, knownAt) = q.Times();
        var wrong = q.Fault;
        if (wrong is null && item is not null)
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
            new() { ["Refusal"] = refusal ?? wrong ?? ItemPath.NotFound(http) },
            wrong is null ? 404 : 400
        );
    }

    static RazorComponentResult Show<T>(HttpContext http, Dictionary<string, object?> parameters, int status = 200)
        where T : IComponent => Show(http, typeof(T), parameters, status);

    /// <param name="page">Its component.</param>
    internal static RazorComponentResult Show(
        HttpContext http,
        Type page,
        Dictionary<string, object?> parameters,
        int status
    )
    {
        if (status == 503)
            http.Response.Headers.RetryAfter = "1";
        parameters["Reader"] = Reader.Of(http);
        return new(page, parameters) { StatusCode = status, PreventStreamingRendering = true };
    }
}
