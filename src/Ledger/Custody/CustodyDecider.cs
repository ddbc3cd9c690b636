using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Arrivals and moves. A thing is at one place: who takes it in while it stands elsewhere is told
/// where. Only whoever keeps it hands it on.</summary>
static class CustodyDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<CustodyCommand>((c, history, s) => Decide(c, history.State!, s));

    static Decision Decide(CustodyCommand command, Item item, Situation s) =>
        command switch
        {
            ReceiveItem c => Receive(c, item, s),
            TransferCustody c => Transfer(c, item, s),
            _ => throw new UnknownCommandException(command),
        };

    /// <summary>What was handed on is taken in again by its keeper, or with his word: he has it no more. What stands at
    /// a site leaves it by a hand-on first.</summary>
    static Decision Receive(ReceiveItem c, Item item, Situation s) =>
        item.Custody.Open is { } open && !s.HasWordOf(open.Keeper)
            ? Decision.Refuse(
                // Its place there is for the site itself.
                Refusal.Of(
                    "custody-held-elsewhere",
                    ("site", open.Site),
                    ("place", open.IsAt(s.By) ? open.Place : null)
                ) with
                {
                    CurrentState = "held",
                    BlockingEvent = open.Event,
                }
            )
            : Decision.Record(new ItemReceived(c.IntakeId, c.From, c.Place, c.Reason, c.Photos));

    static Decision Transfer(TransferCustody c, Item item, Situation s)
    {
        if (item.Custody.Open is not { } open || open.Id != c.IntakeId)
            return Decision.Refuse(Refusal.Of("intake-closed", ("value", c.IntakeId)).At("intakeId"));
        if (!(open.Keeper is { } keeper ? s.Self.Is(keeper) || s.By.IsDeskOf(keeper.Scope) : open.IsAt(s.By)))
            return Decision.Refuse(new Refusal("not-the-holder"));
        if (open.Keeper is { } holder && c.From is { } from && holder != from)
            return Decision.Refuse(new Refusal("not-the-holder") { BlockingEvent = open.Event }.At("from"));
        // A seal that nobody shows may be broken.
        if (open.SealNo is { } seal && seal != c.SealNo)
            return Decision.Refuse(
                Refusal.Of("seal-mismatch", ("value", c.SealNo ?? "–")).At("sealNo") with
                {
                    BlockingEvent = open.Event,
                }
            );
        // The other side signs: whoever shall keep it.
        return !s.Second.Is(c.To)
            ? Decision.Refuse(new Refusal("counter-signature-missing"))
            : Decision.Record(new CustodyTransferred(c.IntakeId, c.From, c.To, c.Place, c.SealNo));
    }
}
