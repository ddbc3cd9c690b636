using Ledger.Kernel;
using Ledger.Supervision;

namespace Ledger.Store;

/// <summary>Suspicions and cases, each on a stream of its own.</summary>
public sealed class CaseDesk(LedgerDatabase database, EventReader reader, StreamDesk streams)
{
    /// <summary>The suspicion of one pattern on one item: there is one, however often it is seen.</summary>
    public Guid StreamOf(string pattern, Guid item) => database.Handles.EntityId("case", pattern, item.ToString("N"));

    /// <param name="known">Whether it must be there already.</param>
    public Task<Answer> RecordAsync(Guid id, LedgerEvent e, bool known, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Case,
            id,
            order,
            (history, read) =>
                Task.FromResult(
                    CaseDecider.Decide(e, Case.Fold(history), known, read.OccurredAt, read.Situation().Now)
                ),
            stop
        );

    public async Task<Case?> FindAsync(Guid id, CancellationToken stop) =>
        Case.Fold(await reader.StreamAsync(id, stop));

    /// <summary>Suspicions and cases that fit, those that came to the ledger last first.</summary>
    /// <param name="after">The last one that is known already; empty: none.</param>
    public Task<List<Case>> NewestFirstAsync(Func<Case, bool> fits, Guid after, int most, CancellationToken stop) =>
        reader.NewestFirstAsync(Noun.Case, Case.Fold, fits, after, most, stop);

    /// <summary>Ids of every suspicion and case.</summary>
    public async Task<HashSet<Guid>> IdsAsync(CancellationToken stop)
    {
        var ids = new HashSet<Guid>();
        await foreach (var page in reader.PagesAsync(Noun.Case, 5_000, stop))
            ids.UnionWith(page);
        return ids;
    }
}
