using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>
/// The write log: where events become durable, in one order without holes. Entry i is leaf i of the proof. An append is
/// there as a whole or not at all, and it is made at the head that its writer has judged its commands on (ADR 0010).
/// The lane knows no other store; what else is read comes from the tables in PostgreSQL that follow the log.
/// </summary>
/// <remarks>A call that cannot be answered throws a <see cref="System.Data.Common.DbException"/>, an
/// <see cref="IOException"/> or a <see cref="TimeoutException"/>; but for <see cref="IWriteTurn.AppendAsync"/> that
/// means that nothing was written.</remarks>
public interface IWriteLog
{
    /// <summary>The newest head.</summary>
    Task<Head> HeadAsync(CancellationToken stop);

    /// <summary>Begins an append: reads what these commands are judged on, all of it as of the newest head. A store
    /// that locks lets one turn begin after the other has ended; another one lets several begin, of which one
    /// appends.</summary>
    Task<IWriteTurn> BeginAsync(IReadOnlyList<SealedCommand> commands, CancellationToken stop);

    /// <summary>Entries from an index on, in their order; fewer than asked for only at the end of the log.</summary>
    Task<IReadOnlyList<LogEntry>> ReadAsync(ulong from, int most, CancellationToken stop);

    /// <summary>Which of these events are on record, once every append that was begun before has ended: an event that
    /// is absent was not written by any of them and never will be. Waits for an append whose commit hangs.</summary>
    Task<Dictionary<Guid, KnownCommand>> OutcomeAsync(IReadOnlyCollection<Guid> eventIds, CancellationToken stop);
}

/// <summary>One append under way. Disposing it ends it, and never throws.</summary>
public interface IWriteTurn : IAsyncDisposable
{
    /// <summary>What the commands are judged on; the judge writes into it what the batch will change.</summary>
    StateAtHead State { get; }

    /// <summary>Appends once. It takes no token and has no time limit: a cancelled commit says nothing about its
    /// outcome.</summary>
    /// <exception cref="NotWrittenException">Nothing was written: the store lacks the means at the moment.</exception>
    /// <exception cref="OutcomeUnknownException">It may be written, now or later, until
    /// <see cref="IWriteLog.OutcomeAsync"/> has answered.</exception>
    Task<AppendResult> AppendAsync(LogBatch batch);
}

/// <summary>How an append ended that was answered.</summary>
public enum AppendResult
{
    /// <summary>Durable, at the indices behind the head it was made at.</summary>
    Appended,

    /// <summary>Nothing was written: the head is no longer the expected one.</summary>
    HeadMoved,

    /// <summary>Nothing was written: the store does not take one of the events. Reads should have found it, so it is a
    /// bug; the commands are tried one by one.</summary>
    Rejected,
}

/// <summary>An append that the store had no means for at the moment; nothing was written.</summary>
public sealed class NotWrittenException(string why, Exception? cause = null) : IOException(why, cause);

/// <summary>An append whose answer was lost: it may have been written.</summary>
public sealed class OutcomeUnknownException(string why, Exception? cause = null) : IOException(why, cause);

/// <summary>The log at one size: what a checkpoint is signed for.</summary>
/// <param name="Seq">Number that the store gave the last event it covers.</param>
/// <param name="Mac">The log's mark (<see cref="LogIdentity.Mac"/>).</param>
public sealed record Head(ulong Size, Hash Root, long Seq, byte[] Mac)
{
    /// <summary>Whether another head is of the same tree.</summary>
    public bool IsSameTree(Head other) => (Size, Root) == (other.Size, other.Root);
}

/// <summary>A command on record: where its event stands and what the command said.</summary>
/// <param name="Hash">On the first event of a command; null on the others.</param>
public sealed record KnownCommand(Guid Stream, long Version, CommandHash? Hash, ulong Index);

/// <summary>All that a batch is judged on, as it stands at a head.</summary>
public sealed class StateAtHead(Head head)
{
    /// <summary>The newest; a log has one from its creation.</summary>
    public Head Head => head;

    /// <summary>Events of the commands that are on record already.</summary>
    public Dictionary<Guid, KnownCommand> Known { get; } = [];

    /// <summary>Version and newest leaf of each stream that a command expects something of; a new one is
    /// absent.</summary>
    public Dictionary<Guid, (long N, Hash Hash)> Streams { get; } = [];

    /// <summary>Reservations that are taken.</summary>
    public Dictionary<ReservationKey, string> Reservations { get; } = [];

    /// <summary>Whose blind index rows the new subjects' are.</summary>
    public Dictionary<(string Kind, Hash Mac), Guid> Blind { get; } = [];

    /// <summary>Subjects on record, and whether they are live.</summary>
    public Dictionary<Guid, bool> Subjects { get; } = [];
}

/// <summary>An event to be appended.</summary>
/// <param name="Command">What its command said, on the first event of a command; null on the others.</param>
public readonly record struct NewEntry(SealedEvent Event, CommandHash? Command);

/// <summary>A stream that a batch begins.</summary>
/// <param name="Version">After the batch.</param>
public readonly record struct NewStream(Guid Id, StreamKind Kind, long Version);

/// <summary>What one append adds: entries, and what follows from them in the tables beside the log.</summary>
/// <param name="Expected">The head it is made at.</param>
/// <param name="Root">Of the tree with the new leaves.</param>
/// <param name="Tiles">Full ones that the new leaves fill.</param>
/// <param name="Reservations">Those that change; null: given back.</param>
public sealed record LogBatch(
    Head Expected,
    Hash Root,
    DateTimeOffset At,
    IReadOnlyList<NewEntry> Entries,
    IReadOnlyList<FilledTile> Tiles,
    IReadOnlyList<NewStream> Streams,
    IReadOnlyDictionary<ReservationKey, string?> Reservations,
    IReadOnlyCollection<SubjectRow> Subjects
)
{
    /// <summary>Leaves of the log with it.</summary>
    public ulong Size => Expected.Size + (ulong)Entries.Count;
}

/// <summary>An entry as it was appended.</summary>
/// <param name="Command">What its command said, on the first event of a command; null on the others.</param>
/// <param name="Leaf">The exact bytes of the signed JWT.</param>
public sealed record LogEntry(ulong Index, StoredEvent Event, CommandHash? Command, byte[] Leaf, Hash LeafHash);
