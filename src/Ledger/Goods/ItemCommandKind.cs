using Ledger.Goods.Categories;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>What a command wants of its item before it is decided.</summary>
public enum ItemGate
{
    /// <summary>It is in trade still: an item that nobody registered or that has ended is refused.</summary>
    Live,

    /// <summary>It is registered.</summary>
    Registered,

    /// <summary>Nothing: its decider asks.</summary>
    None,
}

/// <summary>How commands on one item are read for and decided, whichever noun's they are.</summary>
public static class ItemCommandKind
{
    /// <summary>Commands that name their item by its id.</summary>
    /// <param name="reservations">Which ones a command rests on, with the law day of the act; null: none.</param>
    public static CommandKind Of<T>(
        Func<T, ItemHistory, Situation, Decision> decide,
        Func<T, ItemHistory, DateOnly, IEnumerable<ReservationKey>>? reservations = null,
        ItemGate gate = ItemGate.Live
    )
        where T : ItemCommand =>
        Of<T>(
            (c, history, _, s) => decide(c, history, s),
            (c, history, s) => reservations?.Invoke(c, history, s.LawDay).Select(Need.Of) ?? [],
            gate
        );

    /// <summary>Commands whose decision rests on other streams too, which their item's state names.</summary>
    /// <param name="needs">Once the item is read.</param>
    public static CommandKind Of<T>(
        Func<T, ItemHistory, StreamsRead, Situation, Decision> decide,
        Func<T, ItemHistory, Situation, IEnumerable<Need>> needs,
        ItemGate gate = ItemGate.Live
    )
        where T : ItemCommand =>
        CommandKind.Of<T>(
            (c, read, s) => Needs(c, c.Item, read, s, needs),
            (c, read, s) =>
            {
                var history = read.ItemOf(c.Item);
                return
                [
                    new(
                        c.Item,
                        GoodsStreams.Item,
                        Refused(gate, c, history) ?? InOrder(c, history, s, decide(c, history, read, s))
                    ),
                ];
            }
        );

    /// <summary>Rows of other registers, which may name their item by identifiers: it is whoever bears one of them, or
    /// a new one.</summary>
    public static CommandKind OfObserved<T>(
        Func<T, ItemHistory, Situation, Decision> decide,
        Func<T, ItemHistory, DateOnly, IEnumerable<ReservationKey>> reservations
    )
        where T : ObservedCommand =>
        CommandKind.Of<T>(
            (c, read, s) =>
            {
                var aliases = AliasesOf(c).Select(Need.Of);
                return ItemOf(c, s).Item is { } id
                    ? aliases.Concat(
                        Needs(c, id, read, s, (_, history, _) => reservations(c, history, s.LawDay).Select(Need.Of))
                    )
                    : aliases;
            },
            (c, read, s) =>
            {
                var (item, refusal) = ItemOf(c, s);
                return
                [
                    new(
                        item ?? c.Item,
                        GoodsStreams.Item,
                        refusal is not null ? Decision.Refuse(refusal) : decide(c, read.ItemOf(item!.Value), s)
                    ),
                ];
            }
        );

    static IEnumerable<Need> Needs<T>(
        T c,
        Guid item,
        StreamsRead read,
        Situation s,
        Func<T, ItemHistory, Situation, IEnumerable<Need>> needs
    ) => read.Has(item) ? needs(c, read.ItemOf(item), s).Prepend(Need.Of(item)) : [Need.Of(item)];

    static Decision? Refused(ItemGate gate, ItemCommand c, ItemHistory history) =>
        gate is ItemGate.None ? null
        : history.State is not { } item ? Decision.Refuse(Refusal.Of("item-not-found", ("value", history.Id)))
        : gate is ItemGate.Live && item.Life is Life.Ended ? Decision.Refuse(LifeTable.Ended(item))
        : CategoryActs.Refuses(c, item) is { } foreign ? Decision.Refuse(foreign)
        : null;

    /// <summary>A state is told in the order in which things occurred: an act that moves it and is put before what it
    /// rests on would have no effect, or be done twice. It is asked last: whoever may not is not told when that
    /// was.</summary>
    static Decision InOrder(ItemCommand c, ItemHistory history, Situation s, Decision decided) =>
        c.MovesState
        && !decided.IsRefused
        && !decided.Events.IsEmpty
        && history.State is { } item
        && Occurrence.TooEarly(s.OccurredAt, item.MovedAt) is { } early
            ? Decision.Refuse(early)
            : decided;

    static IEnumerable<ReservationKey> AliasesOf(ObservedCommand c) =>
        c.Named?.Identifiers.Select(i => ItemReservations.Alias(i.Identifier)) ?? [];

    /// <returns>No item: its identifiers have not been read, or they are two items'.</returns>
    static (Guid? Item, Refusal? Refusal) ItemOf(ObservedCommand c, Situation s)
    {
        if (c.Named is not { } named)
            return (c.Item, null);
        if (!AliasesOf(c).All(s.Knows))
            return (null, null);
        var (holder, refusal) = ItemReservations.HolderOf(named.Identifiers, s);
        return refusal is not null ? (null, refusal) : (holder is null ? c.Item : Guid.Parse(holder), null);
    }
}
