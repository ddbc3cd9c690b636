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
public sealed record MarketView(string Code, string? Name, string Division, string? DivisionName, long Version);

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

    static async Task OpenAsync(HttpContext http, CommandDesk desk, LedgerDatabase database, TimeProvider clock)
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
        switch (
            await desk.OpenMarketAsync(
                opened,
                i.By,
                i.Scope,
                i.Key,
                CommandEndpoint.Hash(http, i),
                occurredAt,
                http.RequestAborted
            )
        )
        {
            case Answer.Refused refused:
                await Problems.WriteAsync(http, refused.Refusals);
                return;
            case Answer.Recorded recorded:
                await CommandEndpoint.RecordedAsync(http, $"/api/v1/markets/{opened.Code}", recorded, opened.Code);
                return;
        }
    }

    public static async Task<List<MarketView>> AllAsync(EventReader reader, CancellationToken stop)
    {
        var markets = new List<MarketView>();
        await foreach (var page in reader.PagesAsync(Noun.Market, 500, stop))
            markets.AddRange(
                (await reader.StreamsAsync(page, long.MaxValue, stop))
                    .Values.Select(Market.Fold)
                    .OfType<Market>()
                    .Select(m => View(m))
            );
        return [.. markets.OrderBy(m => m.Code, StringComparer.Ordinal)];
    }

    static async Task ListAsync(HttpContext http, EventReader reader) =>
        await ListAnswers.WriteAsync(
            http,
            new Projections.Page<MarketView>(await AllAsync(reader, http.RequestAborted), null),
            null,
            "markets"
        );

    static async Task OneAsync(HttpContext http, string code, EventReader reader, CommandDesk desk)
    {
        if (MarketCode.Check(code) is { } malformed)
        {
            await Problems.WriteAsync(http, malformed.At("code"));
            return;
        }
        if (Market.Fold(await reader.StreamAsync(desk.MarketStream(code), http.RequestAborted)) is not { } market)
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
            MarketCode.DivisionOf(m.Code),
            Divisions.Find(MarketCode.DivisionOf(m.Code))?.Name,
            m.Version
        );
}
