using System.Collections.Immutable;
using Api.Hosting;
using Api.Lists;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Store;
using Ledger.Store.Vault;
using Projections.Market;
using Projections.Regulator;

namespace Api;

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
/// <param name="Basis">SHA-256 of its order.</param>
public sealed record SiteReasonBody(string Reason, string? Basis = null, string? OccurredAt = null)
{
    /// <summary>A command for this reason, its values judged.</summary>
    internal LedgerCommand For(Fields f, Func<string, string?, LedgerCommand> command) =>
        command(f.Needed(Reason, "reason", 500), f.Hash(Basis, "basis"));
}

/// <summary>After how many hours an entry of a market needs a reason.</summary>
/// <param name="Hours">1 to 720; 72 where nobody set it.</param>
public sealed record LateEntryHoursBody(int Hours, string? OccurredAt = null);

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
            .MapCommand<MarketBody>("/", Open)
            .Describe<OpenMarket>(
                "Open a market",
                Examples.Market,
                "market-malformed",
                "market-exists",
                "division-unknown",
                "uscc-malformed"
            );
        markets
            .MapCommand<SiteReasonBody>(
                "/{code}/suspensions",
                i => Of(i, (code, r, b) => new SuspendMarket(code, r, b))
            )
            .Describe<SuspendMarket>(
                "Suspend a market at once",
                Examples.SiteReason,
                "market-not-found",
                "wrong-state"
            );
        markets
            .MapCommand<SiteReasonBody>(
                "/{code}/reinstatements",
                i => Of(i, (code, r, b) => new ReinstateMarket(code, r, b))
            )
            .Describe<ReinstateMarket>("Reinstate a market", Examples.SiteReason, "market-not-found", "wrong-state");
        markets
            .MapCommand<SiteReasonBody>("/{code}/closures", CloseAsync)
            .Describe<CloseMarket>(
                "Close a market",
                Examples.SiteReason,
                "market-not-found",
                "wrong-state",
                "live-deals-open",
                "view-behind"
            );
        markets
            .MapCommand<LateEntryHoursBody>("/{code}/late-entry-hours", SetLateHours)
            .Describe<SetLateEntryHours>(
                "Set after how many hours an entry needs a reason",
                Examples.LateEntryHours,
                "market-not-found",
                "wrong-state"
            );
        markets
            .MapCommand<StaffBody>("/{code}/staff", Assign)
            .Describe<AssignStaff>(
                "Assign a person to a desk",
                Examples.Staff,
                "market-not-found",
                "wrong-state",
                "staff-listed-as-ended"
            );
        markets
            .MapCommand<StaffRemovalBody>("/{code}/staff/removals", Remove)
            .Describe<RemoveStaff>(
                "Remove a person from a desk",
                Examples.StaffRemoval,
                "market-not-found",
                "wrong-state"
            );
        markets
            .MapGet("/{code}", OneAsync)
            .Describe("One market", null)
            .Produces<MarketView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
        markets
            .MapGet("/{code}/staff", StaffAsync)
            .Describe("Who stands at its desks", null)
            .Produces<ListAnswer<StaffView>>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Plan Open(Incoming<MarketBody> i)
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
        var opening = new OpenMarket(
            f.Market(b.Code, "code"),
            f.Needed(b.Name, "name"),
            b.OperatorUscc,
            b.Categories?.ToImmutableArray(),
            b.Mode is null ? null : f.Word<MarketMode>(b.Mode, "mode"),
            f.Text(b.FilingNo, "filingNo")
        );
        return At(b.Code, opening, b.OccurredAt);
    }

    /// <summary>What an authority does to a market.</summary>
    static Plan Of(Incoming<SiteReasonBody> i, Func<string, string, string?, LedgerCommand> command)
    {
        var code = Code(i);
        return At(code, i.Body.For(i.Fields, (r, b) => command(code, r, b)), i.Body.OccurredAt);
    }

    static Plan SetLateHours(Incoming<LateEntryHoursBody> i)
    {
        var code = Code(i);
        var hours = i.Fields.Number(i.Body.Hours, "hours", 1, LateEntry.MostHours);
        return At(code, new SetLateEntryHours(code, (int)hours), i.Body.OccurredAt);
    }

    /// <summary>The market of the path; told where it is no code of one.</summary>
    static string Code<T>(Incoming<T> i)
        where T : class
    {
        var code = i.PathText("code");
        if (MarketCode.Check(code) is { } malformed)
            i.Fields.Add(malformed.At("code"));
        return code;
    }

    static Plan At(string code, LedgerCommand command, string? at) =>
        Plan.At($"/api/v1/markets/{code}", code, command) with
        {
            OccurredAt = at,
        };

    /// <summary>What goes on there is counted in a view that has seen the whole log. A deal that is opened in the same
    /// instant goes on, and can be cancelled.</summary>
    static Task<Plan> CloseAsync(Incoming<SiteReasonBody> i, LedgerNode node) =>
        Task.FromResult(
            Of(i, (code, r, b) => new CloseMarket(code, r, b, LiveDeals: 0)) with
            {
                Complete = async (command, stop) =>
                {
                    var closing = (CloseMarket)command;
                    if (await ReadYourWrites.CaughtUpAsync(node.Database, new StockView(), stop) is { } behind)
                        return (null, behind);
                    var live = await new StockQuery(node.Database).LiveDealsAsync(closing.Code, stop);
                    return (closing with { LiveDeals = live }, null);
                },
            }
        );

    static Plan Assign(Incoming<StaffBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        ImmutableArray<string> roles = [.. b.Roles.Select(role => f.Role(role, "roles"))];
        return Staff(
            i,
            b.Person,
            b.Desk,
            (code, person, roll, desk) => new AssignStaff(code, person, roll, desk, roles),
            b.OccurredAt
        );
    }

    static Plan Remove(Incoming<StaffRemovalBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var reason = f.Needed(b.Reason, "reason", 500);
        return Staff(
            i,
            b.Person,
            b.Desk,
            (code, person, roll, desk) => new RemoveStaff(code, person, roll, desk, reason),
            b.OccurredAt
        );
    }

    static Plan Staff<T>(
        Incoming<T> i,
        string person,
        string desk,
        Func<string, PartyRef, Guid, string, StaffCommand> command,
        string? at
    )
        where T : class
    {
        var market = Code(i);
        // A market's own word for its person, whoever acts.
        var party = i.Fields.NeededParty(person, "person", within: market);
        return Plan.At(
            $"/api/v1/markets/{market}/staff",
            market,
            command(market, party, PartyCommand.StreamOf($"{party}", i.Handles), i.Fields.Needed(desk, "desk", 60))
        ) with
        {
            OccurredAt = at,
        };
    }

    static async Task OneAsync(HttpContext http, string code, LedgerNode node)
    {
        if (MarketCode.Check(code) is { } malformed)
        {
            await Problems.WriteAsync(http, malformed.At("code"));
            return;
        }
        var stream = new StreamOfKind(MarketCommand.StreamOf(code, node.Database.Handles), MarketStreams.Market);
        if (await RegisterQuery.NowAsync(node.Reader, stream, http.RequestAborted) is not { } market)
        {
            await Problems.WriteAsync(http, Refusal.Of("market-not-found", ("value", code)));
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(market), market.Version);
    }

    static async Task StaffAsync(HttpContext http, string code, LedgerNode node)
    {
        var stop = http.RequestAborted;
        var stream = MarketCommand.StreamOf(code, node.Database.Handles);
        if (await node.Reader.FoldAsync(stream, Market.Fold, stop) is not { } market)
        {
            await Problems.WriteAsync(http, Refusal.Of("market-not-found", ("value", Bounds.Short(code))));
            return;
        }
        var clear = await new ClearTexts(node.Database).OfPartiesAsync(market.Staff.Select(s => s.Person), stop);
        await ListAnswers.WriteAllAsync(
            http,
            [.. market.Staff.Select(s => new StaffView(clear.Of(s.Person) ?? "", s.Desk ?? "", s.Roles ?? []))],
            "staff"
        );
    }

    /// <summary>A market as the register has it.</summary>
    public static MarketView View(RegisterRow r) =>
        new(r.Code, r.Name, r.State, r.Division!, Divisions.Find(r.Division)?.Name, r.Version);
}
