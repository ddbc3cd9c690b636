using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>A kind of thing within an item: a listing, a deal, an intake …</summary>
/// <param name="Segment">Of the path below an item, e.g. <c>listings</c>.</param>
/// <param name="Member">Of its events: its id, by its wire name.</param>
/// <param name="NotFound">The refusal where the item has none with that id.</param>
public sealed record ItemPartKind(string Segment, string Member, string NotFound);

/// <summary>What a noun adds to an item: its part of the state, of the life and of corrections. An item's stream is
/// one consistency boundary that several nouns share.</summary>
public sealed record ItemPart
{
    /// <summary>The noun's part of an item after an event; the parts of others stay.</summary>
    public Func<Item, StoredEvent, Item> Evolve { get; init; } = static (item, _) => item;

    /// <summary>An <see cref="Evolve"/> of one member of the item; the item is copied only where that
    /// changes.</summary>
    public static Func<Item, StoredEvent, Item> Facet<T>(
        Func<Item, T> of,
        Func<T, StoredEvent, T> evolve,
        Func<Item, T, Item> put
    )
        where T : class => Facet(of, (facet, _, e) => evolve(facet, e), put);

    /// <summary>The same of a member whose next value hangs on the rest of the item too, as it was before the
    /// event.</summary>
    public static Func<Item, StoredEvent, Item> Facet<T>(
        Func<Item, T> of,
        Func<T, Item, StoredEvent, T> evolve,
        Func<Item, T, Item> put
    )
        where T : class =>
        (item, e) => evolve(of(item), item, e) is var next && ReferenceEquals(next, of(item)) ? item : put(item, next);

    /// <summary>Where its events move an item.</summary>
    public ImmutableArray<LifeRow> Life { get; init; } = [];

    /// <summary>Where its events move an item although a step was passed over: another register reports them
    /// (domain.md §2: the facet goes to the row's target).</summary>
    public ImmutableArray<LifeRow> ObservedLife { get; init; } = [];

    /// <summary>Whether the step that one of its events takes for granted was made; events of others always
    /// follow.</summary>
    public Func<Item, LedgerEvent, bool> Follows { get; init; } = static (_, _) => true;

    /// <summary>Whether one of its events, reported by another register, comes in its place; events of others always
    /// do.</summary>
    public Func<Item, LedgerEvent, bool> InSequence { get; init; } = static (_, _) => true;

    /// <summary>What the rules say of one of its events that another register reports; null: it is another
    /// noun's.</summary>
    public Func<LedgerEvent, Item, Situation, Judgement?> JudgeObserved { get; init; } = static (_, _, _) => null;

    /// <summary>Reservations that a fact of another register rests on: (fact, category of the item, law day).</summary>
    public Func<LedgerEvent, string?, DateOnly, IEnumerable<ReservationKey>> ObservedReservations { get; init; } =
        static (_, _, _) => [];

    /// <summary>Which member of its events a register's column <c>party</c> speaks of, by its wire name; of events
    /// without a line it stays a further fact.</summary>
    public ImmutableDictionary<Type, string> ObservedParties { get; init; } = ImmutableDictionary<Type, string>.Empty;

    /// <summary>Things within an item that have ids of their own.</summary>
    public ImmutableArray<ItemPartKind> Kinds { get; init; } = [];

    /// <summary>Kinds of its events that may be corrected and voided.</summary>
    public ImmutableArray<Correctable> Corrections { get; init; } = [];

    /// <summary>What its events did to reservations, told from the events again: (source, event, the item before
    /// it).</summary>
    public Func<StepSource, StoredEvent, ItemHistory, IEnumerable<ReservationStep?>> Steps { get; init; } =
        static (_, _, _) => [];

    /// <summary>The name of the number that an event may have in the vault and a reservation is made of; null: it has
    /// none.</summary>
    public Func<LedgerEvent, string?> NumberName { get; init; } = static _ => null;
}
