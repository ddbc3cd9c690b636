using Ledger;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;

namespace Projections;

/// <summary>Items as the store stood at a place, read and folded once for every view.</summary>
/// <param name="Failed">Those whose events cannot be read, and why.</param>
sealed record ReadHistories(List<ItemHistory> Items, List<(Guid Item, string Why)> Failed);

/// <summary>Rows of views, made of histories. An item of which they cannot be made is named, its neighbours are
/// made.</summary>
static class ViewRows
{
    /// <summary>Reads these items as the store stood at a place.</summary>
    public static async Task<ReadHistories> ReadAsync(
        EventReader reader,
        Guid[] items,
        long upTo,
        CancellationToken stop
    )
    {
        if (items.Length == 0)
            return new([], []);
        try
        {
            var read = await reader.StreamsAsync(items, upTo, stop);
            return new([.. read.Where(s => IsItem(s.Value)).Select(s => new ItemHistory(s.Key, s.Value))], []);
        }
        catch (Exception error) when (IsOfAnItem(error))
        {
            if (items.Length == 1)
                return new([], [(items[0], error.Message)]);
        }
        var histories = new ReadHistories([], []);
        foreach (var half in items.Chunk((items.Length + 1) / 2))
        {
            var (made, not) = await ReadAsync(reader, half, upTo, stop);
            histories.Items.AddRange(made);
            histories.Failed.AddRange(not);
        }
        return histories;
    }

    /// <summary>The rows of one view.</summary>
    public static (List<ViewRow> Rows, List<(Guid Item, string Why)> Failed) Of(View view, ReadHistories histories)
    {
        var (rows, failed) = (new List<ViewRow>(histories.Items.Count), histories.Failed.ToList());
        foreach (var history in histories.Items)
            try
            {
                rows.AddRange([.. view.Rows(history)]);
            }
            catch (Exception error) when (IsOfAnItem(error))
            {
                failed.Add((history.Id, error.Message));
            }
        return (rows, failed);
    }

    /// <summary>Reads, and makes the rows of one view.</summary>
    public static async Task<(List<ViewRow> Rows, List<(Guid Item, string Why)> Failed)> OfAsync(
        View view,
        EventReader reader,
        Guid[] items,
        long upTo,
        CancellationToken stop
    ) => Of(view, await ReadAsync(reader, items, upTo, stop));

    /// <summary>A linked fact may stand on other streams than items.</summary>
    static bool IsItem(List<StoredEvent> events) =>
        EventCatalog.Of(events[0].Event).Kind == GoodsStreams.Item && events[0].Event is not LinkedFactNoted;

    static bool IsOfAnItem(Exception error) =>
        error is not (OperationCanceledException or NpgsqlException or IOException);
}
