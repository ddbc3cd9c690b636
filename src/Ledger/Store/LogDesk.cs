using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Operations;
using Ledger.Rules;

namespace Ledger.Store;

/// <summary>What the ledger records of itself: which law it applies, and whether its views fit.</summary>
public sealed class LogDesk(LedgerDatabase database, EventReader reader, StreamDesk streams)
{
    Guid Rulesets => database.Handles.EntityId("log", "rulesets", "");

    Guid Reconciliations => database.Handles.EntityId("log", "reconciliations", "");

    /// <summary>Activates the rule set that runs.</summary>
    public Task<Answer> ActivateAsync(
        string version,
        DateTimeOffset? from,
        IEnumerable<string> changes,
        StreamOrder order,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            Noun.Log,
            Rulesets,
            order,
            (history, read) =>
            {
                var active = history.Select(e => e.Event).OfType<RulesetActivated>().LastOrDefault()?.Version;
                return Task.FromResult(
                    RulesetDecider.Decide(
                        version,
                        from ?? read.OccurredAt,
                        changes,
                        active,
                        RuleSet.Current,
                        order.By.SecondActor
                    )
                );
            },
            stop
        );

    /// <summary>Every activation, oldest first.</summary>
    public Task<List<Recorded>> RulesetsAsync(CancellationToken stop) => reader.StreamAsync(Rulesets, stop);

    /// <summary>Records what a comparison of all views came to.</summary>
    public Task<Answer> ReconciledAsync(
        ImmutableArray<ReconciliationRun> runs,
        StreamOrder order,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            Noun.Log,
            Reconciliations,
            order,
            (_, _) => Task.FromResult(Decision.Record([.. runs])),
            stop
        );

    /// <summary>The newest comparison; null: there was none.</summary>
    public async Task<Recorded?> LastReconciliationAsync(CancellationToken stop) =>
        await reader.NewestAsync<ReconciliationRun>(Reconciliations, 1, stop) is [var newest] ? newest : null;

    /// <summary>Comparisons, oldest first.</summary>
    public Task<List<Recorded>> ReconciliationsAsync(CancellationToken stop) =>
        reader.StreamAsync(Reconciliations, stop);
}
