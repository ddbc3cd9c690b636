using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>A market's report of its own sale (contract.md §4): the one fact of a register that can be
/// refused.</summary>
static class SaleDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.OfObserved<RecordSale>(
            Decide,
            (c, history, lawDay) =>
                [
                    SiteReservations.Market(c.Market),
                    .. ItemReservations.Further(c.Registration, history.State),
                    .. c.InvoiceNumber is { } number
                        ? [TradeReservations.Invoice(number)]
                        : Array.Empty<ReservationKey>(),
                    .. TradeReservations.CarsOf(c.Registration.Category, c.Sale.Seller, lawDay.Year),
                ]
        );

    public static Decision Decide(RecordSale c, ItemHistory history, Situation s)
    {
        if (SiteStates.NotFound(c.Market, s) is { } unknown)
            return Decision.Refuse(unknown);
        var sale = c.Sale;
        if (sale.Seller is { } one && one == sale.Buyer)
            return Decision.Refuse(new Refusal("buyer-is-seller").At("buyer"));
        var invoiceUsed = c.InvoiceNumber is { } given && s.ReservationOf(TradeReservations.Invoice(given)) is not null;
        var invoice = c.InvoiceNumber is { } used
            ? ImmutableArray.Create(
                new ReservationChange(TradeReservations.Invoice(used), null, c.Registration.ItemId.ToString())
            )
            : [];
        if (history.State is null)
        {
            var registered = RegistrationDecider.Register(c.Registration, s, observed: true);
            if (registered.IsRefused)
                return registered;
            if (invoiceUsed)
                return Decision.Refuse(new Refusal("invoice-number-used").At("invoice_no"));
            var fresh = new Item(c.Registration.ItemId)
            {
                Category = c.Registration.Category,
                ScrapCategory = c.Registration.ScrapCategory,
                FirstRegistered = c.Registration.FirstRegistered,
            };
            return Decision
                .Record(registered.Events[0], sale)
                .Taking([
                    .. registered.Reservations,
                    .. invoice,
                    .. CarCount.Increment(fresh, sale.Seller, sale.SellerKind, s),
                ])
                .WithVerdicts(new Judgement(registered.Verdicts, []).And(JudgeSale(sale, fresh, s)));
        }
        var item = ObservedFactDecider.StateAt(history, s.OccurredAt);
        if (item.Category != c.Registration.Category)
            return Decision.Refuse(
                Refusal
                    .Of("category-differs", ("value", c.Registration.Category), ("known", item.Category))
                    .At("category")
            );
        if (item.Life is Life.Ended)
            return Decision.Refuse(LifeTable.Ended(item));
        if (item.Trade.LiveDeal is { } deal && !(deal.Seller == sale.Seller && deal.Buyer == sale.Buyer))
            return Decision.Refuse(
                new Refusal("item-in-other-deal") { CurrentState = "in-deal", BlockingEvent = deal.Event }
            );
        if (invoiceUsed)
            return Decision.Refuse(new Refusal("invoice-number-used").At("invoice_no"));
        if (item.Owner.IsNot(sale.Seller))
            return Decision.Refuse(new Refusal("seller-not-owner") { BlockingEvent = item.LastEvent }.At("seller"));
        var bound = FurtherIdentifiers.Bound(c.Registration.Identifiers, history.State, s, observed: false);
        if (bound.IsRefused)
            return bound;
        var judged = new Judgement(bound.Verdicts, []).And(JudgeSale(sale, item, s));
        if (!LifeTable.Fits(item, sale))
            judged = judged.And(ObservedFactDecider.OutOfSequence(item));
        return Decision
            .Record([.. bound.Events, sale])
            .Taking([.. bound.Reservations, .. invoice, .. CarCount.Increment(item, sale.Seller, sale.SellerKind, s)])
            .WithVerdicts(judged);
    }

    /// <summary>What the rules say of trade that another register reports.</summary>
    internal static Judgement? JudgeObserved(LedgerEvent fact, Item item, Situation s) =>
        fact switch
        {
            OwnershipTransferred => ItemJudge.Trading(Trigger.Transfer, item, s, refuses: false),
            ItemListed => ItemJudge.Trading(Trigger.ListItem, item, s, refuses: false),
            ItemHandedOver => ItemJudge.Trading(Trigger.HandOver, item, s, refuses: false),
            SaleRecorded sale => ItemJudge.Trading(
                Trigger.RecordSale,
                item,
                s,
                sale.Seller,
                sale.SellerKind,
                refuses: false,
                sale.OdometerKm
            ),
            _ => null,
        };

    static Judgement JudgeSale(SaleRecorded sale, Item item, Situation s) =>
        ItemJudge.Trading(Trigger.RecordSale, item, s, sale.Seller, sale.SellerKind, odometerKm: sale.OdometerKm);
}
