using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>A command that was decided: what it writes, and on what it rests. All of it is recorded, or
/// nothing.</summary>
/// <param name="Scope">Whose key space: the caller, or of imports the source or market.</param>
/// <param name="Key">Idempotency key or row key; with the scope it fixes the event ids.</param>
/// <param name="Hash">What the command said; another hash under the same key is a reuse.</param>
public sealed record DecidedCommand(string Scope, string Key, CommandHash Hash)
{
    /// <summary>Every stream it read or writes, with its version then; 0: there was none.</summary>
    public required ImmutableArray<Expectation> Expects { get; init; }
    public ImmutableArray<ReservationChange> Reservations { get; init; } = [];
    public required ImmutableArray<Append> Appends { get; init; }

    /// <summary>Identifiers whose text goes into the vault with the event that binds them.</summary>
    public ImmutableArray<Identifier> Texts { get; init; } = [];

    /// <summary>Numbers that its events are about and that only the vault may know: of invoice, declaration,
    /// plate.</summary>
    public ImmutableArray<VaultText> Secrets { get; init; } = [];

    /// <summary>Deeds that parties signed for its act, compact JWS; they go into that leaf.</summary>
    public ImmutableArray<string> Act { get; init; } = [];

    /// <summary>Which of its events is the act: the last one of the stream that it is about.</summary>
    public int Signed { get; init; }
}

/// <summary>A stream that a command rests on, with its version then; 0: there was none.</summary>
public sealed record Expectation(Guid Stream, long Version);

/// <summary>An event that a command writes, and on which stream.</summary>
public sealed record Append(Guid Stream, StreamKind Kind, LedgerEvent Event, Envelope Envelope);

/// <summary>How a command ended.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>Durable now, and in the log: the events stand at <paramref name="FirstIndex"/> and after it.</summary>
    /// <param name="Command">What was recorded.</param>
    /// <param name="Stream">That of its first event: the one the command is about.</param>
    /// <param name="Version">Of that stream.</param>
    /// <param name="Batch">What proves it.</param>
    public sealed record Appended(
        SealedCommand Command,
        Guid Stream,
        long Version,
        DateTimeOffset At,
        ulong FirstIndex,
        CommittedBatch Batch
    ) : WriteOutcome
    {
        public ImmutableArray<Guid> EventIds { get; } = [.. Command.Events.Select(e => e.Id)];
    }

    /// <summary>Durable before, under the same key with the same content.</summary>
    public sealed record Known(ImmutableArray<Guid> EventIds, Guid Stream, long Version) : WriteOutcome
    {
        /// <summary>From what is on record for the ids that a command may have; the first one is there.</summary>
        internal static Known Of(IEnumerable<Guid> ids, IReadOnlyDictionary<Guid, KnownCommand> known)
        {
            var found = ids.Where(known.ContainsKey).ToImmutableArray();
            var stream = known[found[0]].Stream;
            return new(found, stream, found.Select(id => known[id]).Where(k => k.Stream == stream).Max(k => k.Version));
        }
    }

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(Refusal Refusal) : WriteOutcome;

    /// <summary>Nothing was written: what it rests on has moved; it is decided once again.</summary>
    public sealed record Stale : WriteOutcome;

    /// <summary>It may have been written, at most once; the same key settles it.</summary>
    public sealed record Unknown : WriteOutcome;
}
