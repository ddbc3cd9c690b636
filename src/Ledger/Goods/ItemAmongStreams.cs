using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Items among the streams that were read.</summary>
public static class ItemAmongStreams
{
    /// <summary>The history of an item; without events where nothing is registered.</summary>
    public static ItemHistory ItemOf(this StreamsRead read, Guid item) =>
        read.State(item, events => new ItemHistory(item, events));
}
