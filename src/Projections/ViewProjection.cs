using JasperFx.Events;
using Ledger;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;
using Marten;
using Marten.Events.Projections;

namespace Projections;

/// <summary>Feeds one view from the daemon: for each item a page of events touches, its rows are written
/// anew.</summary>
sealed class ViewProjection(View view, EventReader reader) : IProjection
{
    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellation
    )
    {
        var items = events
            .Where(e => EventCatalog.OfType(e.EventType)?.Noun is Noun.Item)
            .Select(e => e.StreamId)
            .Distinct()
            .ToArray();
        if (items.Length == 0)
            return;
        var rows = await ViewRows.OfAsync(view, reader, items, events[^1].Sequence, cancellation);
        // Rows and the daemon's progress commit together: each event has its effect once.
        operations.QueueSqlCommand(
            $"select {LedgerDatabase.Schema}.write_view(?, ?, ?::jsonb)",
            view.Name,
            items,
            ViewJson.Write(rows)
        );
    }
}

static class ViewRows
{
    /// <summary>The rows of these items as the store stood at a sequence.</summary>
    public static async Task<List<ViewRow>> OfAsync(
        View view,
        EventReader reader,
        Guid[] items,
        long upTo,
        CancellationToken stop
    )
    {
        var rows = new List<ViewRow>(items.Length);
        foreach (var (id, events) in await reader.StreamsAsync(items, upTo, stop))
            // A linked fact may stand on other streams than items.
            if (EventCatalog.Of(events[0].Event).Noun is Noun.Item && events[0].Event is not LinkedFactNoted)
                rows.AddRange(view.Rows(new ItemHistory(id, events)));
        return rows;
    }
}
