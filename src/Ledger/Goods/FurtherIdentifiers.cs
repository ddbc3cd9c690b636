using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>Identifiers that a fact names beside one by which the ledger knows the thing (the second IMEI of a phone):
/// each is bound to it in the same transaction, or the fact is refused. None is passed over: it would open a second
/// thing when it comes alone.</summary>
static class FurtherIdentifiers
{
    /// <param name="named">All by which the fact names the thing.</param>
    /// <param name="item">As it stands now, whatever time the fact is of: a binding is logged once.</param>
    /// <param name="observed">Another register holds it already: check digits refuse nothing.</param>
    public static Decision Bound(IEnumerable<NamedIdentifier> named, Item item, Situation s, bool observed)
    {
        var further = named.Where(i => !item.Identifiers.Contains(i.Ref)).ToImmutableArray();
        if (further.IsEmpty)
            return Decision.Record();
        foreach (var id in further)
        {
            if (s.ReservationOf(ItemReservations.Alias(id.Identifier)) is { } holder)
                return Decision.Refuse(
                    Refusal
                        .Of(
                            holder == item.Id.ToString() ? "identifier-taken-back" : "alias-taken",
                            ("value", id.Identifier)
                        )
                        .At("identifiers")
                );
            if (
                !(observed && id.Identifier.Kind == "register")
                && RegistrationDecider.RefuseIdentifierKind(id, item.Category) is { } foreign
            )
                return Decision.Refuse(foreign.At("identifiers"));
        }
        return Decision
            .Record([.. further.Select(i => new ItemIdentifierAdded(i.Ref))])
            .Taking(ItemReservations.Taken(item.Id, further))
            .WithVerdicts(ItemJudge.Registering(new(item.Id, item.Category, further), s, refuses: !observed));
    }
}
