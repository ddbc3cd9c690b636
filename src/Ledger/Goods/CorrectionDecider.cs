using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>Corrections and voids (domain.md §6): the recorder alone on the same day and before anything depends on
/// the fact; afterwards the recorder with the counter-signature of the other side or of an authority. Which
/// events may be answered, and how, their nouns say (<see cref="Correctable"/>).</summary>
static class CorrectionDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<CorrectionCommand>(
            Decide,
            (c, history, _) =>
                c is VoidEvent && Target(c, history) is { } wrong ? Frees(history, wrong).Select(f => f.Key) : [],
            ItemGate.Registered
        );

    public static Decision Decide(CorrectionCommand c, ItemHistory history, Situation s)
    {
        if (Target(c, history) is not { } wrong)
            return Decision.Refuse(Refusal.Of("event-not-found", ("value", c.Target)));
        if (history.Events.Any(e => e.Event is ICorrection a && a.Target == c.Target && a.Apply(wrong.Event) is null))
            return Decision.Refuse(Refusal.Of("already-voided", ("value", c.Target)).At("target"));
        var kind = KindOf(wrong);
        var (to, malformed) = c is CorrectEvent correct
            ? correct.Facts.On(Standing(history, wrong), kind?.Members ?? [])
            : (null, null);
        if (malformed is not null)
            return Decision.Refuse(malformed);
        if ((c is CorrectEvent by ? kind?.Corrected(by, to!) : kind?.Voided((VoidEvent)c)) is not { } answer)
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", wrong.Type)).At("target"));
        if (to is not null && kind!.Fixed(wrong.Event, to) is { } part)
            return Decision.Refuse(Refusal.Of("not-correctable", ("type", part)).At("to"));
        if (!IsRecorders(wrong.Envelope, s.By))
            return Decision.Refuse(new Refusal("not-the-recorder") { BlockingEvent = wrong.EventId });
        if (kind!.NeedsEvidence && c.Evidence is null)
            return Decision.Refuse(new Refusal("evidence-missing").At("evidence"));
        var unsigned = s.By.SecondActor is null
            ? Alone(history, wrong, to, s)
            : Countersigned(wrong, kind!, history.State!, s);
        if (unsigned is not null)
            return Decision.Refuse(unsigned);
        if (c is VoidEvent && kind!.Settled(wrong.Event, history.State!) is { } settled)
            return Decision.Refuse(settled);
        return Decision
            .Record(answer)
            .Taking(
                c is VoidEvent ? [.. Frees(history, wrong).Select(f => f.Change(s)).OfType<ReservationChange>()] : []
            )
            .WithVerdicts(to is null ? Judgement.None : kind!.Judge(to, history.State!, s));
    }

    /// <summary>More are counted, not listed.</summary>
    const int MostListed = 20;

    /// <summary>Whether whoever recorded it acts: the same actor, or somebody at the same desk, in the role in which it
    /// was recorded; or a regulator with the recorder beside him. What another register told has no recorder here but
    /// the desk that it names; where it names none, a regulator answers for it.</summary>
    static bool IsRecorders(Envelope recorded, Acting by) =>
        by.Is(Roles.Reg) && (recorded.IsObserved || by.SecondActor == recorded.Actor)
        || recorded.Source is not null && by.IsDeskOf(recorded.Market)
        || recorded.IsBy(by)
        || by.Role == recorded.Role && by.Site is not null && by.Site == recorded.Site;

    /// <summary>Why the recorder may not do it by himself any more; null: he may.</summary>
    static Refusal? Alone(ItemHistory history, StoredEvent wrong, LedgerEvent? to, Situation s) =>
        s.By.Actor != wrong.Envelope.Actor || ShanghaiDay.Of(s.Now) != ShanghaiDay.Of(wrong.RecordedAt)
            ? new("correction-window-over")
        : Dependents(history, wrong, to) is [var first, ..] later
            ? Refusal.Of(
                "dependent-events-exist",
                ("type", first.Type),
                ("count", later.Count),
                ("events", string.Join(' ', later.Take(MostListed).Select(e => e.EventId)))
            ) with
            {
                BlockingEvent = first.EventId,
            }
        : null;

    /// <summary>Why the second person's word does not count; null: he is of the other side, or of an authority that the
    /// roll knows.</summary>
    static Refusal? Countersigned(StoredEvent wrong, Correctable kind, Item item, Situation s)
    {
        if ((s.Second.Held & Roles.Authorities) is not Roles.None || s.By.Is(Roles.Reg))
            return null;
        var sides = new List<PartyRef?>(kind.Sides(wrong.Event, item)) { item.Owner.Party };
        wrong.Event.WithParties(party =>
        {
            sides.Add(party);
            return party;
        });
        return sides.Any(side => s.Second.Is(side) && !s.Self.Is(side))
            ? null
            : new("not-the-other-side") { BlockingEvent = wrong.EventId };
    }

    /// <summary>What the void of an event gives back.</summary>
    internal static IEnumerable<Freed> Frees(ItemHistory history, StoredEvent wrong) =>
        KindOf(wrong)?.Frees(history, wrong) ?? [];

    /// <summary>What stands of an event, after the corrections that it had: the next one builds on them.</summary>
    static LedgerEvent Standing(ItemHistory history, StoredEvent wrong) =>
        history.Steps.Select(step => step.Event).FirstOrDefault(e => e.EventId == wrong.EventId)?.Event ?? wrong.Event;

    static Correctable? KindOf(StoredEvent e) => Modules.Correctable.GetValueOrDefault(e.Event.GetType());

    static StoredEvent? Target(CorrectionCommand c, ItemHistory history) =>
        history.Events.FirstOrDefault(e => e.EventId == c.Target);

    /// <summary>
    /// Later events that fitted and would not, had the target been what the answer says (null: had it not happened).
    /// </summary>
    static List<StoredEvent> Dependents(ItemHistory history, StoredEvent wrong, LedgerEvent? instead)
    {
        var dependents = new List<StoredEvent>();
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
                dependents.Add(e);
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
            ? [.. history.Steps.Select(step => step.Event).Where(e => e.EventId != wrong.EventId)]
            : dependents;
    }

    /// <summary>The life's rows, and the step that an event takes for granted.</summary>
    static bool Fits(Item item, LedgerEvent e) =>
        LifeTable.Fits(item, e) && Modules.ItemParts.All(p => p.Follows(item, e));
}
