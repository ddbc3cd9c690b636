using System.Collections.Immutable;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>The rows of domain.md §3.2 for an item's life, as data; a pair not listed is refused at the desk.</summary>
public static class LifeTable
{
    /// <param name="To">Where it goes; null: back to where it came from.</param>
    public sealed record Row(ImmutableArray<Life> From, Type Event, Life? To);

    public static ImmutableArray<Row> Rows { get; } =
    [
        On<StockTakenIn>(Life.Stocked, Life.Held),
        On<ItemListed>(Life.Listed, Life.Held, Life.Stocked),
        On<StockReleased>(Life.Held, Life.Stocked),
        On<ListingWithdrawn>(null, Life.Listed),
        On<ListingExpired>(null, Life.Listed),
        On<ListingVoided>(null, Life.Listed),
        On<DealOpened>(Life.InDeal, Life.Held, Life.Stocked, Life.Listed),
        On<DealCancelled>(null, Life.InDeal),
        On<OwnershipTransferred>(Life.Held, Life.InDeal),
        On<SaleRecorded>(Life.Held, Life.Held, Life.Stocked, Life.Listed, Life.InDeal),
        On<PendingExportAnnotated>(Life.ExportPending, Life.Held, Life.Stocked),
        On<PendingExportCancelled>(Life.Stocked, Life.ExportPending),
        On<ItemExported>(Life.Exported, Life.ExportPending),
        On<ItemReimported>(Life.Held, Life.Exported),
        On<DestinationRegistered>(Life.Exported, Life.Exported),
    ];

    /// <summary>Facts of another register that move an item although their step of the desk was passed over: a transfer
    /// or export that a register reports has happened, whatever came before (domain.md §2: the facet goes to the
    /// row's target).</summary>
    static readonly ImmutableArray<Row> Observed =
    [
        On<OwnershipTransferred>(Life.Held, Life.Stocked, Life.Listed),
        On<ItemExported>(Life.Exported, Life.Held, Life.Stocked, Life.Listed, Life.InDeal),
        On<DestinationRegistered>(Life.Exported, Life.Held, Life.Stocked, Life.Listed, Life.InDeal, Life.ExportPending),
    ];

    static Row On<T>(Life? to, params ImmutableArray<Life> from)
        where T : LedgerEvent => new(from, typeof(T), to);

    /// <summary>Whether the table has a row for this event from where the item stands; events that move no life
    /// always fit.</summary>
    public static bool Fits(Item item, LedgerEvent e)
    {
        var moves = false;
        foreach (var row in Rows)
        {
            if (row.Event != e.GetType())
                continue;
            if (row.From.Contains(item.Life))
                return true;
            moves = true;
        }
        return !moves && item.Life is not Life.Ended;
    }

    /// <summary>The event with what it rests on, where the table has a row for it.</summary>
    public static Decision InState(Item item, LedgerEvent e, Rules.Judgement judgement) =>
        Fits(item, e) ? Decision.Record(e).Judged(judgement) : Decision.Refuse(WrongState(item));

    /// <summary>Says where the item stands.</summary>
    public static Refusal WrongState(Item item) =>
        new("wrong-state") { CurrentState = WireWords.Of(item.Life), BlockingEvent = item.LastEvent };

    /// <summary>The life after the event and where its end would put it back.</summary>
    public static (Life Life, Life CameFrom) Next(Item item, LedgerEvent e)
    {
        foreach (var row in Rows.Concat(Observed))
        {
            if (row.Event != e.GetType() || !row.From.Contains(item.Life))
                continue;
            return row.To is not { } to ? (BackTo(item), item.CameFrom)
                : to is Life.Listed or Life.InDeal ? (to, item.Life is Life.Listed ? item.CameFrom : item.Life)
                : (to, to);
        }
        return (item.Life, item.CameFrom);
    }

    /// <summary>A cancelled deal opens its listing again; a withdrawn listing leaves the item where it stood
    /// before.</summary>
    static Life BackTo(Item item) =>
        item is { Life: Life.InDeal, Trade.Listing.State: ListingState.Taken } ? Life.Listed : item.CameFrom;
}
