using Api.Hosting;
using Api.Lists;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Rules;
using Ledger.Store.Postgres;

namespace Api;

/// <summary>One rule about one act, under two laws.</summary>
/// <param name="Then"><c>pass</c>, <c>hit</c> or <c>not-evaluated</c>, by the rule set that the newest event of then
/// names; null: the rule did not bind.</param>
/// <param name="ThenSeverity">What a hit did: <c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="FirstDay">The first day after the other law's on which a hit would be none; null: none comes
/// soon.</param>
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
)
{
    /// <summary>The event that tells the odometer's reading, where the verdict is one about a reading: <c>then</c> is
    /// as recorded, <c>now</c> as known now.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The day of the reading.</summary>
    public DateOnly? ObservedOn { get; init; }

    public long? ValueKm { get; init; }

    /// <summary>What was thought of the reading when it was recorded: <c>plausible</c>, <c>implausible</c> or
    /// <c>no-verdict</c>.</summary>
    public string? AsRecorded { get; init; }
    public string? AsRecordedReason { get; init; }

    /// <summary>What is thought of it now, beside all that is known of the days before it.</summary>
    public string? AsKnownNow { get; init; }
    public string? AsKnownNowReason { get; init; }
}

/// <summary>Verdicts then and now: an item as of a time, judged under the law of that time and of another.</summary>
static class ItemVerdictList
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{id}/verdicts", ListAsync)
            .WithTags("Items")
            .WithQuery(q => Asked(q))
            .Describe("What the rules say of an item under the law of two days", null)
            .Produces<ListAnswer<VerdictEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType);

    static (Moment? AsOf, DateOnly? Law) Asked(QueryValues q) =>
        (q.Moment("asOf", ("截至", "As of")), q.Day("law", ("适用日", "Law of the day")));

    static async Task ListAsync(HttpContext http, CommandPipeline pipeline, EventReader reader)
    {
        var q = new QueryValues(http, pipeline.Now);
        var (past, law) = Asked(q);
        var asOf = past ?? Moment.Of(pipeline.Now);
        var (id, missing) = await ItemPath.FindAsync(http, pipeline);
        if ((q.Fault ?? missing) is { } wrong)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        var history = await reader.ItemAsync(id!.Value, http.RequestAborted);
        var events = history.Read(asOf);
        if (ItemFold.Fold(events) is not { } item)
        {
            await Problems.WriteAsync(http, ItemPath.NotFound(http));
            return;
        }
        // What was decided is judged by the set that its newest event names; what is asked of today by today's.
        var then = past is null
            ? RuleSet.Current
            : RuleSets.Named(events.MaxBy(e => e.Version)?.Envelope.RulesetVersion);
        var verdicts = ItemVerdicts.Of(
            item,
            asOf.End,
            new(then, asOf.Day),
            new(RuleSet.Current, law ?? ShanghaiDay.Of(pipeline.Now))
        );
        var readings = ItemVerdicts.OfReadings(item, events).SelectMany(r => Entries(r, item, law));
        await ListAnswers.WriteAllAsync(http, [.. verdicts.Select(Entry), .. readings], "verdicts");
    }

    /// <param name="law">The day of another law; null: each reading's own.</param>
    static IEnumerable<VerdictEntry> Entries(ReadingThenNow r, Item item, DateOnly? law)
    {
        var reading = r.Now.Reading;
        var answers = RuleSet.Current.Explain(
            reading.Act,
            item.Category,
            reading.Jurisdiction,
            law ?? reading.On,
            r.Now.Facts
        );
        foreach (var now in answers.Where(a => ReadingVerdict.IsOfOdometer(a.Rule.Id)))
        {
            var then = r.Then(now.Rule.Id);
            yield return new(
                WireWords.Of(reading.Act),
                now.Rule.Id,
                now.Rule.Citation,
                now.Rule.Zh,
                now.Rule.En,
                then is { } said ? WireWords.Of(said) : null,
                then is null ? null : WireWords.Of(now.Rule.Severity),
                WireWords.Of(now.Result),
                WireWords.Of(now.Rule.Severity),
                then != now.Result,
                now.Seen.Values,
                null
            )
            {
                EventId = reading.Event,
                ObservedOn = reading.On,
                ValueKm = reading.Km,
                AsRecorded = WireWords.Of(r.AsRecorded.Verdict),
                AsRecordedReason = r.AsRecorded.Reason,
                AsKnownNow = WireWords.Of(r.Now.Known.Verdict),
                AsKnownNowReason = r.Now.Known.Reason,
            };
        }
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
