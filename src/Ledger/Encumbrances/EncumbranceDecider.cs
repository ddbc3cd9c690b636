using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds at the desk: who placed it releases it.</summary>
static class EncumbranceDecider
{
    public static Decision Decide(ItemCommand command, Item item) =>
        command switch
        {
            RegisterEncumbrance c => Decision.Record(
                new EncumbranceRegistered(c.EncumbranceId, c.Kind, c.Holder, c.Since, c.Until)
            ),
            ReleaseEncumbrance c when item.Encumbrances.Lien(c.EncumbranceId) is not { } => Unknown(
                "encumbrance",
                c.EncumbranceId
            ),
            ReleaseEncumbrance c
                when item.Encumbrances.Lien(c.EncumbranceId)!.Holder is { } holder && holder != c.Holder =>
                Decision.Refuse(new Refusal("not-the-holder").At("holder")),
            ReleaseEncumbrance c => Decision.Record(new EncumbranceReleased(c.EncumbranceId, c.Reason)),
            PlaceHold c => Decision.Record(new HoldPlaced(c.HoldId, c.Authority, c.DocNo, c.Until)),
            ReleaseHold c when item.Encumbrances.Hold(c.HoldId, null) is not { } => Unknown("hold", c.HoldId),
            ReleaseHold c when item.Encumbrances.Hold(c.HoldId, null)!.Authority != c.Authority => Decision.Refuse(
                new Refusal("not-the-placer").At("authority")
            ),
            ReleaseHold c => Decision.Record(new HoldReleased(c.HoldId, null, c.Reason)),
            _ => Decision.Refuse(new Refusal("wrong-state")),
        };

    static Decision Unknown(string what, Guid id) => Decision.Refuse(Refusal.Of($"unknown-{what}", ("value", id)));
}
