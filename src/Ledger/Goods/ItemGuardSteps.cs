using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>What the events of an item did to guard rows, told from the events again (domain.md §7): the deciders'
/// <see cref="GuardChange"/>s, without the rows they were decided on.</summary>
/// <param name="invoiceOf">The number that an event's invoice has, which only the vault knows; null: it has
/// none.</param>
public sealed class ItemGuardSteps(Handles handles, Func<Guid, string?> invoiceOf)
{
    /// <param name="events">All of an item's, in their order.</param>
    public IEnumerable<(Recorded By, GuardStep Step)> Of(Guid item, IReadOnlyList<Recorded> events)
    {
        var before = new ItemHistory(item);
        foreach (var e in events)
        {
            foreach (var step in Bound(e).OfType<GuardStep>())
                yield return (e, step);
            // A fact of another register binds its identifiers and nothing else.
            if (!IsObserved(e.Envelope))
                foreach (var step in Done(e, before))
                    yield return (e, step);
            before.Append(e);
        }
    }

    /// <summary>An event that may have an invoice number in the vault.</summary>
    public static bool MayHaveInvoice(Recorded e) => e.Event is SaleRecorded or DealInvoiced && !IsObserved(e.Envelope);

    /// <summary>Taken over from another register, by no act at a market: a market's report of its own sale is
    /// one.</summary>
    static bool IsObserved(Envelope envelope) => envelope is { Source: not null, Site: null };

    static IEnumerable<GuardStep?> Bound(Recorded e) =>
        e.Event switch
        {
            ItemRegistered { Identifiers: { IsDefaultOrEmpty: false } several } => several.Select(i =>
                GuardStep.OfAlias(i.Kind, i.Handle, e.StreamId)
            ),
            ItemIdentifierAdded { Identifier: { } one } => [GuardStep.OfAlias(one.Kind, one.Handle, e.StreamId)],
            _ => [],
        };

    IEnumerable<GuardStep> Done(Recorded e, ItemHistory before) =>
        (e.Event, before.State) switch
        {
            (SaleRecorded sale, not null) =>
            [
                .. Invoice(e, $"{handles.EntityId("item", e.Envelope.Source ?? "", e.Envelope.CommandId)}"),
                .. Counted(
                    CarCount.Row(
                        Observing.StateAt(before, e.Envelope.OccurredAt),
                        sale.Seller,
                        sale.SellerKind,
                        e.Envelope.When.Day
                    ),
                    GuardDeed.More
                ),
            ],
            (DealInvoiced, not null) =>
            [
                .. Invoice(e, $"{e.StreamId}"),
                .. Counted(CountedIn(e, before.State), GuardDeed.More),
            ],
            (InvoiceVoided voided, { } item)
                when item.Trade.Deals.FirstOrDefault(d => d.Id == voided.DealId) is { } deal => Counted(
                CarCount.RowOf(item, deal),
                GuardDeed.Less
            ),
            (Voided<SaleRecorded> or Voided<DealInvoiced>, _) when Target(e, before) is { } wrong => Counted(
                Correcting.CountedIn(before, wrong),
                GuardDeed.Less
            ),
            (ItemMediaDeclared media, _) => Media(Correcting.Serials(media), GuardDeed.Set, e),
            (Voided<ItemMediaDeclared>, _) when Target(e, before) is { Event: ItemMediaDeclared wrong } => Media(
                Correcting.Serials(wrong),
                GuardDeed.Free,
                e
            ),
            (MediumRemoved removed, { } item) => Media(HandleOf(item, removed.MediumIx), GuardDeed.Free, e),
            (MediumDestroyed { Level: WipeLevel.Destruct } destroyed, { } item) => Media(
                HandleOf(item, destroyed.MediumIx),
                GuardDeed.Free,
                e
            ),
            (WipeAttested { Tool: { } tool, FinishedAt: { } end, Docs: { IsDefaultOrEmpty: false } docs }, _) =>
                ItemGuards
                    .Reports(docs)
                    .Select(key => GuardStep.Of(handles, key, GuardDeed.Take, ItemGuards.Run(tool, end))),
            _ => [],
        };

    static GuardKey? CountedIn(Recorded invoiced, Item item)
    {
        var (seller, kind) = Correcting.Seller(invoiced.Event, item);
        return CarCount.Row(item, seller, kind, invoiced.Envelope.When.Day);
    }

    static Recorded? Target(Recorded answer, ItemHistory before) =>
        before.Events.FirstOrDefault(e => e.EventId == ((ICorrection)answer.Event).Target);

    static IEnumerable<string> HandleOf(Item item, int? ix) => item.Data.MediumOf(ix)?.Handle is { } one ? [one] : [];

    IEnumerable<GuardStep> Invoice(Recorded e, string value) =>
        invoiceOf(e.EventId) is { } number
            ? [GuardStep.Of(handles, ItemGuards.Invoice(number), GuardDeed.Set, value)]
            : [];

    IEnumerable<GuardStep> Counted(GuardKey? row, GuardDeed deed) =>
        row is null ? [] : [GuardStep.Of(handles, row, deed)];

    IEnumerable<GuardStep> Media(IEnumerable<string> serials, GuardDeed deed, Recorded e) =>
        serials.Select(handle => GuardStep.Of(handles, ItemGuards.Medium(handle), deed, $"{e.StreamId}"));
}
