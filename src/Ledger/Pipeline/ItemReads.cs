using Ledger.Goods;
using Ledger.Store.Postgres;

namespace Ledger.Pipeline;

/// <summary>Reads of items.</summary>
public static class ItemReads
{
    /// <summary>An item's whole history; empty where there is none.</summary>
    public static async Task<ItemHistory> ItemAsync(this EventReader reader, Guid item, CancellationToken stop) =>
        new(item, await reader.StreamAsync(item, stop));
}
