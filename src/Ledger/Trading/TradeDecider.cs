using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>Listing and deal at the desk. Order of refusals: the other party's claim first, then the state, then the
/// law.</summary>
static class TradeDecider
{
    public static CommandKind Commands { get; } = TradePlaces.KindOf<TradeCommand>(Decide, TradeReservations.Of);

    static Decision Decide(TradeCommand command, Item item, Situation s) =>
        command switch
        {
            _ when TradeRelations.Refuses(command, item, s) is { } foreign => Decision.Refuse(foreign),
            TakeIntoStock c => Stock(c, item, s),
            ListItem c => List(c, item, s),
            RepriceListing c when Unopened(item, c.ListingId) is { } refusal => Decision.Refuse(refusal),
            RepriceListing c => item.Trade.OpenListing!.AskFen == c.AskFen
                ? Decision.Record()
                : Decision.Record(new ListingRepriced(c.ListingId, c.AskFen)),
            WithdrawListing c when Unopened(item, c.ListingId) is { } refusal => Decision.Refuse(refusal),
            // An open one ends wherever the thing stands: a corrected history may have brought it elsewhere.
            WithdrawListing c => Decision.Record(new ListingWithdrawn(c.ListingId, c.Reason)),
            OpenDeal c => Open(c, item, s),
            AgreeDeal when Stopped(item, s) is { } stopped => Decision.Refuse(stopped),
            AgreeDeal c => Step(
                item,
                c.DealId,
                [DealState.Open],
                deal =>
                    Decision
                        .Record(new DealAgreed(c.DealId, c.PriceFen, c.Currency, c.DepositFen, item.Disclosure?.Event))
                        .WithVerdicts(
                            ItemJudge.Trading(Trigger.AgreeDeal, item, s, deal.Seller, deal.SellerKind, deal: deal.Id)
                        )
            ),
            RecordPayment c => Step(
                item,
                c.DealId,
                [DealState.Agreed],
                deal =>
                    deal.Differs(c.AmountFen, c.Currency) is { } differs
                        ? Decision.Refuse(differs.At("amountFen"))
                        : Decision.Record(new DealPaymentRecorded(c.DealId, c.AmountFen, c.Currency, c.Channel))
            ),
            InvoiceDeal c => Step(item, c.DealId, [DealState.Paid], deal => Invoice(c, deal, item, s)),
            CancelDeal c => Step(
                item,
                c.DealId,
                [DealState.Open, DealState.Agreed, DealState.Paid],
                _ => Decision.Record(new DealCancelled(c.DealId, c.By, c.Reason, c.RefundFen))
            ),
            CompleteDeal c => Step(item, c.DealId, [DealState.Invoiced], deal => Complete(c, deal, item, s)),
            SubmitTransfer c => Step(item, c.DealId, [DealState.Invoiced], _ => Submit(c, item, s), "tradeId"),
            CheckVehicle c => GoodsCategory.Find(item.Category) is { TransfersByStation: false }
                ? Decision.Refuse(Refusal.Of("needs-hand-over", ("category", item.Category)))
                : Decision.Record(new VehicleChecked(c.Rubbing, c.Photos, c.VinMatches, c.EngineMatches)),
            RefuseTransfer c => Step(
                item,
                c.DealId,
                [DealState.InTransfer],
                _ => Decision.Record(new TransferRefused(c.DealId, c.Reason)),
                "tradeId"
            ),
            TransferOwnership c => Step(
                item,
                c.DealId,
                [DealState.Invoiced, DealState.InTransfer],
                deal => Transfer(c, deal, item, s),
                "tradeId"
            ),
            _ => throw new UnknownCommandException(command),
        };

    /// <summary>A purchase passes no ownership that is somebody's: that is a deal's act, with its rules. Where nobody
    /// told whose the thing is, the dealer says that it is his, and it is judged as it would be in a
    /// transfer.</summary>
    static Decision Stock(TakeIntoStock c, Item item, Situation s)
    {
        var taken = new StockTakenIn(c.Dealer, c.Mode, c.PriceFen, c.Currency);
        if (c.Mode is StockMode.Consign || item.Owner.Party == c.Dealer)
            return LifeTable.InState(item, taken, Judgement.None);
        if (item.Owner.Party is not null || GoodsCategory.Find(item.Category) is { TransfersByStation: true })
            return Decision.Refuse(new Refusal("dealer-not-owner") { BlockingEvent = item.LastEvent }.At("dealer"));
        return LifeTable.InState(item, taken, ItemJudge.Trading(Trigger.Transfer, item, s));
    }

    static Decision List(ListItem c, Item item, Situation s)
    {
        if (SiteStates.NotFound(c.Market, s) is { } unknown)
            return Decision.Refuse(unknown);
        if (SiteStates.OfMarket(c.Market, s.ReservationOf(SiteReservations.State(c.Market))) is { } stopped)
            return Decision.Refuse(stopped.At("market"));
        if (item.Trade.OpenListing is { } open)
            return Decision.Refuse(
                Refusal.Of("already-listed", ("market", open.Market)) with
                {
                    CurrentState = "listed",
                    BlockingEvent = open.Event,
                }
            );
        if (item.Trade.LiveDeal is { } deal)
            return Decision.Refuse(InOtherDeal(deal));
        if (c.EndsOn is { } last && last < s.LawDay)
            return Decision.Refuse(CategoryActs.InOrder("endsOn", last, "occurredAt", s.LawDay));
        return LifeTable.InState(
            item,
            new ItemListed(c.ListingId, c.Market, c.Seller, c.AskFen, c.Currency, c.EndsOn, item.Disclosure?.Event),
            ItemJudge.Trading(Trigger.ListItem, item, s)
        );
    }

    /// <summary>A stopped market's listings lead to no deal: they wait until it goes on, nothing is deleted.</summary>
    static Refusal? Stopped(Item item, Situation s) =>
        item.Trade.OfferedIn is { } market
            ? SiteStates.OfMarket(market, s.ReservationOf(SiteReservations.State(market)))
            : null;

    static Decision Open(OpenDeal c, Item item, Situation s)
    {
        if (item.Trade.LiveDeal is { } other)
            return Decision.Refuse(InOtherDeal(other));
        if (c.Buyer == c.Seller)
            return Decision.Refuse(new Refusal("buyer-is-seller").At("buyer"));
        if (item.Owner.IsNot(c.Seller))
            return Decision.Refuse(new Refusal("seller-not-owner") { BlockingEvent = item.LastEvent }.At("seller"));
        if (Stopped(item, s) is { } stopped)
            return Decision.Refuse(stopped);
        return LifeTable.InState(
            item,
            new DealOpened(c.DealId, item.Trade.OpenListing?.Id, c.Seller, c.Buyer, c.SellerKind, c.BuyerKind, c.Mode),
            Judgement.None
        );
    }

    static Decision Invoice(InvoiceDeal c, Deal deal, Item item, Situation s)
    {
        if (NotSumming(c.NetFen, c.TaxFen, c.GrossFen) is { } wrong)
            return Decision.Refuse(wrong.At("grossFen"));
        if (deal.Differs(c.GrossFen, c.Currency) is { } differs)
            return Decision.Refuse(differs.At("grossFen"));
        var reservations = CarCount.Increment(item, deal.Seller, deal.SellerKind, s);
        if (c.InvoiceNumber is { } number)
        {
            var key = TradeReservations.Invoice(number);
            if (s.ReservationOf(key) is not null)
                return Decision.Refuse(new Refusal("invoice-number-used").At("invoiceNo"));
            reservations = reservations.Add(new(key, null, item.Id.ToString()));
        }
        return Decision
            .Record(new DealInvoiced(c.DealId, c.Kind, c.GrossFen, c.NetFen, c.TaxFen, c.RateBp, c.Currency))
            .Taking(reservations)
            .WithVerdicts(ItemJudge.Trading(Trigger.InvoiceDeal, item, s, deal.Seller, deal.SellerKind, deal: deal.Id));
    }

    /// <summary>Amounts in minor units that do not sum.</summary>
    internal static Refusal? NotSumming(long net, long tax, long gross) =>
        (Int128)net + tax == gross
            ? null
            : Refusal.Of("parts-do-not-sum", ("net", net), ("tax", tax), ("gross", gross));

    /// <summary>Goods without registration change owner by hand-over: both facts in one batch.</summary>
    static Decision Complete(CompleteDeal c, Deal deal, Item item, Situation s)
    {
        if (GoodsCategory.Find(item.Category) is { TransfersByStation: true })
            return Decision.Refuse(Refusal.Of("needs-station-transfer", ("category", item.Category)));
        return Decision
            .Record(
                new ItemHandedOver(c.DealId, deal.Buyer),
                new OwnershipTransferred(c.DealId, TransferVia.HandOver, deal.Buyer, RegisteredOn: s.LawDay)
            )
            .WithVerdicts(ItemJudge.Trading(Trigger.HandOver, item, s, deal.Seller, deal.SellerKind, deal: deal.Id));
    }

    static Decision Submit(SubmitTransfer c, Item item, Situation s)
    {
        if (GoodsCategory.Find(item.Category) is { TransfersByStation: false })
            return Decision.Refuse(Refusal.Of("needs-hand-over", ("category", item.Category)));
        if (c.Papers.IsEmpty)
            return Decision.Refuse(new Refusal("papers-missing").At("papers"));
        if (
            SiteStates.OfStation(c.Station, s.ReservationOf(SiteReservations.State(c.Station)), s.LawDay) is { } stopped
        )
            return Decision.Refuse(stopped);
        return Decision
            .Record(new TransferSubmitted(c.DealId, c.Station, c.Checklist, c.Papers))
            .WithVerdicts(ItemJudge.Trading(Trigger.Transfer, item, s, deal: c.DealId));
    }

    static Decision Transfer(TransferOwnership c, Deal deal, Item item, Situation s)
    {
        if (GoodsCategory.Find(item.Category) is { TransfersByStation: false })
            return Decision.Refuse(Refusal.Of("needs-hand-over", ("category", item.Category)));
        if (item.Trade.Altered is { } check)
            return Decision.Refuse(new Refusal("identity-altered") { BlockingEvent = check });
        if (c.RegisteredOn is { } on && item.FirstRegistered is { } first && on < first)
            return Decision.Refuse(CategoryActs.InOrder("registeredOn", on, "firstRegistered", first));
        if (Road(c, deal, item) is { } blocked)
            return Decision.Refuse(blocked);
        // The station that has the papers registers, whether it is named again or not; a paper of a court is at none.
        var station = c.Station ?? (deal.State is DealState.InTransfer ? deal.Station : null);
        if (
            station is not null
            && SiteStates.OfStation(station, s.ReservationOf(SiteReservations.State(station)), s.LawDay) is { } stopped
        )
            return Decision.Refuse(stopped);
        if (c.Via is TransferVia.Station && deal.Check is null)
            return Decision.Refuse(new Refusal("vehicle-not-checked") { BlockingEvent = deal.Event });
        // The invoice counted this car already: its own count does not stand in its way now.
        var judged = ItemJudge.Trading(Trigger.Transfer, item, s, deal: deal.Id);
        return Decision
            .Record(
                new OwnershipTransferred(
                    c.DealId,
                    c.Via,
                    deal.Buyer,
                    station,
                    c.FromRegion,
                    c.ToRegion,
                    c.RegisteredOn ?? s.LawDay
                )
                {
                    Facts = c.Papers.IsEmpty
                        ? null
                        : ExtraFields.Of([new(OwnershipTransferred.Papers, string.Join(' ', c.Papers))]),
                }
            )
            .WithVerdicts(judged);
    }

    /// <summary>Why a registration may not go this way; null: it may. A sale goes by the papers that were submitted to
    /// the station; a judgment, an auction and a foreign register by their own.</summary>
    static Refusal? Road(TransferOwnership c, Deal deal, Item item) =>
        c.Via switch
        {
            TransferVia.HandOver => Refusal.Of("needs-station-transfer", ("category", item.Category)).At("via"),
            TransferVia.Court or TransferVia.Auction or TransferVia.ForeignRegister => c.Papers.IsEmpty
                ? new Refusal("papers-missing").At("papers")
                : null,
            _ when deal.State is not DealState.InTransfer => new Refusal("transfer-not-submitted")
            {
                CurrentState = WireWords.Of(deal.State),
                BlockingEvent = deal.Event,
            },
            _ when c.Station is { } named && named != deal.Station => TradeRelations
                .NotAt(named, deal.Station)
                .At("station"),
            _ => null,
        };

    /// <param name="member">Of the body that names the deal; null: the path does.</param>
    internal static Decision Step(
        Item item,
        Guid dealId,
        ImmutableArray<DealState> from,
        Func<Deal, Decision> step,
        string? member = null
    )
    {
        if (item.Trade.Deals.FirstOrDefault(d => d.Id == dealId) is not { } deal)
            return Decision.Refuse(Refusal.Of("deal-not-found", ("value", dealId)) with { Field = member });
        return from.Contains(deal.State)
            ? step(deal)
            : Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = WireWords.Of(deal.State), BlockingEvent = item.LastEvent }
            );
    }

    internal static Refusal? Unopened(Item item, Guid listingId) =>
        item.Trade.Listing?.Id != listingId ? Refusal.Of("listing-not-found", ("value", listingId))
        : item.Trade.OpenListing is null
            ? new Refusal("wrong-state")
            {
                CurrentState = WireWords.Of(item.Trade.Listing!.State),
                BlockingEvent = item.LastEvent,
            }
        : null;

    static Refusal InOtherDeal(Deal deal) =>
        new("item-in-other-deal") { CurrentState = WireWords.Of(deal.State), BlockingEvent = deal.Event };
}
