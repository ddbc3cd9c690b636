using System.Buffers.Text;
using Api.Hosting;
using Api.Lists;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Postgres;

namespace Api;

/// <summary>Asks for a link by which anybody may look at the item.</summary>
/// <param name="Days">How long it holds: 1 to 30; absent: 30.</param>
public sealed record PublicLinkBody(int? Days = null);

/// <summary>Ends a link.</summary>
/// <param name="Reason">For whoever reads the list of links later.</param>
public sealed record PublicLinkRevocationBody(string? Reason = null);

/// <summary>A link that was made. The token is told this once.</summary>
/// <param name="Address">Of the page, below this service.</param>
public sealed record PublicLinkAnswer(Guid Id, string Token, string Address, DateTimeOffset Until);

/// <summary>A link as it stands; its token is not kept.</summary>
public sealed record PublicLinkView(
    Guid Id,
    string MadeBy,
    DateTimeOffset MadeAt,
    DateTimeOffset Until,
    DateTimeOffset? RevokedAt,
    string? Reason,
    long Uses,
    DateTimeOffset? LastUsed
);

/// <summary>What anybody may see of an item: no person, no number of the thing.</summary>
/// <param name="FirstRegistered">Year and month.</param>
/// <param name="Brands">Wire words; those that were resolved stay, apart.</param>
/// <param name="Readings">Odometer readings by their day, each with what is thought of it now.</param>
/// <param name="DataState">Of all its media together.</param>
/// <param name="Media">Null: nobody declared them.</param>
/// <param name="Listings">Open offers.</param>
public sealed record PublicItemView(
    string Category,
    string? Make,
    string? Model,
    string? FirstRegistered,
    string Life,
    int? Grade,
    string[] Brands,
    string[] Resolved,
    IReadOnlyList<PublicReading> Readings,
    string DataState,
    IReadOnlyList<PublicMedium>? Media,
    IReadOnlyList<PublicWarranty> Warranties,
    IReadOnlyList<PublicListing> Listings
);

/// <param name="Verdict"><c>plausible</c>, <c>implausible</c> or <c>no-verdict</c>.</param>
public sealed record PublicReading(DateOnly On, long Km, string Verdict);

/// <param name="Level">Of its newest wipe; absent: none.</param>
public sealed record PublicMedium(int Ix, string Type, string State, string? Level);

/// <param name="Until">Last day.</param>
public sealed record PublicWarranty(DateOnly From, DateOnly Until, long? Km);

public sealed record PublicListing(string? Market, long? AskFen, string? Currency);

/// <summary>Items that anybody may look at: by the ledger's tag on the thing, or by a link that its owner or its market
/// made (domain.md §5, P1).</summary>
static class PublicItems
{
    const int LongestDays = 30;

    public static void Map(IEndpointRouteBuilder api)
    {
        var links = api.MapGroup("/items/{id}/public-links").WithTags("Items");
        links
            .MapPost("/", MakeAsync)
            .Asks<PublicLinkBody>()
            .Describe<MakePublicLink>(
                "Make a link by which anybody may look at it, without persons",
                Examples.PublicLink,
                "not-the-keeper"
            )
            .Produces<PublicLinkAnswer>(201);
        links
            .MapPost("/{linkId}/revocations", RevokeAsync)
            .Asks<PublicLinkRevocationBody>()
            .Describe<RevokePublicLink>("End such a link", Examples.PublicLinkEnd, "not-the-keeper", "link-not-found")
            .Produces<PublicLinkView>(201);
        links
            .MapGet("/", ListAsync)
            .Describe("The links for the public of an item, and how often each was used", null)
            .Produces<ListAnswer<PublicLinkView>>()
            .Produces<ProblemBody>(404, Problems.MediaType);
        api.MapGet("/public/items/{code}", ReadAsync)
            .WithTags("Public")
            .Describe("Look at an item by its tag or by a link", null)
            .Produces<PublicItemView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static async Task MakeAsync(HttpContext http, LedgerNode node)
    {
        if (await GivenAsync<PublicLinkBody>(http, node, new MakePublicLink(), Days) is not var (incoming, item))
            return;
        var days = incoming.Body.Days ?? LongestDays;
        var now = node.Pipeline.Now;
        var token = Base64Url.EncodeToString(incoming.Handles.Token("public-link", incoming.Scope, incoming.Key));
        if (
            await node.PublicLinks.MakeAsync(
                token,
                CommandEndpoint.Request(incoming, new MakePublicLink(), now).Hash,
                item,
                incoming.By.Site ?? incoming.By.Actor,
                (now, now.AddDays(days)),
                http.RequestAborted
            )
            is not { } link
        )
        {
            await Problems.WriteAsync(http, new Refusal("idempotency-key-reused"));
            return;
        }
        var address = $"/public/items/{token}";
        http.Response.StatusCode = 201;
        http.Response.Headers.Location = $"/api/v1{address}";
        await http.Response.WriteAsJsonAsync(
            new PublicLinkAnswer(link.Id, token, address, link.Until),
            WireJson.Options,
            http.RequestAborted
        );
    }

    static void Days(Incoming<PublicLinkBody> i) => i.Fields.Number(i.Body.Days ?? LongestDays, "days", 1, LongestDays);

    static void Reason(Incoming<PublicLinkRevocationBody> i)
    {
        i.PathId("linkId");
        i.Fields.Text(i.Body.Reason, "reason", 500);
    }

    static async Task RevokeAsync(HttpContext http, LedgerNode node)
    {
        if (
            await GivenAsync<PublicLinkRevocationBody>(http, node, new RevokePublicLink(), Reason)
            is not var (incoming, item)
        )
            return;
        var link = incoming.PathId("linkId");
        var reason = incoming.Body.Reason;
        if (!await node.PublicLinks.RevokeAsync(item, link, reason, node.Pipeline.Now, http.RequestAborted))
        {
            await Problems.WriteAsync(http, Refusal.Of("link-not-found", ("value", link)));
            return;
        }
        var links = await node.PublicLinks.OfItemAsync(item, http.RequestAborted);
        http.Response.StatusCode = 201;
        await http.Response.WriteAsJsonAsync(
            View(links.First(l => l.Id == link)),
            WireJson.Options,
            http.RequestAborted
        );
    }

    /// <summary>Judges the command as the pipeline judges every one; null: it was refused, and told.</summary>
    static async Task<(Incoming<T> Incoming, Guid Item)?> GivenAsync<T>(
        HttpContext http,
        LedgerNode node,
        GoodsCommand command,
        Action<Incoming<T>> judge
    )
        where T : class
    {
        if (await CommandReading.ReadAsync<T>(http, node.Database) is not { } incoming)
            return null;
        var (item, missing) = await ItemPath.FindAsync(http, node.Pipeline);
        if (item is not { } id)
        {
            await Problems.WriteAsync(http, missing!);
            return null;
        }
        judge(incoming);
        if (!incoming.Fields.Good)
        {
            await Problems.WriteAsync(http, incoming.Fields.Faults, 422);
            return null;
        }
        var request = CommandEndpoint.Request(incoming, command with { Item = id }, node.Pipeline.Now) with
        {
            IsDatedHere = true,
        };
        var answer = await node.Pipeline.RecordAsync(request, http.RequestAborted);
        if (answer is not Answer.Refused refused)
            return (incoming, id);
        await Problems.WriteAsync(http, refused.Refusals);
        return null;
    }

    static async Task ListAsync(HttpContext http, LedgerNode node)
    {
        var (item, missing) = await ItemPath.FindAsync(http, node.Pipeline);
        if (item is not { } id)
            await Problems.WriteAsync(http, missing!);
        else
            await ListAnswers.WriteAllAsync(
                http,
                [.. (await node.PublicLinks.OfItemAsync(id, http.RequestAborted)).Select(View)],
                "public-links"
            );
    }

    static PublicLinkView View(PublicLink l) =>
        new(l.Id, l.MadeBy, l.MadeAt, l.Until, l.RevokedAt, l.Reason, l.Uses, l.LastUsed);

    static async Task ReadAsync(HttpContext http, LedgerNode node)
    {
        if (await FindAsync(node, ItemPath.Raw(http, "code"), http.RequestAborted) is { } found)
            await http.Response.WriteAsJsonAsync(found, WireJson.Options, http.RequestAborted);
        else
            await Problems.WriteAsync(http, new Refusal("public-code-not-found"));
    }

    /// <summary>What a code shows; whatever is wrong with it, the answer is the same. A link's use is
    /// counted.</summary>
    public static async Task<PublicItemView?> FindAsync(LedgerNode node, string code, CancellationToken stop)
    {
        var item =
            code.Length == PublicLinkRows.TokenLength ? await node.PublicLinks.UseAsync(code, node.Pipeline.Now, stop)
            : Identifier.Parse(code.StartsWith("tag:", StringComparison.Ordinal) ? code : $"tag:{code}")
                is { Identifier: { } tag }
                ? await node.Pipeline.FindAsync(tag, stop)
            : null;
        if (item is not { } id)
            return null;
        var history = await node.Reader.ItemAsync(id, stop);
        return history.State is { } state ? View(state, history) : null;
    }

    static PublicItemView View(Item item, ItemHistory history) =>
        new(
            item.Category,
            item.Make,
            item.Model,
            item.FirstRegistered?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
            WireWords.Of(item.Life),
            item.Condition.Grade,
            [.. item.Condition.Brands.Select(b => WireWords.Of(b))],
            [.. item.Condition.Resolved.Select(b => WireWords.Of(b))],
            [
                .. item
                    .Condition.Odometer.Known.OrderBy(r => r.Reading.On)
                    .Select(r => new PublicReading(r.Reading.On, r.Reading.Km, WireWords.Of(r.Known.Verdict))),
            ],
            WireWords.Of(item.Data.State),
            item.Data.Media?.Select(m => MediumView.Of(m, item.Data))
                .Select(m => new PublicMedium(m.Ix, m.Type, m.State, m.Level))
                .ToList(),
            [.. history.Steps.Select(s => s.Event).Select(Warranty).OfType<PublicWarranty>()],
            item.Trade.OpenListing is { } l ? [new(l.Market, l.AskFen, l.Currency)] : []
        );

    static PublicWarranty? Warranty(StoredEvent e) =>
        e.Event is WarrantyStarted { Months: { } months } w
            ? new(e.Envelope.When.Day, ShanghaiDay.MonthsOn(e.Envelope.When.Day, months), w.Km)
            : null;
}
