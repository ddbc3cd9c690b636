using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds at the desk: who placed it releases it.</summary>
static class EncumbranceDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<EncumbranceCommand>((c, history, s) => Decide(c, history.State!, s));

    static Decision Decide(EncumbranceCommand command, Item item, Situation s) =>
        command switch
        {
            RegisterEncumbrance c => Decision.Record(
                new EncumbranceRegistered(c.EncumbranceId, c.Kind, c.Holder, c.Since, c.Until)
            ),
            ReleaseEncumbrance c => OfHolder(
                item,
                c.EncumbranceId,
                c.Holder,
                _ => Decision.Record(new EncumbranceReleased(c.EncumbranceId, c.Reason))
            ),
            ExtendEncumbrance c => OfHolder(
                item,
                c.EncumbranceId,
                c.Holder,
                _ => Decision.Record(new EncumbranceExtended(c.EncumbranceId, c.Until))
            ),
            ChangeLessee c => OfHolder(
                item,
                c.EncumbranceId,
                c.Holder,
                _ => Decision.Record(new LesseeChanged(c.EncumbranceId))
            ),
            ConsentToDeal c => Consent(c, item, s),
            PlaceHold c when c.Authority is HoldAuthority.Police && !s.By.Is(Roles.Pol) => Decision.Refuse(
                NotCompetent
            ),
            PlaceHold c => Decision.Record(new HoldPlaced(c.HoldId, c.Authority, c.DocNo, c.Until)),
            ReleaseHold c => Release(c, item, s.By),
            _ => throw new UnknownCommandException(command),
        };

    /// <summary>An act that is the holder's alone.</summary>
    static Decision OfHolder(Item item, Guid id, PartyRef by, Func<OpenEncumbrance, Decision> act) =>
        item.Encumbrances.Lien(id) is not { } lien ? Unknown("encumbrance-not-found", id)
        : lien.Holder is { } holder && holder != by ? Decision.Refuse(new Refusal("not-the-holder").At("holder"))
        : act(lien);

    static Refusal NotCompetent => new Refusal("authority-not-competent").At("authority");

    /// <summary>A hold is ended by the body that placed it. One that a body without a code placed, as older builds took
    /// it, is nobody's by now: a regulator ends it.</summary>
    static Decision Release(ReleaseHold c, Item item, Acting by) =>
        item.Encumbrances.Hold(c.HoldId, null) is not { } hold ? Unknown("hold-not-found", c.HoldId)
        : by.Actor != hold.By && (Uscc.HasShape(hold.By) || !by.Is(Roles.Reg)) ? Decision.Refuse(NotCompetent)
        : hold.Authority != c.Authority ? Decision.Refuse(new Refusal("not-the-placer").At("authority"))
        : Decision.Record(new HoldReleased(c.HoldId, null, c.Reason));

    /// <summary>What customs supervise is no lender's to let go.</summary>
    static Decision Consent(ConsentToDeal c, Item item, Situation s) =>
        item.Encumbrances.Lien(c.EncumbranceId) is null or { Kind: EncumbranceKind.CustomsSupervision }
            ? Decision.Refuse(Refusal.Of("encumbrance-not-found", ("value", c.EncumbranceId)))
        : c.Until < s.OccurredAt
            ? Decision.Refuse(Refusal.Of("consent-expired", ("until", Instants.Text(c.Until.Value))).At("until"))
        : item.LiveDeal != c.DealId ? Decision.Refuse(Refusal.Of("deal-not-found", ("value", c.DealId)).At("tradeId"))
        : OfHolder(
            item,
            c.EncumbranceId,
            c.Holder,
            lien =>
                lien.Consents.Contains((c.DealId, c.Until))
                    ? Decision.Record()
                    : Decision.Record(new LenderConsentGiven(c.EncumbranceId, c.DealId, c.Until))
        );

    static Decision Unknown(string code, Guid id) => Decision.Refuse(Refusal.Of(code, ("value", id)));
}
