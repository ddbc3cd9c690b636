using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>
/// Facts taken over from other registers (domain.md §2): accepted from every state, judged, their verdicts kept. Only a
/// market's report of its own sale can be refused (contract.md §4).
/// </summary>
static class ObservedFactDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.OfObserved<ObserveFact>(
            Decide,
            (c, history, lawDay) =>
                [
                    .. ItemReservations.Further(c.Registration, history.State),
                    .. c.Adds is { } added ? [ItemReservations.Alias(added.Identifier)] : Array.Empty<ReservationKey>(),
                    .. Modules.ItemParts.SelectMany(p =>
                        p.ObservedReservations(c.Fact, history.State?.Category ?? c.Registration?.Category, lawDay)
                    ),
                ]
        );

    public static Decision Decide(ObserveFact c, ItemHistory history, Situation s)
    {
        if (c.Adds is not { } added)
            return Observe(c, history, s);
        c = c with { Fact = (ItemIdentifierAdded)c.Fact with { Identifier = added.Ref } };
        var holder = s.ReservationOf(ItemReservations.Alias(added.Identifier));
        if (holder is not null && holder != history.Id.ToString())
            return Decision.Refuse(Refusal.Of("alias-taken", ("value", added.Identifier)).At("facts"));
        var category = history.State?.Category ?? c.Registration?.Category ?? "";
        var judged = ItemJudge.Registering(new(history.Id, category, [added]), s, refuses: false);
        // A new thing may be registered with it in the same row: then it is taken there.
        var registers = history.State is null && c.Registration is { } r && r.Identifiers.Contains(added);
        return Observe(c, history, s)
            .Noting(judged.Recorded)
            .Taking(holder is null && !registers ? ItemReservations.Taken(history.Id, [added]) : []);
    }

    static Decision Observe(ObserveFact c, ItemHistory history, Situation s)
    {
        if (history.State is null)
        {
            if (c.Registration is not { } registration)
                return Decision.Refuse(Refusal.Of("item-not-found", ("value", history.Id)));
            var registered = RegistrationDecider.Register(registration, s, observed: true);
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
                .Taking(ItemReservations.Taken(registration.ItemId, registration.Identifiers))
                .WithVerdicts(judged);
        }
        var further = (c.Registration?.Identifiers ?? []).Where(i => i != c.Adds);
        var bound = FurtherIdentifiers.Bound(further, history.State, s, observed: true);
        return bound.IsRefused
            ? bound
            : Decision
                .Record([.. bound.Events, c.Fact])
                .Taking(bound.Reservations)
                .WithVerdicts(new Judgement(bound.Verdicts, []).And(Judge(c.Fact, StateAt(history, s.OccurredAt), s)));
    }

    static Judgement Judge(LedgerEvent fact, Item item, Situation s)
    {
        var judged =
            Modules.ItemParts.Select(p => p.JudgeObserved(fact, item, s)).FirstOrDefault(j => j is not null)
            ?? Judgement.None;
        return IsInSequence(item, fact) ? judged : judged.And(OutOfSequence(item));
    }

    static bool IsInSequence(Item item, LedgerEvent fact) =>
        LifeTable.Fits(item, fact) && Modules.ItemParts.All(p => p.InSequence(item, fact));

    /// <summary>The fact is kept; that it does not follow what was known is kept with it.</summary>
    internal static Verdict OutOfSequence(Item item) =>
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
