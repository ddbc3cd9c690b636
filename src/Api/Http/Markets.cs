using System.Collections.Immutable;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Store;
using Ledger.Store.Vault;
using Projections.Market;

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
public sealed record SiteReasonBody(string Reason, string? Basis = null, string? OccurredAt = null)
{
    /// <summary>An act for this reason, its values judged.</summary>
    internal LedgerEvent Act(Fields f, Func<string, string?, LedgerEvent> act) =>
        act(f.Needed(Reason, "reason", 500), f.Text(Basis, "basis"));
}

/// <summary>A person at a desk.</summary>
/// <param name="Person">The market's own word for them; no name, no number.</param>
/// <param name="Roles">Codes of domain.md §1, e.g. <c>CLK</c>.</param>
public sealed record StaffBody(string Person, string Desk, string[] Roles, string? OccurredAt = null);

public sealed record StaffRemovalBody(string Person, string Desk, string Reason, string? OccurredAt = null);

/// <param name="Person">The market's word, as long as it was not erased.</param>
public sealed record StaffView(string Person, string Desk, ImmutableArray<string> Roles);

static class Markets
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var markets = api.MapGroup("/markets").WithTags("Markets");
        markets
            .MapAct<MarketBody>("/", Open)
            .Says(
                "Open a market",
                Examples.Market,
                "market-malformed",
                "market-exists",
                "division-unknown",
                "uscc-malformed"
            );
        markets
            .MapAct<SiteReasonBody>(
                "/{code}/suspensions",
                (i, node) => Of(i, node, (r, b) => new MarketSuspended(r, b))
            )
            .Says("Suspend a market at once", Examples.SiteReason, "market-unknown", "wrong-state");
        markets
            .MapAct<SiteReasonBody>(
                "/{code}/reinstatements",
                (i, node) => Of(i, node, (r, b) => new MarketReinstated(r, b))
            )
            .Says("Reinstate a market", Examples.SiteReason, "market-unknown", "wrong-state");
        markets
            .MapAct<SiteReasonBody>("/{code}/closures", Close)
            .Says(
                "Close a market",
                Examples.SiteReason,
                "market-unknown",
                "wrong-state",
                "live-deals-open",
                "view-behind"
            );
        markets
            .MapAct<StaffBody>("/{code}/staff", Assign)
            .Says(
                "Assign a person to a desk",
                Examples.Staff,
                "market-unknown",
                "wrong-state",
                "staff-listed-as-ended"
            );
        markets
            .MapAct<StaffRemovalBody>("/{code}/staff/removals", Remove)
            .Says("Remove a person from a desk", Examples.StaffRemoval, "market-unknown", "wrong-state");
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
        markets
            .MapGet("/{code}/staff", StaffAsync)
            .Says("Who stands at its desks", null)
            .Produces<ListAnswer<StaffView>>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Act Open(Incoming<MarketBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        if (b.OperatorUscc is { } uscc && !Uscc.HasShape(uscc))
            f.Add(Refusal.Of("uscc-malformed", ("value", Bounds.Short(uscc))).At("operatorUscc"));
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
        return Of(node, b.Code, opened, b.OccurredAt);
    }

    /// <summary>An act of the regulator on a market.</summary>
    static Act Of(Incoming<SiteReasonBody> i, LedgerNode node, Func<string, string?, LedgerEvent> act) =>
        Of(node, Code(i), i.Body.Act(i.Fields, act), i.Body.OccurredAt) with
        {
            Missing = "market-unknown",
        };

    /// <summary>The market of the path; told where it is no code of one.</summary>
    static string Code<T>(Incoming<T> i)
        where T : class
    {
        var code = i.PathText("code");
        if (MarketCode.Check(code) is { } malformed)
            i.Fields.Add(malformed.At("code"));
        return code;
    }

    static Act Of(LedgerNode node, string code, LedgerEvent e, string? at) =>
        new($"/api/v1/markets/{code}", code, (order, stop) => node.Sites.RecordAsync(e, code, order, stop))
        {
            OccurredAt = at,
        };

    /// <summary>What goes on there is counted in a view that has seen the whole log. A deal that is opened in the same
    /// instant goes on, and can be cancelled.</summary>
    static Act Close(Incoming<SiteReasonBody> i, LedgerNode node)
    {
        var code = Code(i);
        var closed = i.Body.Act(i.Fields, (r, b) => new MarketClosed(r, b));
        return Of(node, code, closed, i.Body.OccurredAt) with
        {
            Missing = "market-unknown",
            Record = async (order, stop) =>
            {
                if (await node.Desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
                    return before;
                if (await AtLeast.CaughtUpAsync(node.Database, "stock", stop) is { } behind)
                    return new Answer.Refused([behind]);
                var live = await new StockQuery(node.Database).LiveDealsAsync(code, stop);
                return await node.Sites.RecordAsync(closed, code, order, stop, live);
            },
        };
    }

    static Act Assign(Incoming<StaffBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        ImmutableArray<string> roles = [.. b.Roles.Select(role => f.Role(role, "roles"))];
        return Staff(
            i,
            node,
            b.Person,
            (person, desk) => new DeskStaffAssigned(person, desk, roles),
            b.Desk,
            b.OccurredAt
        );
    }

    static Act Remove(Incoming<StaffRemovalBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var reason = f.Needed(b.Reason, "reason", 500);
        return Staff(
            i,
            node,
            b.Person,
            (person, desk) => new DeskStaffRemoved(person, desk, reason),
            b.Desk,
            b.OccurredAt
        );
    }

    static Act Staff<T>(
        Incoming<T> i,
        LedgerNode node,
        string person,
        Func<PartyRef?, string, LedgerEvent> act,
        string desk,
        string? at
    )
        where T : class
    {
        var market = Code(i);
        // A market's own word for its person, whoever acts.
        var party = i.Fields.Party(person, "person", within: market);
        var e = act(party, i.Fields.Needed(desk, "desk", 60));
        return new(
            $"/api/v1/markets/{market}/staff",
            market,
            (order, stop) => node.Sites.StaffAsync(e, market, node.Credit.StreamOf($"{party}"), order, stop)
        )
        {
            OccurredAt = at,
            Missing = "market-unknown",
        };
    }

    public static async Task<List<MarketView>> AllAsync(EventReader reader, CancellationToken stop)
    {
        var markets = await reader.AllAsync(Noun.Market, Market.Fold, stop);
        return [.. markets.Select(View).OrderBy(m => m.Code, StringComparer.Ordinal)];
    }

    static async Task ListAsync(HttpContext http, EventReader reader) =>
        await ListAnswers.WriteAllAsync(http, await AllAsync(reader, http.RequestAborted), "markets");

    static async Task OneAsync(HttpContext http, string code, SiteDesk sites)
    {
        if (MarketCode.Check(code) is { } malformed)
        {
            await Problems.WriteAsync(http, malformed.At("code"));
            return;
        }
        if (await sites.MarketAsync(code, http.RequestAborted) is not { } market)
        {
            await Problems.WriteAsync(http, Refusal.Of("market-unknown", ("value", code)), 404);
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(market), market.Version);
    }

    static async Task StaffAsync(HttpContext http, string code, LedgerNode node)
    {
        var stop = http.RequestAborted;
        if (await node.Sites.MarketAsync(code, stop) is not { } market)
        {
            await Problems.WriteAsync(http, Refusal.Of("market-unknown", ("value", Bounds.Short(code))), 404);
            return;
        }
        var clear = await new ClearTexts(node.Database).OfPartiesAsync(market.Staff.Select(s => s.Person), stop);
        await ListAnswers.WriteAllAsync(
            http,
            [.. market.Staff.Select(s => new StaffView(clear.Of(s.Person) ?? "", s.Desk ?? "", s.Roles ?? []))],
            "staff"
        );
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
