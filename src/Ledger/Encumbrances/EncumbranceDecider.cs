using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Parties;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds at the desk: who placed it releases it.</summary>
static class EncumbranceDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<EncumbranceCommand>(
            (c, history, read, s) => Decide(c, history.State!, read, s),
            (c, history, s) =>
                OtherPlacer(c, history.State, s.By) is { } placer ? [Need.Of(PartyCommand.StreamOf(placer, s.Ids))] : []
        );

    static Decision Decide(EncumbranceCommand command, Item item, StreamsRead read, Situation s) =>
        command switch
        {
            RegisterEncumbrance c when s.IsForAnother(Roles.Lnd, c.Holder) => Decision.Refuse(NotHolder),
            RegisterEncumbrance c => Decision.Record(
                new EncumbranceRegistered(c.EncumbranceId, c.Kind, c.Holder, c.Since, c.Until)
            ),
            ReleaseEncumbrance c => OfHolder(
                item,
                c.EncumbranceId,
                c.Holder,
                s,
                _ => Decision.Record(new EncumbranceReleased(c.EncumbranceId, c.Reason))
            ),
            ExtendEncumbrance c => OfHolder(
                item,
                c.EncumbranceId,
                c.Holder,
                s,
                _ => Decision.Record(new EncumbranceExtended(c.EncumbranceId, c.Until))
            ),
            ChangeLessee c => OfHolder(
                item,
                c.EncumbranceId,
                c.Holder,
                s,
                _ => Decision.Record(new LesseeChanged(c.EncumbranceId))
            ),
            ConsentToDeal c => Consent(c, item, s),
            PlaceHold c when c.Authority is HoldAuthority.Police && !s.By.Is(Roles.Pol) => Decision.Refuse(
                NotCompetent
            ),
            PlaceHold c => Decision.Record(new HoldPlaced(c.HoldId, c.Authority, c.DocNo, c.Until)),
            ReleaseHold c => Release(c, item, read, s),
            _ => throw new UnknownCommandException(command),
        };

    /// <summary>An act that is the holder's alone: a lender acts for itself, a station for the holder that is named to
    /// it, and what customs supervise is for customs.</summary>
    static Decision OfHolder(Item item, Guid id, PartyRef named, Situation s, Func<OpenEncumbrance, Decision> act) =>
        item.Encumbrances.Lien(id) is not { } lien ? Unknown("encumbrance-not-found", id)
        : s.By.Is(Roles.Cus) != lien.Kind is EncumbranceKind.CustomsSupervision ? Decision.Refuse(NotHolder)
        : s.IsForAnother(Roles.Lnd, lien.Holder) ? Decision.Refuse(NotHolder)
        : lien.Holder is { } holder && holder != named && !(s.Self.Is(holder) && s.Self.Is(named))
            ? Decision.Refuse(NotHolder)
        : act(lien);

    static Refusal NotHolder => new Refusal("not-the-holder").At("holder");

    static Refusal NotCompetent => new Refusal("authority-not-competent").At("authority");

    /// <summary>A hold is ended by the body that placed it; where that one is an authority no more, or never stood on
    /// the roll, by a regulator.</summary>
    static Decision Release(ReleaseHold c, Item item, StreamsRead read, Situation s) =>
        item.Encumbrances.Hold(c.HoldId, null) is not { } hold ? Unknown("hold-not-found", c.HoldId)
        : s.By.Actor != hold.By && !(s.By.Is(Roles.Reg) && IsLeft(hold, read, s)) ? Decision.Refuse(NotCompetent)
        : hold.Authority != c.Authority ? Decision.Refuse(new Refusal("not-the-placer").At("authority"))
        : Decision.Record(new HoldReleased(c.HoldId, null, c.Reason));

    /// <summary>Nobody is left who placed it: older builds took a word for a body.</summary>
    static bool IsLeft(OpenHold hold, StreamsRead read, Situation s) =>
        !Uscc.HasShape(hold.By)
        || read.State(PartyCommand.StreamOf(hold.By, s.Ids), PartyOnRoll.Fold)
            ?.Holds(Roles.Authorities, ShanghaiDay.Of(s.Now))
            is not true;

    /// <summary>The code of who placed the hold that somebody else is to end.</summary>
    static string? OtherPlacer(EncumbranceCommand c, Item? item, Acting by) =>
        c is ReleaseHold { HoldId: var id }
        && item?.Encumbrances.Hold(id, null) is { By: var placer }
        && placer != by.Actor
        && Uscc.HasShape(placer)
            ? placer
            : null;

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
            s,
            lien =>
                lien.Consents.Contains((c.DealId, c.Until))
                    ? Decision.Record()
                    : Decision.Record(new LenderConsentGiven(c.EncumbranceId, c.DealId, c.Until))
        );

    static Decision Unknown(string code, Guid id) => Decision.Refuse(Refusal.Of(code, ("value", id)));
}
