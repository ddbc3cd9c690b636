using Ledger.Goods;
using Ledger.Kernel;

namespace Projections;

/// <summary>All events of one stream, and what they come to: read once and folded once for every view of its
/// kind.</summary>
/// <param name="events">In the order of the stream.</param>
public sealed class StreamHistory(Guid id, StreamKind kind, IReadOnlyList<StoredEvent> events)
{
    readonly Dictionary<Type, object?> folded = [];
    ItemHistory? item;

    public Guid Id => id;

    public StreamKind Kind => kind;

    public IReadOnlyList<StoredEvent> Events => events;

    /// <summary>The history of an item; of no other kind.</summary>
    public ItemHistory Item => item ??= new(id, events);

    /// <summary>What the events come to; null where they come to nothing. One type of state has one fold.</summary>
    public T? Fold<T>(Func<IEnumerable<StoredEvent>, T?> fold)
        where T : class
    {
        if (!folded.TryGetValue(typeof(T), out var state))
            folded[typeof(T)] = state = fold(events);
        return (T?)state;
    }
}
