using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Vault;

namespace Ledger.Pipeline;

/// <summary>What was decided and is not written: of one batch until it is written, of a dry run to its end. Its memory
/// grows with what it holds.</summary>
public sealed class Unwritten(Handles handles)
{
    readonly Dictionary<Guid, List<StoredEvent>> streams = [];
    readonly Dictionary<ReservationKey, string?> reservations = [];
    readonly Dictionary<Guid, CommandHash> known = [];

    /// <summary>Parties that were named: those that are new keep one id; null before the first are.</summary>
    internal SubjectCache? Subjects { get; set; }

    internal IReadOnlyList<StoredEvent> Of(Guid stream) => streams.GetValueOrDefault(stream) ?? [];

    internal bool TryGet(ReservationKey key, out string? value) => reservations.TryGetValue(key, out value);

    /// <summary>What a command said whose first event would have this id; null: none would.</summary>
    internal CommandHash? Known(Guid first) => known.TryGetValue(first, out var hash) ? hash : null;

    /// <summary>The events that a command will write.</summary>
    internal IReadOnlyList<StoredEvent> Take(DecidedCommand command, DateTimeOffset now)
    {
        known[handles.EventId(command.Scope, command.Key, 0)] = command.Hash;
        foreach (var reservation in command.Reservations)
            reservations[reservation.Key] = reservation.New;
        var versions = command.Expects.ToDictionary(e => e.Stream, e => e.Version);
        var events = new List<StoredEvent>(command.Appends.Length);
        foreach (var (i, append) in command.Appends.Index())
        {
            var e = new StoredEvent(
                handles.EventId(command.Scope, command.Key, i),
                append.Stream,
                ++versions[append.Stream],
                now,
                append.Event,
                append.Envelope
            )
            {
                Type = EventCatalog.Of(append.Event).WireName,
            };
            if (!streams.TryGetValue(append.Stream, out var list))
                streams[append.Stream] = list = [];
            list.Add(e);
            events.Add(e);
        }
        return events;
    }
}
