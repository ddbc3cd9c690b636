using Api.Hosting;
using Ledger.Kernel;
using Ledger.Operations;
using Ledger.Rules;
using Ledger.Store;
using Projections;

namespace Api;

/// <summary>Activates the rule set that runs, by two persons who have read it.</summary>
/// <param name="Version">As <c>GET rules</c> tells it.</param>
/// <param name="Changes">Ids of rules that are new, changed or gone since the set before.</param>
/// <param name="From">Absent: from now on.</param>
public sealed record ActivationBody(
    string Version,
    IReadOnlyList<string>? Changes = null,
    string? From = null,
    string? OccurredAt = null
);

/// <summary>A rule set that was activated.</summary>
/// <param name="Runs">Whether it is the one that judges now.</param>
public sealed record ActivationEntry(
    string Version,
    bool Runs,
    DateTimeOffset? From,
    DateTimeOffset ActivatedAt,
    string By,
    string? SecondActor,
    IReadOnlyList<string> Changes,
    IReadOnlyList<string> Provisional
);

/// <summary>One version of a rule, as the set that runs has it.</summary>
/// <param name="RuleSet">Version of that set.</param>
public sealed record RuleEntry(
    string Id,
    string Citation,
    string Zh,
    string En,
    DateOnly From,
    DateOnly? To,
    string Severity,
    string Certainty,
    string Source,
    string? Where,
    IReadOnlyList<string> On,
    IReadOnlyList<string> Goods,
    string Code,
    string RuleSet
);

/// <summary>A view's comparison with its events.</summary>
public sealed record ReconciliationEntry(
    DateTimeOffset At,
    string? Projection,
    long? FromLeaf,
    long? ToLeaf,
    long? Mismatches,
    bool? Rebuilt
);

/// <summary>Which law the ledger applies, who activated it, and whether its views fit.</summary>
static class AppliedLaw
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapCommand<ActivationBody>("/rulesets", Activate)
            .WithTags("Regulator")
            .Describe<ActivateRuleset>(
                "Activate the rule set that runs, by two persons",
                Examples.Activation,
                "ruleset-hash-differs",
                "counter-signature-missing"
            );
    }

    static Plan Activate(Incoming<ActivationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var activating = new ActivateRuleset(
            f.Needed(b.Version, "version"),
            f.Instant(b.From, "from"),
            f.Texts(b.Changes, "changes") ?? []
        );
        return Plan.At("/api/v1/rulesets", activating.Version, activating) with { OccurredAt = b.OccurredAt };
    }

    public static IReadOnlyList<RuleEntry> On(DateOnly day) =>
        [.. RuleSet.Current.Rules.Where(r => r.BindsOn(day)).Select(Entry)];

    static RuleEntry Entry(Rule r) =>
        new(
            r.Id,
            r.Citation,
            r.Zh,
            r.En,
            r.From,
            r.To,
            WireWords.Of(r.Severity),
            WireWords.Of(r.Certainty),
            WireWords.Of(r.Source),
            r.Where,
            [.. r.On.Select(t => WireWords.Of(t))],
            r.Goods,
            r.Code,
            RuleSet.Current.Version
        );

    public static async Task<IReadOnlyList<ActivationEntry>> ReadAsync(LedgerNode node, CancellationToken stop) =>
        [
            .. (await node.Reader.StreamAsync(LogCommand.RulesetsOf(node.Database.Handles), stop))
                .Where(e => e.Event is RulesetActivated)
                .Select(Entry)
                .Reverse(),
        ];

    static ActivationEntry Entry(StoredEvent e)
    {
        var a = (RulesetActivated)e.Event;
        return new(
            a.Version ?? "",
            a.Version == RuleSet.Current.Version,
            a.From,
            e.Envelope.OccurredAt,
            e.Envelope.Actor,
            e.Envelope.SecondActor,
            a.Changes ?? [],
            a.Provisional ?? []
        );
    }

    public static async Task<IReadOnlyList<ReconciliationEntry>> ReconciliationsAsync(
        LedgerNode node,
        CancellationToken stop
    ) => [.. (await new Reconciler(node).RunsAsync(stop)).Select(Run).OfType<ReconciliationEntry>().Reverse()];

    static ReconciliationEntry? Run(StoredEvent e) =>
        e.Event is ReconciliationRun r
            ? new(e.Envelope.OccurredAt, r.Projection, r.FromLeaf, r.ToLeaf, r.Mismatches, r.Rebuilt)
            : null;
}
