using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store;

namespace Api.Http;

/// <summary>One rule about one act, under two laws.</summary>
/// <param name="Then"><c>pass</c>, <c>hit</c> or <c>not-evaluated</c>, by the rule set that the newest event of then names;
/// null: the rule did not bind.</param>
/// <param name="ThenSeverity">What a hit did: <c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="FirstDay">The first day after the other law's on which a hit would be none; null: none comes soon.</param>
public sealed record VerdictEntry(
    string Act,
    string RuleId,
    string Citation,
    string Zh,
    string En,
    string? Then,
    string? ThenSeverity,
    string? Now,
    string? NowSeverity,
    bool Differs,
    IReadOnlyDictionary<string, string> Facts,
    DateOnly? FirstDay
);

/// <summary>Verdicts then and now: an item as of a time, judged under the law of that time and of another.</summary>
static class ItemVerdictList
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{id}/verdicts", ListAsync)
            .WithTags("Items")
            .Says("What the rules say of an item under the law of two days", null)
            .Produces<ListAnswer<VerdictEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType);

    static async Task ListAsync(HttpContext http, CommandDesk desk, EventReader reader)
    {
        var q = new QueryValues(http);
        var (past, law) = (q.Instant("asOf"), q.Day("law"));
        var asOf = past ?? desk.Now;
        var (id, missing) = await ItemPath.FindAsync(http, desk);
        if ((q.Fault ?? missing) is { } wrong)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        var history = await reader.ItemAsync(id!.Value, http.RequestAborted);
        var read = history.Read(asOf).ToList();
        if (ItemFold.Fold(read) is not { } item)
        {
            await Problems.WriteAsync(http, new Refusal("unknown-stream"));
            return;
        }
        // What was decided is judged by the set that its newest event names; what is asked of today by today's.
        var then = past is null ? RuleSet.Current : RuleSets.Named(read.MaxBy(e => e.Version)?.Envelope.RulesetVersion);
        var verdicts = ItemVerdicts.Of(
            item,
            asOf,
            new(then, ShanghaiDay.Of(asOf)),
            new(RuleSet.Current, law ?? ShanghaiDay.Of(desk.Now))
        );
        await ListAnswers.WriteAllAsync(http, [.. verdicts.Select(Entry)], "verdicts");
    }

    static VerdictEntry Entry(VerdictThenNow v)
    {
        var said = v.Now ?? v.Then!;
        return new(
            WireWords.Of(v.Act),
            v.RuleId,
            said.Rule.Citation,
            said.Rule.Zh,
            said.Rule.En,
            v.Then is { } then ? WireWords.Of(then.Result) : null,
            v.Then is { } before ? WireWords.Of(before.Rule.Severity) : null,
            v.Now is { } now ? WireWords.Of(now.Result) : null,
            v.Now is { } after ? WireWords.Of(after.Rule.Severity) : null,
            v.Differs,
            said.Seen.Values,
            v.Now?.Otherwise
        );
    }
}
