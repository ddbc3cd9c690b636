using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>Keys that parties and the operator sign with, and what they sign.</summary>
static class KeysModule
{
    public static Module Module { get; } =
        new("Keys")
        {
            Streams = [KeyStreams.Keys],
            Events = KeyEvents.All,
            Permits = KeysPermits.All,
            Commands = [KeyDecider.Commands],
            Refusals = KeyRefusals.All,
            Reservations = [new("key")],
            Steps = new([KeyStreams.Keys], Steps),
            Times =
            [
                ActTimeLine.Ahead<KeyRegistered>(e => e.From),
                ActTimeLine.Ahead<KeyRegistered>(e => e.To),
                ActTimeLine.Happened<KeyRevoked>(e => e.CompromisedSince),
            ],
        };

    static IEnumerable<ReservationStep> Steps(StepSource source, StoredEvent e, IEnumerable<StoredEvent> before) =>
        e.Event is KeyRegistered key && (e.StreamId != source.OperatorKeys || e.Version > 1)
            ? [source.Step(KeyDecider.Reservation(key.Thumbprint), ReservationEffect.Take, $"{e.StreamId}")]
            : [];
}
