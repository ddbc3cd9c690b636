using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>
/// Facts taken over from other registers (domain.md §2): accepted from every state, judged, their verdicts kept. Only a
/// market's report of its own sale can be refused (contract.md §4).
/// </summary>
static class Observing
{
    public static Decision Decide(ObserveFact c, ItemHistory history, Situation s)
    {
        if (c.Adds is not { } added)
            return Observe(c, history, s);
        c = c with { Fact = (ItemIdentifierAdded)c.Fact with { Identifier = added.Ref } };
        var holder = s.Guard(ItemGuards.Alias(added.Identifier));
        if (holder is not null && holder != history.Id.ToString())
            return Decision.Refuse(Refusal.Of("alias-taken", ("value", added.Identifier)).At("facts"));
        var category = history.State?.Category ?? c.Registration?.Category ?? "";
        var judged = ItemJudge.Registering(new(history.Id, category, [added]), s, refuses: false);
        // A new thing may be registered with it in the same row: then it is taken there.
        var registers = history.State is null && c.Registration is { } r && r.Identifiers.Contains(added);
        return Observe(c, history, s)
            .Noting(judged.Recorded)
            .Taking(holder is null && !registers ? ItemJudge.Aliases(history.Id, [added]) : []);
    }

    static Decision Observe(ObserveFact c, ItemHistory history, Situation s)
    {
        if (history.State is null)
        {
            if (c.Registration is not { } registration)
                return Decision.Refuse(new Refusal("item-not-found"));
            var registered = ItemDecider.Register(registration, s, observed: true);
            var only = c.Fact is ItemRegistered;
            // Check digits do not refuse what another register already holds: the verdict is kept instead.
            if (registered.IsRefused && registered.Refusals.Any(r => r.RuleId is null))
                return registered;
            var said = new ItemRegistered(
                registration.Category,
                [.. registration.Identifiers.Select(i => i.Ref)],
                registration.Make,
                registration.Model
            )
            {
                Facts = only ? c.Fact.Facts : null,
            };
            var fresh = new Item(registration.ItemId) { Category = registration.Category };
            var judged = ItemJudge
                .Registering(registration, s, refuses: false)
                .And(only ? Judgement.None : Judge(c.Fact, fresh, s));
            return Decision
                .Record(only ? [Enriched(said, c.Fact)] : [said, c.Fact])
                .Taking(ItemJudge.Aliases(registration.ItemId, registration.Identifiers))
                .Judged(judged);
        }
        var further = (c.Registration?.Identifiers ?? []).Where(i => i != c.Adds);
        var bound = FurtherIdentifiers.Bound(further, history.State, s, observed: true);
        return bound.IsRefused
            ? bound
            : Decision
                .Record([.. bound.Events, c.Fact])
                .Taking(bound.Guards)
                .Judged(new Judgement(bound.Verdicts, []).And(Judge(c.Fact, StateAt(history, s.OccurredAt), s)));
    }

    public static Decision Decide(RecordSale c, ItemHistory history, Situation s)
    {
        var sale = c.Sale;
        var invoiceUsed = c.InvoiceNumber is { } given && s.Guard(ItemGuards.Invoice(given)) is not null;
        var invoice = c.InvoiceNumber is { } used
            ? ImmutableArray.Create(new GuardChange(ItemGuards.Invoice(used), null, c.Registration.ItemId.ToString()))
            : [];
        if (history.State is null)
        {
            var registered = ItemDecider.Register(c.Registration, s, observed: true);
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
                .Taking([.. registered.Guards, .. invoice, .. CarCount.More(fresh, sale.Seller, sale.SellerKind, s)])
                .Judged(new Judgement(registered.Verdicts, []).And(JudgeSale(sale, fresh, s)));
        }
        var item = StateAt(history, s.OccurredAt);
        if (item.Category != c.Registration.Category)
            return Decision.Refuse(
                Refusal
                    .Of("category-differs", ("value", c.Registration.Category), ("known", item.Category))
                    .At("category")
            );
        if (item.Life is Life.Ended)
            return Decision.Refuse(
                new Refusal("item-ended") { CurrentState = "ended", BlockingEvent = item.LastEvent }
            );
        if (item.Trade.LiveDeal is { } deal && !(deal.Seller == sale.Seller && deal.Buyer == sale.Buyer))
            return Decision.Refuse(
                new Refusal("item-in-other-deal") { CurrentState = "in-deal", BlockingEvent = deal.Event }
            );
        if (invoiceUsed)
            return Decision.Refuse(new Refusal("invoice-number-used").At("invoice_no"));
        if (NotOwner(item, sale.Seller))
            return Decision.Refuse(new Refusal("seller-not-owner") { BlockingEvent = item.LastEvent }.At("seller"));
        var bound = FurtherIdentifiers.Bound(c.Registration.Identifiers, history.State, s, observed: false);
        if (bound.IsRefused)
            return bound;
        var judged = new Judgement(bound.Verdicts, []).And(JudgeSale(sale, item, s));
        if (!LifeTable.Fits(item, sale))
            judged = judged.And(OutOfSequence(item));
        return Decision
            .Record([.. bound.Events, sale])
            .Taking([.. bound.Guards, .. invoice, .. CarCount.More(item, sale.Seller, sale.SellerKind, s)])
            .Judged(judged);
    }

    /// <summary>Known only where both references are of one market: then a different one is somebody else.</summary>
    internal static bool NotOwner(Item item, PartyRef? seller) =>
        item.Owner.Party is { } owner && seller is not null && owner.Scope == seller.Scope && owner != seller;

    static Judgement JudgeSale(SaleRecorded sale, Item item, Situation s) =>
        ItemJudge.Trading(Trigger.RecordSale, item, s, sale.Seller, sale.SellerKind, odometerKm: sale.OdometerKm);

    static Judgement Judge(LedgerEvent fact, Item item, Situation s)
    {
        var judged = fact switch
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
            OdometerObserved reading => s.Rules.Judge(
                Trigger.ObserveOdometer,
                item.Category,
                s.Jurisdiction,
                s.LawDay,
                OdometerSeries.Facts(
                    reading.ValueKm,
                    reading.ObservedOn ?? s.LawDay,
                    item.Condition.Odometer.AcceptedBy(reading.ObservedOn ?? s.LawDay)
                ),
                refuses: false
            ),
            _ => Judgement.None,
        };
        return Fits(item, fact) ? judged : judged.And(OutOfSequence(item));
    }

    static bool Fits(Item item, LedgerEvent fact) =>
        LifeTable.Fits(item, fact)
        && fact switch
        {
            ItemRegistered => false,
            Encumbrances.EncumbranceReleased r => item.Encumbrances.Lien(r.EncumbranceId) is not null,
            Encumbrances.EncumbranceExtended x => item.Encumbrances.Lien(x.EncumbranceId) is not null,
            Encumbrances.HoldReleased r => item.Encumbrances.Hold(r.HoldId, r.Hold) is not null,
            DealAgreed or DealPaymentRecorded or DealInvoiced or InvoiceVoided => item.Trade.LiveDeal is not null,
            _ => true,
        };

    static Verdict OutOfSequence(Item item) =>
        new(
            "out-of-sequence",
            Result.OutOfSequence,
            Severity.Info,
            Inputs.None.And("life", WireWords.Of(item.Life)).Values
        );

    /// <summary>A register's row may arrive late: it is judged on the state of its own time (contract.md §2).</summary>
    internal static Item StateAt(ItemHistory history, DateTimeOffset instant)
    {
        var state = history.State!;
        if (history.Events.All(e => e.Envelope.OccurredAt <= instant))
            return state;
        return ItemFold.Fold(
                history.Events.Where(e => e.Event is ItemRegistered or ICorrection || e.Envelope.OccurredAt <= instant)
            ) ?? state;
    }

    static ItemRegistered Enriched(ItemRegistered said, LedgerEvent fact)
    {
        var typed = (ItemRegistered)fact;
        return typed with
        {
            Category = said.Category,
            Identifiers = said.Identifiers,
            Make = typed.Make ?? said.Make,
            Model = typed.Model ?? said.Model,
        };
    }
}
