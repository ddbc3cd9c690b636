using Api.Hosting;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Vault;
using Ledger.Supervision;
using Projections;
using Projections.Regulator;

namespace Api;

/// <summary>Opens a case of an authority's own accord.</summary>
/// <param name="Items">Ids or identifiers of the items, 1 to 50.</param>
/// <param name="Officer">Who leads it, by the authority's own word; no name, no number.</param>
/// <param name="Number">The authority's number of it.</param>
public sealed record CaseBody(
    string Pattern,
    IReadOnlyList<string> Items,
    string Officer,
    string? Number = null,
    string? OccurredAt = null
);

/// <summary>Takes up a suspicion.</summary>
public sealed record CaseOpeningBody(string Officer, string? Number = null, string? OccurredAt = null);

/// <param name="Outcome"><c>founded</c> or <c>unfounded</c>.</param>
public sealed record CaseClosureBody(string Outcome, string Finding, string? OccurredAt = null);

/// <summary>A suspicion or case.</summary>
/// <param name="State"><c>suspected</c>, <c>open</c> or <c>closed</c>.</param>
/// <param name="Since">When it came to its state.</param>
/// <param name="Events">Ids of the events that show the pattern.</param>
public sealed record CaseEntry(
    Guid Id,
    string Pattern,
    string State,
    DateTimeOffset RaisedAt,
    DateTimeOffset Since,
    IReadOnlyList<Guid> Items,
    IReadOnlyList<Guid> Events,
    string? Officer,
    string? Number,
    string? Outcome,
    string? Finding,
    long Version
);

/// <summary>Suspicions that the ledger raises, and what authorities make of them (domain.md R14).</summary>
static class Cases
{
    const int Most = 50;

    public static void Map(IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Regulator");
        cases
            .MapCommand<CaseBody>("/", OpenAsync)
            .Describe<OpenCase>("Open a case", Examples.Case, "pattern-not-active", "item-not-found");
        cases
            .MapCommand<CaseOpeningBody>(
                "/{caseId:guid}/openings",
                i =>
                    Of(
                        i,
                        id => new TakeUpSuspicion(
                            id,
                            i.Fields.NeededParty(i.Body.Officer, "officer"),
                            i.Fields.Text(i.Body.Number, "number", 60)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<TakeUpSuspicion>("Take up a suspicion", Examples.CaseOpening, "case-not-found", "wrong-state");
        cases
            .MapCommand<CaseClosureBody>(
                "/{caseId:guid}/closures",
                i =>
                    Of(
                        i,
                        id => new CloseCase(
                            id,
                            i.Fields.Word<CaseOutcome>(i.Body.Outcome, "outcome"),
                            i.Fields.Needed(i.Body.Finding, "finding", 500)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<CloseCase>("Close a case, or a suspicion", Examples.CaseClosure, "case-not-found", "wrong-state");
        cases
            .MapGet("/{caseId:guid}", OneAsync)
            .Describe("One suspicion or case", null)
            .Produces<CaseEntry>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static async Task<Plan> OpenAsync(Incoming<CaseBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        f.Number(b.Items.Count, "items", 1, Most);
        var items = await ItemPath.NamedAsync(i, node, b.Items.Take(Most), "items");
        var opening = new OpenCase(
            i.NewId("case"),
            f.Needed(b.Pattern, "pattern", 60),
            [.. items.Distinct().Select(id => new StreamRef(id))],
            f.NeededParty(b.Officer, "officer"),
            f.Text(b.Number, "number", 60)
        );
        return Of(opening, b.OccurredAt);
    }

    static Plan Of<T>(Incoming<T> i, Func<Guid, CaseCommand> command, string? at)
        where T : class => Of(command(i.PathId("caseId")), at);

    static Plan Of(CaseCommand command, string? at) =>
        Plan.At($"/api/v1/cases/{command.Case}", $"{command.Case}", command) with
        {
            OccurredAt = at,
        };

    static async Task OneAsync(HttpContext http, Guid caseId, LedgerNode node)
    {
        if (await node.Reader.FoldAsync(caseId, Case.Fold, http.RequestAborted) is not { } found)
        {
            await Problems.WriteAsync(http, Refusal.Of("case-not-found", ("value", caseId)));
            return;
        }
        var words = await WordsAsync(node, [found], http.RequestAborted);
        await CommandEndpoint.ShowAsync(http, Entry(found, words), found.Version);
    }

    /// <summary>What came to the ledger last comes first; a case goes by the day its suspicion was raised.</summary>
    public static async Task<Page<CaseEntry>> ReadAsync(
        LedgerNode node,
        CaseFilter filter,
        int limit,
        string? cursor,
        CancellationToken stop
    )
    {
        var page = await new CaseQuery(node.Database).ReadAsync(filter, limit, cursor, stop);
        var words = await WordsAsync(node, page.Items, stop);
        return page.Select(c => Entry(c, words));
    }

    static Task<ClearText> WordsAsync(LedgerNode node, IEnumerable<Case> cases, CancellationToken stop) =>
        new ClearTexts(node.Database).OfPartiesAsync(cases.Select(c => c.Officer), stop);

    static CaseEntry Entry(Case c, ClearText clear) =>
        new(
            c.Id,
            c.Pattern,
            WireWords.Of(c.State),
            c.RaisedAt,
            c.Since,
            c.Items,
            c.Events,
            clear.Of(c.Officer),
            c.Number,
            c.Outcome is { } outcome ? WireWords.Of(outcome) : null,
            c.Finding,
            c.Version
        );
}
