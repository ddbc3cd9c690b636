using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Stock, listings, deals, transfers, sales and what follows them.</summary>
static class TradingModule
{
    public static Module Module { get; } =
        new("Trading")
        {
            Events = [.. TradeEvents.All, .. AfterSaleEvents.All],
            Permits = TradingPermits.All,
            Commands = [TradeDecider.Commands, AfterSaleDecider.Commands, SaleDecider.Commands],
            Refusals = TradeRefusals.All,
            Rules = [.. TradeRules.All, .. AfterSaleRules.All],
            Evaluators = [.. TradeEvaluators.All, .. AfterSaleEvaluators.All],
            // Within one batch a place may be freed and taken again: the row sees only what comes of it.
            Reservations =
            [
                new("invoice"),
                new("cars", Changes: true, Goes: true) { Holds = ReservationKind.HoldsCount, Counts = true },
                new("cars-undated", Changes: true, Goes: true) { Holds = ReservationKind.HoldsCount, Counts = true },
            ],
            Item = new()
            {
                Evolve = ItemPart.Facet(
                    static item => item.Trade,
                    TradeFacet.Evolve,
                    static (item, facet) => item with { Trade = facet }
                ),
                Life =
                [
                    LifeRow.On<StockTakenIn>(Life.Stocked, Life.Held),
                    LifeRow.On<ItemListed>(Life.Listed, Life.Held, Life.Stocked),
                    LifeRow.On<StockReleased>(Life.Held, Life.Stocked),
                    LifeRow.On<ListingWithdrawn>(null, Life.Listed),
                    LifeRow.On<ListingExpired>(null, Life.Listed),
                    LifeRow.On<ListingVoided>(null, Life.Listed),
                    LifeRow.On<DealOpened>(Life.InDeal, Life.Held, Life.Stocked, Life.Listed),
                    LifeRow.On<DealCancelled>(null, Life.InDeal),
                    LifeRow.On<OwnershipTransferred>(Life.Held, Life.InDeal),
                    LifeRow.On<SaleRecorded>(Life.Held, Life.Held, Life.Stocked, Life.Listed, Life.InDeal),
                ],
                ObservedLife = [LifeRow.On<OwnershipTransferred>(Life.Held, Life.Stocked, Life.Listed)],
                Follows = static (item, e) =>
                    e switch
                    {
                        DealOpened { ListingId: { } listing } => item.Trade.OpenListing?.Id == listing,
                        TransferSubmitted t => item.Trade.Deal(t.DealId) is { State: DealState.Invoiced },
                        TransferRefused r => item.Trade.Deal(r.DealId) is { State: DealState.InTransfer },
                        DealAgreed a => item.Trade.Deal(a.DealId) is { State: DealState.Open },
                        DealPaymentRecorded p => item.Trade.Deal(p.DealId) is { State: DealState.Agreed },
                        DealInvoiced i => item.Trade.Deal(i.DealId) is { State: DealState.Paid },
                        OwnershipTransferred { DealId: { } deal } => item.Trade.Deal(deal)
                            is { State: DealState.Invoiced or DealState.InTransfer },
                        _ => true,
                    },
                InSequence = static (item, e) =>
                    e is not (DealAgreed or DealPaymentRecorded or DealInvoiced or InvoiceVoided)
                    || item.Trade.LiveDeal is not null,
                JudgeObserved = SaleDecider.JudgeObserved,
                Kinds = [new("listings", "listingId", "listing-not-found"), new("trades", "dealId", "deal-not-found")],
                ObservedParties = new Dictionary<Type, string>
                {
                    [typeof(OwnershipTransferred)] = "newOwner",
                    [typeof(SaleDeclared)] = "buyer",
                    [typeof(StockTakenIn)] = "dealer",
                    [typeof(ItemListed)] = "seller",
                    [typeof(ItemHandedOver)] = "receiver",
                }.ToImmutableDictionary(),
                ObservedReservations = TradeReservations.OfObserved,
                Corrections =
                [
                    Correctable.Of<ItemListed>() with
                    {
                        Fixed = TradeCorrections.OfListing,
                    },
                    Correctable.Of<DealPaymentRecorded>() with
                    {
                        Judge = TradeCorrections.JudgePayment,
                        Sides = TradeCorrections.OfDeal,
                        Settled = TradeCorrections.AfterPayment,
                    },
                    Correctable.Of<DealInvoiced>() with
                    {
                        Judge = TradeCorrections.JudgeInvoice,
                        Sides = TradeCorrections.OfDeal,
                        Settled = TradeCorrections.AfterInvoice,
                        Frees = TradeReservations.Counted,
                    },
                    Correctable.Of<OwnershipTransferred>() with
                    {
                        Fixed = TradeCorrections.OfTransfer,
                        Sides = TradeCorrections.OfDeal,
                    },
                    Correctable.Of<SaleRecorded>() with
                    {
                        Fixed = TradeCorrections.OfSale,
                        Frees = TradeReservations.Counted,
                    },
                ],
                Steps = TradeReservations.Steps,
                NumberName = static e => e is SaleRecorded or DealInvoiced ? "invoiceNo" : null,
            },
            Times =
            [
                ActTimeLine.Ahead<ItemListed>(e => e.EndsOn),
                ActTimeLine.Happened<ListingExpired>(e => e.ExpiredOn),
                ActTimeLine.Happened<SaleDeclared>(e => e.SoldOn),
                ActTimeLine.Happened<SaleRecorded>(e => e.AgreedAt, "agreed_at"),
                ActTimeLine.Happened<SaleRecorded>(e => e.TransferredAt, "transferred_at"),
                ActTimeLine.Happened<OwnershipTransferred>(e => e.RegisteredOn),
            ],
        };
}
