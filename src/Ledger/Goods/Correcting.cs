using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;
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
            return Decision.Refuse(Refusal.Of("target-unknown", ("value", target)).At("target"));
        if (history.Events.Any(e => e.Event is ICorrection c && c.Target == target && c.Apply(wrong.Event) is null))
            return Decision.Refuse(Refusal.Of("already-voided", ("value", target)).At("target"));
        if (Answer(command, wrong) is not { } answer)
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", wrong.Type)).At("target"));
        if (
            command is CorrectEvent { To: ItemRegistered to }
            && wrong.Event is ItemRegistered was
            && (to.Category != was.Category || !to.Identifiers.SequenceEqual(was.Identifiers))
        )
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", "category, identifiers")).At("to"));
        if (s.SecondActor is null)
        {
            if (s.Actor != wrong.Envelope.Actor || ShanghaiDay.Of(s.Now) != ShanghaiDay.Of(wrong.RecordedAt))
                return Decision.Refuse(new Refusal("correction-window-over"));
            if (Dependent(history, wrong) is { } later)
                return Decision.Refuse(
                    Refusal.Of("dependent-events-exist", ("type", later.Type)) with
                    {
                        BlockingEvent = later.EventId,
                    }
                );
        }
        return Decision.Record(answer).Taking(FreedCounter(command, history, wrong, s));
    }

    /// <summary>The twin of the target's type; an event without one is answered by its own rules, not here.</summary>
    static LedgerEvent? Answer(ItemCommand command, Recorded wrong) =>
        (command, wrong.Event) switch
        {
            (CorrectEvent c, OdometerObserved) when c.To is OdometerObserved { ValueKm: { } km } =>
                new OdometerCorrected(c.Target, OdometerCause.Misread, km, c.Evidence),
            (CorrectEvent c, ItemRegistered) => Correct<ItemRegistered>(c),
            (CorrectEvent c, ItemInspected) => Correct<ItemInspected>(c),
            (CorrectEvent c, ItemGraded) => Correct<ItemGraded>(c),
            (CorrectEvent c, ItemListed) => Correct<ItemListed>(c),
            (CorrectEvent c, DealPaymentRecorded) => Correct<DealPaymentRecorded>(c),
            (CorrectEvent c, DealInvoiced) => Correct<DealInvoiced>(c),
            (CorrectEvent c, OwnershipTransferred) => Correct<OwnershipTransferred>(c),
            (CorrectEvent c, SaleRecorded) => Correct<SaleRecorded>(c),
            (VoidEvent v, OdometerObserved) => new Voided<OdometerObserved>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemRegistered) => new Voided<ItemRegistered>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemInspected) => new Voided<ItemInspected>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemGraded) => new Voided<ItemGraded>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, ItemListed) => new Voided<ItemListed>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, DealPaymentRecorded) => new Voided<DealPaymentRecorded>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, DealInvoiced) => new Voided<DealInvoiced>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, OwnershipTransferred) => new Voided<OwnershipTransferred>(v.Target, v.Reason, v.Evidence),
            (VoidEvent v, SaleRecorded) => new Voided<SaleRecorded>(v.Target, v.Reason, v.Evidence),
            _ => null,
        };

    static LedgerEvent? Correct<T>(CorrectEvent c)
        where T : LedgerEvent => c.To is T to ? new Corrected<T>(c.Target, c.Reason, to, c.Evidence) : null;

    /// <summary>A later event that would no longer fit if the target had not happened.</summary>
    static Recorded? Dependent(ItemHistory history, Recorded wrong)
    {
        var without = history.Events.Where(e => e.EventId != wrong.EventId).ToList();
        Item? with = null,
            lacking = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
        {
            if (
                e.Version > wrong.Version
                && with is not null
                && LifeTable.Fits(with, e.Event)
                && (lacking is null || !LifeTable.Fits(lacking, e.Event))
            )
                return e;
            with = ItemFold.Evolve(with, e);
            if (without.Any(w => w.EventId == e.EventId))
                lacking = ItemFold.Evolve(lacking, e);
        }
        return null;
    }

    /// <summary>A voided sale that the three-cars counter counted gives its place back.</summary>
    static ImmutableArray<GuardChange> FreedCounter(
        ItemCommand command,
        ItemHistory history,
        Recorded wrong,
        Situation s
    )
    {
        if (command is not VoidEvent || wrong.Event is not SaleRecorded { Seller: { } seller } sale)
            return [];
        var day = ShanghaiDay.Of(wrong.Envelope.OccurredAt);
        var before = ItemFold.Fold(history.Events.Where(e => e.Version < wrong.Version));
        if (before is null || !ItemJudge.CountsAsCar(before, seller, sale.SellerKind, day))
            return [];
        var key = ItemGuards.Cars(seller, day.Year);
        return s.Guard(key) is { } count && long.TryParse(count, CultureInfo.InvariantCulture, out var n) && n > 0
            ? [new(key, count, (n - 1).ToString(CultureInfo.InvariantCulture))]
            : [];
    }
}
