using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Operations;

/// <summary>What the ledger records of itself: which law it applies, and whether its views fit.</summary>
public static class LogDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.Of<LogCommand>(
            (c, _, s) => [c is ActivateRuleset ? Need.Of(StreamOf(c, s)) : Need.TipOf(StreamOf(c, s))],
            (c, read, s) =>
                [
                    new(
                        StreamOf(c, s),
                        LogStreams.Log,
                        c switch
                        {
                            ActivateRuleset a => Activate(a, read.State(StreamOf(c, s), Active), s),
                            RecordReconciliation r => Decision.Record([
                                .. r.Runs.Select(run => new ReconciliationRun(
                                    run.Projection,
                                    run.FromLeaf,
                                    run.ToLeaf,
                                    run.Mismatches,
                                    run.List,
                                    run.Rebuilt
                                )),
                            ]),
                            LogHeadMap m => Decision.Record(new HeadMapped(m.TreeSize, m.MapSize, m.MapRoot)),
                            _ => throw new UnknownCommandException(c),
                        }
                    ),
                ]
        );

    static Guid StreamOf(LogCommand c, Situation s) =>
        c switch
        {
            ActivateRuleset => LogCommand.RulesetsOf(s.Ids),
            LogHeadMap map => LogCommand.MapsOf(s.Ids, map.Origin),
            _ => LogCommand.ReconciliationsOf(s.Ids),
        };

    /// <summary>Version of the set that was activated last; null: none was.</summary>
    static string? Active(IReadOnlyList<StoredEvent> history) =>
        history.Select(e => e.Event).OfType<RulesetActivated>().LastOrDefault()?.Version;

    /// <summary>Activates the rule set that the product brings, by two persons (rules.md §1.3).</summary>
    /// <param name="active">Version of the set that was activated last.</param>
    public static Decision Activate(ActivateRuleset c, string? active, Situation s)
    {
        if (c.Version != s.Rules.Version)
            return Decision.Refuse(
                Refusal
                    .Of("ruleset-hash-differs", ("value", Bounds.Short(c.Version)), ("expected", s.Rules.Version))
                    .At("version")
            );
        return c.Version == active
            ? Decision.Record()
            : Decision.Record(
                new RulesetActivated(
                    c.Version,
                    c.From ?? s.OccurredAt,
                    [.. c.Changes.Distinct()],
                    [.. Provisional(s.Rules)]
                )
            );
    }

    /// <summary>What whoever activates a set has to read again.</summary>
    public static IEnumerable<string> Provisional(RuleSet rules) =>
        rules
            .Rules.Where(r => r is { Severity: Severity.Block, Certainty: Certainty.Provisional })
            .Select(r => r.Id)
            .Distinct();
}
