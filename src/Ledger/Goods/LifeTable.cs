using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>A kind of event that moves an item's life.</summary>
/// <param name="From">Where the item may stand.</param>
/// <param name="To">Where it goes; null: back to where it came from.</param>
public sealed record LifeRow(Type Event, Life? To, params ImmutableArray<Life> From)
{
    public static LifeRow On<T>(Life? to, params ImmutableArray<Life> from)
        where T : LedgerEvent => new(typeof(T), to, from);
}

/// <summary>The rows of domain.md §3.2 for an item's life, gathered from the nouns; a pair not listed is refused at the
/// desk.</summary>
public static class LifeTable
{
    public static ImmutableArray<LifeRow> Rows { get; } = [.. Modules.ItemParts.SelectMany(p => p.Life)];

    static readonly FrozenDictionary<Type, LifeRow[]> ByEvent = Rows.GroupBy(r => r.Event)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>With the moves that only another register's facts make.</summary>
    static readonly FrozenDictionary<Type, LifeRow[]> Moves = Rows.Concat(
            Modules.ItemParts.SelectMany(p => p.ObservedLife)
        )
        .GroupBy(r => r.Event)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>Whether the table has a row for this event from where the item stands; events that move no life
    /// always fit.</summary>
    public static bool Fits(Item item, LedgerEvent e) =>
        ByEvent.TryGetValue(e.GetType(), out var rows)
            ? rows.Any(r => r.From.Contains(item.Life))
            : item.Life is not Life.Ended;

    /// <summary>The event with what it rests on, where the table has a row for it.</summary>
    public static Decision InState(Item item, LedgerEvent e, Rules.Judgement judgement) =>
        Fits(item, e) ? Decision.Record(e).WithVerdicts(judgement) : Decision.Refuse(WrongState(item));

    /// <summary>Says where the item stands.</summary>
    public static Refusal WrongState(Item item) =>
        new("wrong-state") { CurrentState = WireWords.Of(item.Life), BlockingEvent = item.LastEvent };

    /// <summary>An item that has ended takes no further act.</summary>
    public static Refusal Ended(Item item) =>
        new("item-ended") { CurrentState = WireWords.Of(Life.Ended), BlockingEvent = item.LastEvent };

    /// <summary>The life after the event and where its end would put it back.</summary>
    public static (Life Life, Life CameFrom) Next(Item item, LedgerEvent e)
    {
        foreach (var row in Moves.GetValueOrDefault(e.GetType()) ?? [])
            if (row.From.Contains(item.Life))
                return row.To is not { } to ? (BackTo(item), item.CameFrom)
                    : to is Life.Listed or Life.InDeal ? (to, item.Life is Life.Listed ? item.CameFrom : item.Life)
                    : (to, to);
        return (item.Life, item.CameFrom);
    }

    /// <summary>A cancelled deal opens its listing again; a withdrawn listing leaves the item where it stood
    /// before.</summary>
    static Life BackTo(Item item) =>
        item is { Life: Life.InDeal, Trade.Listing.State: ListingState.Taken } ? Life.Listed : item.CameFrom;
}
