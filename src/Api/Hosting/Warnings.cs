using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Rules;
using Ledger.Store.Postgres;

namespace Api.Hosting;

/// <summary>A rule that warned of an act that was recorded (rules.md §1.5).</summary>
/// <param name="Citation">Statute and article.</param>
/// <param name="Facts">What it rests on.</param>
public sealed record Warning(
    string RuleId,
    string Zh,
    string En,
    string Citation,
    IReadOnlyDictionary<string, string> Facts
);

/// <summary>What whoever recorded an act is told of it: each rule that warned, once. A repeat is told the
/// same.</summary>
static class Warnings
{
    public static async Task<ImmutableArray<Warning>> OfAsync(
        Answer.Accepted recorded,
        EventReader reader,
        CancellationToken stop
    )
    {
        var envelopes = recorded.Just is { } just
            ? just.Command.Events.Select(e => e.Append.Envelope)
            : (await reader.EventsAsync(recorded.EventIds, stop)).Select(e => e.Envelope);
        return [.. envelopes.SelectMany(Of).DistinctBy(w => (w.RuleId, string.Join(' ', w.Facts)))];
    }

    static IEnumerable<Warning> Of(Envelope envelope)
    {
        var rules = RuleSets.Named(envelope.RulesetVersion) ?? RuleSet.Current;
        foreach (var v in envelope.Verdicts)
            if (
                v is { Result: Result.Hit, Severity: Severity.Warn }
                && rules.InForce(v.RuleId, envelope.When.Day) is { } rule
            )
                yield return new(v.RuleId, rule.Zh, rule.En, rule.Citation, v.Inputs);
    }
}
