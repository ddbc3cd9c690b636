using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Arrivals and moves. A thing is at one place: who takes it in while it stands elsewhere is told
/// where.</summary>
static class CustodyDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<CustodyCommand>((c, history, s) => Decide(c, history.State!, s));

    static Decision Decide(CustodyCommand command, Item item, Situation s) =>
        command switch
        {
            ReceiveItem c => Receive(c, item),
            TransferCustody c => Transfer(c, item, s),
            _ => throw new UnknownCommandException(command),
        };

    static Decision Receive(ReceiveItem c, Item item) =>
        item.Custody.Open is { } open
            ? Decision.Refuse(
                Refusal.Of("custody-held-elsewhere", ("site", open.Site), ("place", open.Place)) with
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
        if (open.Keeper is { } keeper && c.From is { } from && keeper != from)
            return Decision.Refuse(new Refusal("not-the-holder") { BlockingEvent = open.Event }.At("from"));
        if (open.SealNo is { } seal && c.SealNo is { } shown && seal != shown)
            return Decision.Refuse(
                Refusal.Of("seal-mismatch", ("value", shown)).At("sealNo") with
                {
                    BlockingEvent = open.Event,
                }
            );
        return s.By.SecondActor is null
            ? Decision.Refuse(new Refusal("counter-signature-missing"))
            : Decision.Record(new CustodyTransferred(c.IntakeId, c.From, c.To, c.Place, c.SealNo));
    }
}
