using System.Collections.Immutable;
using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>
/// Corrections and voids (domain.md §6): the recorder alone on the same day and before anything depends on the fact;
/// afterwards with a second actor's counter-signature.
/// </summary>
static class Correcting
{
    public static Decision Decide(ItemCommand command, ItemHistory history, Situation s)
    {
        var target = command switch
        {
            CorrectEvent c => c.Target,
            VoidEvent v => v.Target,
            _ => Guid.Empty,
        };
        if (history.Events.FirstOrDefault(e => e.EventId == target) is not { } wrong)
            return Decision.Refuse(Refusal.Of("event-not-found", ("value", target)));
        if (history.Events.Any(e => e.Event is ICorrection c && c.Target == target && c.Apply(wrong.Event) is null))
            return Decision.Refuse(Refusal.Of("already-voided", ("value", target)).At("target"));
        if (Answer(command, wrong) is not { } answer)
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", wrong.Type)).At("target"));
        if (
            command is CorrectEvent { To: ItemRegistered to }
            && wrong.Event is ItemRegistered was
            && (
                to.Category != was.Category
                || to.Identifiers.IsDefault
                || !to.Identifiers.SequenceEqual(was.Identifiers)
            )
        )
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", "category, identifiers")).At("to"));
        // Serial numbers bind a medium to its item: another one is another medium.
        if (
            command is CorrectEvent { To: ItemMediaDeclared media }
            && wrong.Event is ItemMediaDeclared declared
            && !Serials(media).SetEquals(Serials(declared))
        )
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", "media.handle")).At("to"));
        if (s.SecondActor is null)
        {
            if (s.Actor != wrong.Envelope.Actor || ShanghaiDay.Of(s.Now) != ShanghaiDay.Of(wrong.RecordedAt))
                return Decision.Refuse(new Refusal("correction-window-over"));
            if (Dependent(history, wrong, (command as CorrectEvent)?.To) is { } later)
                return Decision.Refuse(
                    Refusal.Of("dependent-events-exist", ("type", later.Type)) with
                    {
                        BlockingEvent = later.EventId,
                    }
                );
        }
        return Decision
            .Record(answer)
            .Taking([.. FreedCounter(command, history, wrong, s), .. FreedMedia(command, wrong, history.Id, s)])
            .Judged(Judge(command, history.State!, s));
    }

    /// <summary>The twin of the target's type; an event without one is answered by its own rules, not here.</summary>
    static LedgerEvent? Answer(ItemCommand command, Recorded wrong) =>
        (command, wrong.Event) switch
        {
            (CorrectEvent c, OdometerObserved) when c.To is OdometerObserved { ValueKm: { } km } =>
                new OdometerCorrected(c.Target, OdometerCause.Misread, km, c.Evidence, c.Reason),
            (CorrectEvent c, ItemRegistered) => Correct<ItemRegistered>(c),
            (CorrectEvent c, ItemDisclosed) => Correct<ItemDisclosed>(c),
            (CorrectEvent c, ItemInspected) => Correct<ItemInspected>(c),
            (CorrectEvent c, ItemGraded) => Correct<ItemGraded>(c),
            (CorrectEvent c, ItemMediaDeclared) => Correct<ItemMediaDeclared>(c),
            (CorrectEvent c, ItemListed) => Correct<ItemListed>(c),
            (CorrectEvent c, DealPaymentRecorded) => Correct<DealPaymentRecorded>(c),
            (CorrectEvent c, DealInvoiced) => Correct<DealInvoiced>(c),
            (CorrectEvent c, OwnershipTransferred) => Correct<OwnershipTransferred>(c),
            (CorrectEvent c, SaleRecorded) => Correct<SaleRecorded>(c),
            (VoidEvent v, OdometerObserved) => new Voided<OdometerObserved>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemRegistered) => new Voided<ItemRegistered>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemDisclosed) => new Voided<ItemDisclosed>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemInspected) => new Voided<ItemInspected>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemGraded) => new Voided<ItemGraded>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemMediaDeclared) => new Voided<ItemMediaDeclared>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemListed) => new Voided<ItemListed>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, DealPaymentRecorded) => new Voided<DealPaymentRecorded>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, DealInvoiced) => new Voided<DealInvoiced>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, OwnershipTransferred) => new Voided<OwnershipTransferred>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, SaleRecorded) => new Voided<SaleRecorded>(v.Target, v.Reason, v.Evidence),
            _ => null,
        };

    static LedgerEvent? Correct<T>(CorrectEvent c)
        where T : LedgerEvent => c.To is T to ? new Corrected<T>(c.Target, c.Reason, to, c.Evidence) : null;

    /// <summary>What is corrected must be as right as what is recorded for the first time.</summary>
    static Judgement Judge(ItemCommand command, Item item, Situation s) =>
        command switch
        {
            CorrectEvent { To: ItemGraded to } => s.Rules.Judge(
                Trigger.GradeItem,
                item.Category,
                s.Jurisdiction,
                s.LawDay,
                Inputs.None.And("scoreTenths", to.ScoreTenths).And("grade", to.Grade).And("accident", to.Accident)
            ),
            CorrectEvent { To: DealInvoiced { NetFen: { } net, TaxFen: { } tax, GrossFen: { } gross } }
                when (Int128)net + tax != gross => new(
                [],
                [Refusal.Of("parts-do-not-sum", ("net", net), ("tax", tax), ("gross", gross)).At("facts")]
            ),
            CorrectEvent { To: ItemDisclosed sheet } => new([], DisclosureDecider.Decide(sheet, item).Refusals),
            CorrectEvent { To: ItemMediaDeclared media } => new([], WipeDecider.Flaws(media)),
            _ => Judgement.None,
        };

    /// <summary>
    /// A later event that fitted and would not, had the target been what the answer says (null: had it not happened).
    /// </summary>
    static Recorded? Dependent(ItemHistory history, Recorded wrong, LedgerEvent? instead)
    {
        Item? stood = null,
            stands = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
        {
            if (
                e.Version > wrong.Version
                && stood is not null
                && Fits(stood, e.Event)
                && !(stands is not null && Fits(stands, e.Event))
            )
                return e;
            stood = ItemFold.Evolve(stood, e);
            var answered =
                e.EventId != wrong.EventId ? e
                : instead is null ? null
                : e with { Event = instead };
            if (answered is not null)
                stands = ItemFold.Evolve(stands, answered);
        }
        // Without its registration there is no item: whatever else stands in the stream depends on it.
        return stands is null
            ? ItemFold.Effective(history.Events).FirstOrDefault(e => e.EventId != wrong.EventId)
            : null;
    }

    /// <summary>The life's rows, and the step of the deal or the listing that an event takes for granted.</summary>
    static bool Fits(Item item, LedgerEvent e) =>
        LifeTable.Fits(item, e)
        && e switch
        {
            DealOpened { ListingId: { } listing } => item.Trade.OpenListing?.Id == listing,
            TransferSubmitted t => item.Trade.Deal(t.DealId) is { State: DealState.Invoiced },
            TransferRefused r => item.Trade.Deal(r.DealId) is { State: DealState.InTransfer },
            WipeAttested w => item.Data.MediumOf(w.MediumIx) is not null,
            WipeVerified v => item.Data.Of(v.AttestationId) is not null,
            DealAgreed a => item.Trade.Deal(a.DealId) is { State: DealState.Open },
            DealPaymentRecorded p => item.Trade.Deal(p.DealId) is { State: DealState.Agreed },
            DealInvoiced i => item.Trade.Deal(i.DealId) is { State: DealState.Paid },
            OwnershipTransferred { DealId: { } deal } => item.Trade.Deal(deal)
                is { State: DealState.Invoiced or DealState.InTransfer },
            _ => true,
        };

    internal static HashSet<string> Serials(ItemMediaDeclared declared) =>
        [.. (declared.Media ?? []).Select(m => m.Handle).OfType<string>()];

    static IEnumerable<GuardChange> FreedMedia(ItemCommand command, Recorded wrong, Guid item, Situation s) =>
        command is VoidEvent && wrong.Event is ItemMediaDeclared declared
            ? Serials(declared).SelectMany(handle => WipeDecider.Freed(handle, item, s))
            : [];

    /// <summary>A voided sale or invoice that the three-cars counter counted gives its place back.</summary>
    static ImmutableArray<GuardChange> FreedCounter(
        ItemCommand command,
        ItemHistory history,
        Recorded wrong,
        Situation s
    ) => command is VoidEvent ? CarCount.Less(CountedIn(history, wrong), s) : [];

    /// <summary>The row in which a sale or an invoice counts; null: in none, or not any more.</summary>
    internal static GuardKey? CountedIn(ItemHistory history, Recorded wrong)
    {
        // A voided invoice has given its place back already.
        if (
            wrong.Event is DealInvoiced { DealId: var deal }
            && history.Events.Any(e =>
                e.Version > wrong.Version && e.Event is InvoiceVoided voided && voided.DealId == deal
            )
        )
            return null;
        var before = ItemFold.Fold(history.Events.Where(e => e.Version < wrong.Version));
        var (seller, kind) = Seller(wrong.Event, before);
        return before is null ? null : CarCount.Row(before, seller, kind, wrong.Envelope.When.Day);
    }

    /// <summary>Whose sale an event counted for.</summary>
    internal static (PartyRef? Seller, PartyKind? Kind) Seller(LedgerEvent e, Item? item) =>
        e switch
        {
            SaleRecorded sale => (sale.Seller, sale.SellerKind),
            DealInvoiced invoice when item?.Trade.Deals.FirstOrDefault(d => d.Id == invoice.DealId) is { } deal => (
                deal.Seller,
                deal.SellerKind
            ),
            _ => (null, null),
        };
}
