using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger;

/// <summary>What is known beside the events when the steps of reservations are told from them again.</summary>
/// <param name="OperatorKeys">Stream of the operator's keys: the first one was registered before anybody could ask for
/// it, and has no row.</param>
/// <param name="NumberOf">The number that an event has in the vault, e.g. of its invoice; null: it has none.</param>
public sealed record StepSource(Handles Handles, Guid OperatorKeys, Func<Guid, string?> NumberOf)
{
    public ReservationStep Step(ReservationKey key, ReservationEffect effect, string value = "") =>
        ReservationStep.Of(Handles, key, effect, value);
}

/// <summary>What the events on a noun's own streams did to reservations.</summary>
/// <param name="On">The kinds of streams that have such events.</param>
/// <param name="Of">From an event and those before it on its stream, which only a few events ask for.</param>
public sealed record StreamSteps(
    ImmutableArray<StreamKind> On,
    Func<StepSource, StoredEvent, IEnumerable<StoredEvent>, IEnumerable<ReservationStep>> Of
);
