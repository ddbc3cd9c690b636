using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>What a request on a stream that is no item asks for, once its values are judged.</summary>
/// <param name="Location">Where what it is about is found.</param>
/// <param name="Id">Of what it is about.</param>
sealed record Act(string Location, string Id, Func<StreamOrder, CancellationToken, Task<Answer>> Record)
{
    public string? OccurredAt { get; init; }

    /// <summary>Numbers for the vault.</summary>
    public ImmutableArray<VaultText> Secrets { get; init; } = [];

    /// <summary>The code that says that what the path names is not there; elsewhere it is a fault of a value.</summary>
    public string? Missing { get; init; }

    /// <summary>The same, refused whatever stands.</summary>
    public Act Refused(Refusal why) =>
        this with
        {
            Record = (_, _) => Task.FromResult<Answer>(new Answer.Refused([why])),
        };
}

/// <summary>The one way from an HTTP command on a stream that is no item to its desk.</summary>
static class StreamEndpoint
{
    public static RouteHandlerBuilder MapAct<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, LedgerNode, Act> plan
    )
        where T : class => routes.MapAct<T>(route, (i, node) => Task.FromResult(plan(i, node)));

    public static RouteHandlerBuilder MapAct<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, LedgerNode, Task<Act>> plan
    )
        where T : class =>
        routes
            .MapPost(
                route,
                async (HttpContext http, LedgerNode node) =>
                {
                    if (await CommandEndpoint.ReadAsync<T>(http, node.Database) is { } incoming)
                        await AnswerAsync(http, node, incoming, await plan(incoming, node));
                }
            )
            .Takes<T>();

    /// <summary>An act on the item that the path names, and on whatever else it touches.</summary>
    /// <param name="about">What the answer is about, where it is not that item.</param>
    public static async Task<Act> OfItemAsync<T>(
        Incoming<T> i,
        LedgerNode node,
        string? at,
        Func<Guid, StreamOrder, CancellationToken, Task<Answer>> record,
        Guid? about = null
    )
        where T : class
    {
        var (item, missing) = await ItemPath.FindAsync(i.Http, node.Desk);
        var id = item ?? Guid.Empty;
        var act = new Act($"/api/v1/items/{about ?? id}", $"{about ?? id}", (order, stop) => record(id, order, stop))
        {
            OccurredAt = at,
        };
        return missing is null ? act : act.Refused(missing);
    }

    /// <summary>Parties sign deeds on items; nothing is recorded where a draft is asked for.</summary>
    static Refusal? Unsignable(HttpContext http) =>
        http.Request.Query["prepare"] == "true"
            ? Refusal.Of("query-malformed", ("name", "prepare"), ("value", "true"), ("expected", "an act on an item"))
            : null;

    static async Task AnswerAsync<T>(HttpContext http, LedgerNode node, Incoming<T> i, Act act)
        where T : class
    {
        var occurredAt = i.Fields.Instant(act.OccurredAt, "occurredAt") ?? node.Desk.Now;
        if (Occurrence.Ahead(occurredAt, node.Desk.Now) is { } ahead)
            i.Fields.Add(ahead);
        if (!i.Fields.Good)
        {
            await Problems.WriteAsync(http, i.Fields.Faults, 422);
            return;
        }
        var (ifMatch, stale) = CommandEndpoint.IfMatch(http, needed: false);
        if ((stale ?? Unsignable(http)) is { } wrong)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        var order = new StreamOrder(i.By, i.Scope, i.Key, CommandEndpoint.Hash(http, i), occurredAt)
        {
            IsDatedHere = act.OccurredAt is null,
            Secrets = act.Secrets,
            IfMatch = ifMatch,
            RegionCode = SiteCode.FindDivision(i.By.Site),
        };
        var answer = await act.Record(order, http.RequestAborted);
        if (answer is Answer.Recorded recorded)
            await CommandEndpoint.RecordedAsync(http, act.Location, recorded, act.Id);
        else if (((Answer.Refused)answer).Refusals is [{ } first, ..] && first.Code == act.Missing)
            await Problems.WriteAsync(http, first, 404);
        else
            await Problems.WriteAsync(http, ((Answer.Refused)answer).Refusals);
    }
}
