using JasperFx.Events;
using JasperFx.Events.Projections;
using Ledger;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;
using Marten;
using Marten.Events.Projections;
using Npgsql;

namespace Projections;

/// <summary>Feeds one view from the daemon: for each item a page of events touches, its rows are written anew. The
/// daemon
/// only says which items those are; what their events say is read here, so an event that cannot be read stops no
/// view.</summary>
sealed class ViewProjection : ProjectionBase, IProjection
{
    readonly View view;
    readonly EventReader reader;

    public ViewProjection(View view, EventReader reader)
    {
        (this.view, this.reader) = (view, reader);
        Name = Registry.Shard(view);
        // No view shows anything but items; of what is not in the catalogue UnknownKinds takes care.
        FilterIncomingEventsOnStreamType(typeof(Item));
        IncludeType<UnreadEvent>();
    }

    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellation
    )
    {
        var items = events.Select(e => e.StreamId).Distinct().ToArray();
        if (items.Length == 0)
            return;
        var upTo = events[^1].Sequence;
        var (rows, failed) = await ViewRows.OfEachAsync(view, reader, items, upTo, cancellation);
        // Rows and the daemon's progress commit together: each event has its effect once.
        operations.QueueSqlCommand(
            $"select {LedgerDatabase.Schema}.write_view(?, ?, ?::jsonb)",
            view.Name,
            failed.Count == 0 ? items : [.. items.Except(failed.Select(f => f.Item))],
            ViewJson.Write(rows)
        );
        if (failed.Count > 0)
            operations.QueueSqlCommand(
                HeldItems.Hold,
                view.Name,
                upTo,
                failed.Select(f => f.Item).ToArray(),
                failed.Select(f => f.Why).ToArray()
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

    /// <summary>The same item by item, where not all of them can be made: one that cannot is named, its neighbours
    /// are.</summary>
    public static async Task<(List<ViewRow> Rows, List<(Guid Item, string Why)> Failed)> OfEachAsync(
        View view,
        EventReader reader,
        Guid[] items,
        long upTo,
        CancellationToken stop
    )
    {
        try
        {
            return (await OfAsync(view, reader, items, upTo, stop), []);
        }
        catch (Exception error) when (error is not (OperationCanceledException or NpgsqlException or IOException))
        {
            if (items.Length == 1)
                return ([], [(items[0], error.Message)]);
        }
        var (rows, failed) = (new List<ViewRow>(items.Length), new List<(Guid, string)>());
        foreach (var half in items.Chunk((items.Length + 1) / 2))
        {
            var (made, not) = await OfEachAsync(view, reader, half, upTo, stop);
            rows.AddRange(made);
            failed.AddRange(not);
        }
        return (rows, failed);
    }
}
