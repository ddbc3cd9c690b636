using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>An incident reaches back to what was attested: suspended while it is open, settled when it ends.</summary>
static class IncidentReach
{
    public static Decision Decide(SuspendWipe c, Item item) =>
        item.Data.Of(c.AttestationId) is not { } attestation ? Unknown(c.AttestationId)
        : attestation.State is AttestationState.Attested or AttestationState.Verified
            ? Decision.Record(new WipeSuspended(c.IncidentId, c.AttestationId, c.Reason))
        : WrongState(attestation);

    public static Decision Decide(SettleWipe c, Item item) =>
        item.Data.Of(c.AttestationId) is not { } attestation ? Unknown(c.AttestationId)
        : attestation.State is not AttestationState.Suspended ? WrongState(attestation)
        : attestation.SuspendedBy != c.IncidentId
            ? Decision.Refuse(
                Refusal.Of("not-in-scope", ("value", c.AttestationId)) with
                {
                    BlockingEvent = attestation.Event,
                }
            )
        : c.Outcome is IncidentOutcome.Unfounded
            ? Decision.Record(new WipeReinstated(c.IncidentId, c.AttestationId, c.Reason))
        : Decision.Record(new WipeRevoked(c.IncidentId, c.AttestationId, c.Reason));

    internal static Decision Unknown(Guid attestation) =>
        Decision.Refuse(Refusal.Of("attestation-not-found", ("value", attestation)).At("attestationId"));

    internal static Decision WrongState(Attestation attestation) =>
        Decision.Refuse(
            new Refusal("wrong-state")
            {
                CurrentState = WireWords.Of(attestation.State),
                BlockingEvent = attestation.Event,
            }
        );
}
