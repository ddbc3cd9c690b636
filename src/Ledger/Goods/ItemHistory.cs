using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>
/// All events of an item with the state they fold to. Appending in order of time costs one step; a late entry or a
/// correction folds again.
/// </summary>
public sealed class ItemHistory : IAppendable
{
    readonly List<StoredEvent> events = [];
    IReadOnlyList<ItemStep>? steps;
    DateTimeOffset newest = DateTimeOffset.MinValue;

    public ItemHistory(Guid id) => Id = id;

    public ItemHistory(Guid id, IEnumerable<StoredEvent> recorded)
        : this(id)
    {
        events.AddRange(recorded);
        State = Steps is [.., var last] ? last.After : null;
        foreach (var e in events)
            if (e.Envelope.OccurredAt > newest)
                newest = e.Envelope.OccurredAt;
    }

    public Guid Id { get; }

    /// <summary>In stream order.</summary>
    public IReadOnlyList<StoredEvent> Events => events;

    public Item? State { get; private set; }

    /// <summary>The events that stand, in the order of folding, folded once for all who ask.</summary>
    public IReadOnlyList<ItemStep> Steps => steps ??= [.. ItemFold.Steps(events)];

    /// <summary>When the newest of its events occurred, by whatever order they came.</summary>
    public DateTimeOffset Newest => newest;

    public long Version => events.Count == 0 ? 0 : events[^1].Version;

    public void Append(StoredEvent e)
    {
        events.Add(e);
        steps = null;
        if (e.Event is ICorrection || e.Envelope.OccurredAt < newest)
            State = ItemFold.Fold(events);
        else
        {
            State = ItemFold.Evolve(State, e);
            newest = e.Envelope.OccurredAt;
        }
    }

    /// <summary>The history as of a time it occurred by, and as known at a time it was recorded by (contract.md
    /// §2).</summary>
    public ImmutableArray<StoredEvent> Read(Moment? asOf = null, DateTimeOffset? knownAt = null) =>
        [
            .. ItemFold.ByTime(
                events.Where(e =>
                    (asOf is not { } by || e.Envelope.When.IsBy(by)) && (knownAt is null || e.RecordedAt <= knownAt)
                )
            ),
        ];
}
