using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>An event as it stands, corrections spoken.</summary>
/// <param name="Before">The item before it; null: there is none yet.</param>
/// <param name="After">The item after it.</param>
public readonly record struct ItemStep(StoredEvent Event, Item? Before, Item? After);

/// <summary>
/// State from events: total, so that any history of another register folds. Order is <c>occurredAt</c>, equal instants
/// by stream version; a late entry takes its place in time, a correction takes its target's place.
/// </summary>
public static class ItemFold
{
    /// <summary>The item as its events leave it, or null before any.</summary>
    public static Item? Fold(IEnumerable<StoredEvent> history) => Steps(history).LastOrDefault().After;

    /// <summary>The events that stand, each with the item before and after it, in the order of folding.</summary>
    public static IEnumerable<ItemStep> Steps(IEnumerable<StoredEvent> history)
    {
        Item? item = null;
        foreach (var e in InOrder(Effective(history)))
        {
            var before = item;
            item = Evolve(item, e);
            yield return new(e, before, item);
        }
    }

    /// <summary>What is left when corrections and voids have spoken; the answered events themselves drop out.</summary>
    public static IEnumerable<StoredEvent> Effective(IEnumerable<StoredEvent> history)
    {
        var all = history as IReadOnlyCollection<StoredEvent> ?? [.. history];
        var answers = all.Where(e => e.Event is ICorrection)
            .OrderBy(e => e.Version)
            .ToLookup(e => ((ICorrection)e.Event).Target);
        if (answers.Count == 0)
            return all;
        return all.Where(e => e.Event is not ICorrection).Select(e => Answered(e, answers)).OfType<StoredEvent>();
    }

    static StoredEvent? Answered(StoredEvent e, ILookup<Guid, StoredEvent> answers)
    {
        LedgerEvent? stands = e.Event;
        foreach (var answer in answers[e.EventId])
            if (stands is not null)
                stands = ((ICorrection)answer.Event).Apply(stands);
        return stands is null ? null : e with { Event = stands };
    }

    /// <summary>
    /// The order of folding: the registration opens the item, whatever day it names, and of several the one that was
    /// recorded first; then time, then stream version.
    /// </summary>
    public static IEnumerable<StoredEvent> InOrder(IEnumerable<StoredEvent> history) =>
        history
            .OrderBy(e => e.Event is not ItemRegistered)
            .ThenBy(e => e.Event is ItemRegistered ? default : e.Envelope.OccurredAt)
            .ThenBy(e => e.Version);

    /// <summary>The order of telling (contract.md §2): time, then stream version.</summary>
    public static IEnumerable<StoredEvent> ByTime(IEnumerable<StoredEvent> history) =>
        history.OrderBy(e => e.Envelope.OccurredAt).ThenBy(e => e.Version);

    /// <summary>One step. A pair the tables do not know keeps the state (observed facts may come in any
    /// order).</summary>
    public static Item? Evolve(Item? state, StoredEvent e)
    {
        var item =
            e.Event is ItemRegistered registered && state is null
                ? new Item(e.StreamId)
                {
                    Category = registered.Category,
                    Make = registered.Make,
                    Model = registered.Model,
                    ScrapCategory = registered.ScrapCategory,
                    FirstRegistered = registered.FirstRegistered,
                    Identifiers = registered.Identifiers,
                    Condition = Condition.Unknown(registered.Category),
                    Owner = new(registered.Owner, registered.OwnedSince),
                }
                : state;
        if (item is null)
            return null;
        // A sale that the life table has no row for is kept as a fact, without effect (domain.md §3.2).
        if (e.Event is SaleRecorded && !LifeTable.Fits(item, e.Event))
            return item with
            {
                Condition = ReadingAfter(item, e),
                LastEvent = e.EventId,
                LastAt = Later(item.LastAt, e),
                MovedAt = Moved(item.MovedAt, e),
            };
        var (life, cameFrom) = LifeTable.Next(item, e.Event);
        var next = item with
        {
            Life = life,
            CameFrom = cameFrom,
            Identifiers = e.Event switch
            {
                ItemIdentifierAdded { Identifier: { } added } => item.Identifiers.Add(added),
                ItemIdentifierCorrected { Identifier: { } wrong } => item.Identifiers.RemoveAll(i => i == wrong),
                _ => item.Identifiers,
            },
            Conflicts = IdentityEvents.Evolve(item.Conflicts, e),
            ScrapCategory =
                e.Event is UseNatureChanged { To: { } use } && ScrapYears.ByCategory.ContainsKey(use)
                    ? use
                    : item.ScrapCategory,
            ScrapLimitAfterChange = e.Event is UseNatureChanged changed
                ? LimitAfter(item, changed)
                : item.ScrapLimitAfterChange,
            ScrapLimitReached = e.Event is ScrapLimitReached reached ? reached.LimitDate : item.ScrapLimitReached,
            Owner = OwnerAfter(item, e),
            Disclosure = e.Event is ItemDisclosed sheet ? new(sheet, e.EventId) : item.Disclosure,
            Condition = ConditionAfter(ReadingAfter(item, e), e),
            LastEvent = e.EventId,
            LastAt = Later(item.LastAt, e),
            MovedAt = Moved(item.MovedAt, e),
        };
        foreach (var part in Modules.ItemParts)
            next = part.Evolve(next, e);
        return next;
    }

    static DateTimeOffset Moved(DateTimeOffset newest, StoredEvent e) =>
        e.Event is ItemRegistered
        || ProtectedEnds.Of(e.Event.GetType()) is not (null or ProtectedEnd.Data or ProtectedEnd.Fact)
            ? Later(newest, e)
            : newest;

    static DateTimeOffset Later(DateTimeOffset newest, StoredEvent e) =>
        e.Envelope.OccurredAt > newest ? e.Envelope.OccurredAt : newest;

    /// <summary>Where another register says no limit, the one that it had stays.</summary>
    static DateOnly? LimitAfter(Item item, UseNatureChanged changed) =>
        changed.LimitDate is { } limit ? limit
        : changed.To is not null && Instants.TryParseDay(item.ScrapLimit, out var had) ? had
        : item.ScrapLimitAfterChange;

    static Ownership OwnerAfter(Item item, StoredEvent e) =>
        e.Event switch
        {
            _ when item.Life is Life.Ended => item.Owner,
            SaleRecorded sale => new(sale.Buyer, Sale.DayOf(sale, e.Envelope)),
            StockTakenIn { Mode: StockMode.Purchase, Dealer: { } dealer } => new(dealer, e.Envelope.When.Day),
            OwnershipTransferred transfer => new(
                transfer.NewOwner ?? item.Trade.Deal(transfer.DealId)?.Buyer,
                transfer.RegisteredOn ?? e.Envelope.When.Day
            ),
            _ => item.Owner,
        };

    static Condition ReadingAfter(Item item, StoredEvent e) =>
        OdometerReading.Of(item, e) is { } reading
            ? item.Condition with
            {
                Odometer = item.Condition.Odometer.With(reading),
            }
            : item.Condition;

    static Condition ConditionAfter(Condition condition, StoredEvent e) =>
        e.Event switch
        {
            SaleRecorded { Grade: { } grade } => condition with { Grade = grade },
            ItemGraded { Grade: { } grade } => condition with { Grade = grade },
            BrandResolved { Brand: { } resolved } when !condition.Resolved.Contains(resolved) => condition with
            {
                Resolved = condition.Resolved.Add(resolved),
            },
            BrandRecorded { Brand: { } brand } when !condition.Brands.Contains(brand) => condition with
            {
                Brands = condition.Brands.Add(brand),
            },
            _ => condition,
        };
}
