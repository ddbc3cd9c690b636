using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>What follows a listing or a deal: mirrors, ends by time or order, returns, complaints.</summary>
static class AfterSaleDecider
{
    public static CommandKind Commands { get; } = TradePlaces.KindOf<AfterSaleCommand>(Decide, TradeReservations.Of);

    static Decision Decide(AfterSaleCommand command, Item item, Situation s) =>
        command switch
        {
            _ when TradeRelations.Refuses(command, item, s) is { } foreign => Decision.Refuse(foreign),
            ReleaseStock c => LifeTable.InState(item, new StockReleased(c.Reason), Judgement.None),
            MirrorListing c => Mirror(c, item, s),
            ExpireListing c => item.Trade.OpenListing is { EndsOn: { } last } open
            && open.Id == c.ListingId
            && s.LawDay > last
                ? Decision.Record(new ListingExpired(c.ListingId, last.AddDays(1)))
                : Decision.Record(),
            VoidListing c => TradeDecider.Unopened(item, c.ListingId) is { } refusal
                ? Decision.Refuse(refusal)
                : Decision.Record(new ListingVoided(c.ListingId, c.Reason, c.Basis)),
            VoidInvoice c => TradeDecider.Step(
                item,
                c.DealId,
                [DealState.Invoiced],
                // It gives its place in the year's count back.
                deal =>
                    Decision
                        .Record(new InvoiceVoided(c.DealId, c.Reason))
                        .Taking(CarCount.Decrement(CarCount.RowOf(item, deal), s))
            ),
            RescindDeal c => TradeDecider.Step(
                item,
                c.DealId,
                [DealState.Completed],
                deal => Rescind(c, deal, item, s)
            ),
            FileComplaint c => item.Trade.Deals.All(d => d.Id != c.DealId)
                ? Decision.Refuse(Refusal.Of("deal-not-found", ("value", c.DealId)).At("tradeId"))
                : Decision
                    .Record(new ComplaintFiled(c.ComplaintId, c.DealId, c.Topic, item.Disclosure?.Event, c.AmountFen))
                    .WithVerdicts(Damages(c, item, s)),
            SettleComplaint c => item.Trade.Complaint(c.ComplaintId) is not null
                ? Decision.Record(new ComplaintSettled(c.ComplaintId, c.Outcome, c.Multiple, c.PaidFen))
                : Decision.Refuse(Refusal.Of("complaint-not-found", ("value", c.ComplaintId))),
            _ => throw new UnknownCommandException(command),
        };

    static Decision Mirror(MirrorListing c, Item item, Situation s)
    {
        if (TradeDecider.Unopened(item, c.ListingId) is { } refusal)
            return Decision.Refuse(refusal);
        var open = item.Trade.OpenListing!;
        // The first market's word is its own desk's to give.
        if (c.ConsentBy != open.Market || !open.IsOf(s.By))
            return Decision.Refuse(
                Refusal.Of("first-market-not-consenting", ("market", open.Market)).At("consentBy") with
                {
                    BlockingEvent = open.Event,
                }
            );
        if (SiteStates.NotFound(c.Market, s) is { } unknown)
            return Decision.Refuse(unknown);
        var state = SiteReservations.State(c.Market);
        return SiteStates.OfMarket(c.Market, s.ReservationOf(state)) is { } stopped
                ? Decision.Refuse(stopped.At("market"))
            : c.Market == open.Market || open.Mirrors.Contains(c.Market) ? Decision.Record()
            : Decision.Record(new ListingMirrored(c.ListingId, c.Market));
    }

    /// <summary>The thing goes back by a deal of its own, as it came.</summary>
    static Decision Rescind(RescindDeal c, Deal deal, Item item, Situation s)
    {
        if (deal.Seller is not { } seller || deal.Buyer is not { } buyer)
            return Decision.Refuse(LifeTable.WrongState(item));
        // Whoever sold it on cannot give it back.
        if (item.Owner.Party != buyer)
            return Decision.Refuse(new Refusal("seller-not-owner") { BlockingEvent = item.LastEvent });
        // It is his thing, and his offer, that the deal back takes.
        if (!s.By.Is(Roles.Reg) && !s.HasWordOf(buyer))
            return Decision.Refuse(new Refusal("buyer-not-consenting") { BlockingEvent = deal.Event });
        var back = new DealOpened(c.BackDealId, null, buyer, seller, null, deal.SellerKind, DealMode.Retail);
        return LifeTable.Fits(item, back)
            ? Decision.Record(new DealRescinded(c.DealId, c.Reason, c.RefundFen, c.BackDealId), back)
            : Decision.Refuse(LifeTable.WrongState(item));
    }

    static Judgement Damages(FileComplaint c, Item item, Situation s) =>
        s.Rules.Judge(
            Trigger.FileComplaint,
            item.Category,
            s.Jurisdiction,
            s.LawDay,
            Inputs
                .None.And("fraud", c.Topic == "fraud")
                .And("priceFen", item.Trade.Deals.FirstOrDefault(d => d.Id == c.DealId)?.PriceFen)
        );
}
