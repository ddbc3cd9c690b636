using System.Globalization;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Markets;

namespace Ledger.Trading;

/// <summary>Reservations that acts of trade rest on: invoice numbers, and how many cars a person has sold in a
/// year.</summary>
public static class TradeReservations
{
    /// <summary>An invoice number stands for one sale.</summary>
    /// <param name="number">Market and number.</param>
    public static ReservationKey Invoice(string number) => new("invoice", number);

    /// <summary>Cars that a person sold in a year, held for less than a year.</summary>
    public static ReservationKey Cars(PartyRef party, int year) => new("cars", OfYear(party, year));

    /// <summary>Sold by a person who did not say since when the car was his.</summary>
    public static ReservationKey CarsUndated(PartyRef party, int year) => new("cars-undated", OfYear(party, year));

    /// <summary>Only cars are counted: other goods read no row.</summary>
    public static IEnumerable<ReservationKey> CarsOf(string? category, PartyRef? seller, int year) =>
        category == UsedCars.Category.Code && seller is not null ? [Cars(seller, year), CarsUndated(seller, year)] : [];

    static string OfYear(PartyRef party, int year) => $"{party}:{year.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What a command of trade rests on.</summary>
    internal static IEnumerable<ReservationKey> Of(TradeCommand c, ItemHistory history, DateOnly lawDay) =>
        (c, history.State) switch
        {
            (ListItem list, _) => SiteReservations.OfMarket(list.Market),
            (InvoiceDeal invoice, var item) =>
            [
                .. invoice.InvoiceNumber is { } number ? [Invoice(number)] : Array.Empty<ReservationKey>(),
                .. CarsOf(item, invoice.DealId, lawDay),
            ],
            (SubmitTransfer submit, _) => [SiteReservations.State(submit.Station)],
            (OpenDeal, { } item) => Offered(item),
            (AgreeDeal agree, { } item) => [.. Offered(item), .. CarsOf(item, agree.DealId, lawDay)],
            (TransferOwnership transfer, var item) =>
            [
                .. (transfer.Station ?? item?.Trade.Deal(transfer.DealId)?.Station) is { } station
                    ? [SiteReservations.State(station)]
                    : Array.Empty<ReservationKey>(),
                .. CarsOf(item, transfer.DealId, lawDay),
            ],
            _ => [],
        };

    /// <summary>What a command after a sale rests on.</summary>
    internal static IEnumerable<ReservationKey> Of(AfterSaleCommand c, ItemHistory history, DateOnly lawDay) =>
        (c, history.State) switch
        {
            (MirrorListing mirror, _) => SiteReservations.OfMarket(mirror.Market),
            (VoidInvoice voided, { } item) when item.Trade.Deal(voided.DealId) is { InvoicedOn: { } day } deal =>
                CarsOf(item.Category, deal.Seller, day.Year),
            _ => [],
        };

    /// <summary>What a fact of another register rests on: a sale that it reports counts nowhere, but it is judged by
    /// what its seller has sold.</summary>
    internal static IEnumerable<ReservationKey> OfObserved(LedgerEvent fact, string? category, DateOnly lawDay) =>
        fact is SaleRecorded sale ? CarsOf(category, sale.Seller, lawDay.Year) : [];

    /// <summary>The place in a year's count that a sale or an invoice has taken, given back.</summary>
    internal static IEnumerable<Freed> Counted(ItemHistory history, StoredEvent wrong) =>
        CountedIn(history, wrong) is { } row ? [new(row, ReservationEffect.Decrement)] : [];

    /// <summary>The row in which a sale or an invoice counts; null: in none, or not any more.</summary>
    static ReservationKey? CountedIn(ItemHistory history, StoredEvent wrong)
    {
        // A voided invoice has given its place back already.
        if (
            wrong.Event is DealInvoiced { DealId: var deal }
            && history.Events.Any(e =>
                e.Version > wrong.Version && e.Event is InvoiceVoided voided && voided.DealId == deal
            )
        )
            return null;
        return ItemFold.Fold(history.Events.Where(e => e.Version < wrong.Version)) is { } before
            ? RowOf(wrong, before)
            : null;
    }

    /// <param name="before">The item before the event.</param>
    static ReservationKey? RowOf(StoredEvent e, Item before)
    {
        var (seller, kind) = e.Event switch
        {
            SaleRecorded sale => (sale.Seller, sale.SellerKind),
            DealInvoiced invoice when before.Trade.Deals.FirstOrDefault(d => d.Id == invoice.DealId) is { } deal => (
                deal.Seller,
                deal.SellerKind
            ),
            _ => (null, null),
        };
        return CarCount.Row(before, seller, kind, e.Envelope.When.Day);
    }

    /// <summary>What acts of trade did to reservations; a fact of another register took none.</summary>
    internal static IEnumerable<ReservationStep?> Steps(StepSource source, StoredEvent e, ItemHistory before)
    {
        if (e.Envelope.IsObserved || before.State is not { } item)
            return [];
        return e.Event switch
        {
            SaleRecorded =>
            [
                .. InvoiceOf(
                    source,
                    e,
                    $"{source.Handles.EntityId("item", e.Envelope.Source ?? "", e.Envelope.CommandId)}"
                ),
                .. Step(
                    source,
                    RowOf(e, ObservedFactDecider.StateAt(before, e.Envelope.OccurredAt)),
                    ReservationEffect.Increment
                ),
            ],
            DealInvoiced =>
            [
                .. InvoiceOf(source, e, $"{e.StreamId}"),
                .. Step(source, RowOf(e, item), ReservationEffect.Increment),
            ],
            InvoiceVoided voided when item.Trade.Deals.FirstOrDefault(d => d.Id == voided.DealId) is { } deal => Step(
                source,
                CarCount.RowOf(item, deal),
                ReservationEffect.Decrement
            ),
            _ => [],
        };
    }

    static IEnumerable<ReservationStep?> InvoiceOf(StepSource source, StoredEvent e, string value) =>
        source.NumberOf(e.EventId) is { } number ? [source.Step(Invoice(number), ReservationEffect.Set, value)] : [];

    static IEnumerable<ReservationStep?> Step(StepSource source, ReservationKey? row, ReservationEffect effect) =>
        row is null ? [] : [source.Step(row, effect)];

    static IEnumerable<ReservationKey> CarsOf(Item? item, Guid deal, DateOnly lawDay) =>
        CarsOf(item?.Category, item?.Trade.Deal(deal)?.Seller, lawDay.Year);

    static IEnumerable<ReservationKey> Offered(Item item) =>
        item.Trade.OfferedIn is { } market ? [SiteReservations.State(market)] : [];
}
