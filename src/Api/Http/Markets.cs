using System.Collections.Immutable;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Store;

namespace Api.Http;

/// <summary>Opens a market.</summary>
/// <param name="Code"><c>MK-&lt;division&gt;-&lt;4 digits&gt;</c>.</param>
/// <param name="Mode"><c>offline</c> or <c>online</c>.</param>
public sealed record MarketBody(
    string Code,
    string Name,
    string? OperatorUscc = null,
    string[]? Categories = null,
    string? Mode = null,
    string? FilingNo = null,
    string? OccurredAt = null
);

/// <summary>A market as it stands.</summary>
/// <param name="State"><c>open</c>, <c>suspended</c> or <c>closed</c>.</param>
public sealed record MarketView(
    string Code,
    string? Name,
    string State,
    string Division,
    string? DivisionName,
    long Version
);

/// <summary>Why an authority acts on a market or station.</summary>
/// <param name="Basis">Hash of its order.</param>
public sealed record SiteReasonBody(string Reason, string? Basis = null, string? OccurredAt = null);

static class Markets
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var markets = api.MapGroup("/markets").WithTags("Markets");
        markets
            .MapPost("/", OpenAsync)
            .Accepts<MarketBody>("application/json")
            .Produces<CommandAnswer>(201)
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(409, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType)
            .Says(
                "Open a market",
                Examples.Market,
                "market-malformed",
                "market-exists",
                "division-unknown",
                "uscc-malformed"
            );
        MapAct(markets, "suspensions", "Suspend a market at once", (r, b) => new MarketSuspended(r, b));
        MapAct(markets, "reinstatements", "Reinstate a market", (r, b) => new MarketReinstated(r, b));
        MapAct(markets, "closures", "Close a market", (r, b) => new MarketClosed(r, b));
        markets
            .MapGet("/", ListAsync)
            .Says("All markets", null)
            .Produces<ListAnswer<MarketView>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        markets
            .MapGet("/{code}", OneAsync)
            .Says("One market", null)
            .Produces<MarketView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static async Task OpenAsync(HttpContext http, SiteDesk sites, LedgerDatabase database, TimeProvider clock)
    {
        if (await CommandEndpoint.ReadAsync<MarketBody>(http, database) is not { } i)
            return;
        var (b, f) = (i.Body, i.Fields);
        var occurredAt = f.Instant(b.OccurredAt, "occurredAt") ?? Instants.Cut(clock.GetUtcNow());
        if (b.OperatorUscc is { } uscc && !Uscc.HasShape(uscc))
            f.Add(Refusal.Of("uscc-malformed", ("value", uscc.Length > 60 ? uscc[..60] : uscc)).At("operatorUscc"));
        foreach (var category in b.Categories ?? [])
            if (GoodsCategory.Find(category) is null)
                f.Add(
                    Refusal
                        .Of(
                            "category-unknown",
                            ("value", category),
                            ("known", string.Join(", ", GoodsCategory.All.Select(c => c.Code)))
                        )
                        .At("categories")
                );
        var opened = new MarketOpened(
            f.Market(b.Code, "code"),
            f.Needed(b.Name, "name"),
            b.OperatorUscc,
            b.Categories?.ToImmutableArray(),
            b.Mode is null ? null : f.Word<MarketMode>(b.Mode, "mode"),
            f.Text(b.FilingNo, "filingNo")
        );
        if (!f.Good)
        {
            await Problems.WriteAsync(http, f.Faults, 422);
            return;
        }
        var order = new StreamOrder(i.By, i.Scope, i.Key, CommandEndpoint.Hash(http, i), occurredAt);
        await AnswerAsync(
            http,
            await sites.RecordAsync(opened, opened.Code!, order, http.RequestAborted),
            opened.Code!
        );
    }

    /// <summary>An act of the regulator on a market.</summary>
    static void MapAct(
        RouteGroupBuilder markets,
        string route,
        string summary,
        Func<string, string?, LedgerEvent> act
    ) =>
        markets
            .MapPost(
                $"/{{code}}/{route}",
                async (HttpContext http, string code, SiteDesk sites, LedgerDatabase database, TimeProvider clock) =>
                {
                    if (await CommandEndpoint.ReadAsync<SiteReasonBody>(http, database) is not { } i)
                        return;
                    var (b, f) = (i.Body, i.Fields);
                    var e = act(f.Needed(b.Reason, "reason", 500), f.Text(b.Basis, "basis"));
                    await RecordAsync(http, i, e, code, b.OccurredAt, sites, clock);
                }
            )
            .Takes<SiteReasonBody>()
            .Says(summary, Examples.SiteReason, "market-unknown", "wrong-state");

    /// <summary>Records an act whose values were read, or answers what is wrong with them.</summary>
    public static async Task RecordAsync<T>(
        HttpContext http,
        Incoming<T> i,
        LedgerEvent e,
        string code,
        string? at,
        SiteDesk sites,
        TimeProvider clock
    )
        where T : class
    {
        var occurredAt = i.Fields.Instant(at, "occurredAt") ?? Instants.Cut(clock.GetUtcNow());
        if (!i.Fields.Good)
        {
            await Problems.WriteAsync(http, i.Fields.Faults, 422);
            return;
        }
        var order = new StreamOrder(i.By, i.Scope, i.Key, CommandEndpoint.Hash(http, i), occurredAt);
        await AnswerAsync(http, await sites.RecordAsync(e, code, order, http.RequestAborted), code);
    }

    static async Task AnswerAsync(HttpContext http, Answer answer, string code)
    {
        var under = StationCode.IsWellFormed(code) ? "stations" : "markets";
        if (answer is Answer.Recorded recorded)
            await CommandEndpoint.RecordedAsync(http, $"/api/v1/{under}/{code}", recorded, code);
        else if (((Answer.Refused)answer).Refusals is [{ Code: "market-unknown" } unknown, ..])
            // The address names it: there is no such thing there.
            await Problems.WriteAsync(http, unknown, 404);
        else
            await Problems.WriteAsync(http, ((Answer.Refused)answer).Refusals);
    }

    public static async Task<List<MarketView>> AllAsync(EventReader reader, CancellationToken stop)
    {
        var markets = await reader.AllAsync(Noun.Market, Market.Fold, stop);
        return [.. markets.Select(View).OrderBy(m => m.Code, StringComparer.Ordinal)];
    }

    static async Task ListAsync(HttpContext http, EventReader reader) =>
        await ListAnswers.WriteAsync(
            http,
            new Projections.Page<MarketView>(await AllAsync(reader, http.RequestAborted), null),
            null,
            "markets"
        );

    static async Task OneAsync(HttpContext http, string code, EventReader reader, SiteDesk sites)
    {
        if (MarketCode.Check(code) is { } malformed)
        {
            await Problems.WriteAsync(http, malformed.At("code"));
            return;
        }
        if (Market.Fold(await reader.StreamAsync(sites.StreamOf(code), http.RequestAborted)) is not { } market)
        {
            await Problems.WriteAsync(http, Refusal.Of("market-unknown", ("value", code)), 404);
            return;
        }
        http.Response.Headers.ETag = CommandEndpoint.ETag(market.Version);
        await http.Response.WriteAsJsonAsync(View(market), WireJson.Options, http.RequestAborted);
    }

    static MarketView View(Market m) =>
        new(
            m.Code,
            m.Name,
            WireWords.Of(m.State),
            MarketCode.DivisionOf(m.Code),
            Divisions.Find(MarketCode.DivisionOf(m.Code))?.Name,
            m.Version
        );
}
