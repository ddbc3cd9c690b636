using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Reservations;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>
/// The one door through which anything is written, and what a caller reads before it decides. A batch of decided
/// commands is sealed here and handed to the lane; a command that does not fit leaves, its neighbours are not
/// disturbed.
/// </summary>
public sealed class WriteDoor(LedgerDatabase database, CommitLane lane, PersonalVault vault, LogState state)
{
    readonly Sealer sealer = new(database.Keys);
    readonly ReservationReads reservations = new(database, state);
    readonly LeafRows leaves = new(database);

    public PersonalVault Vault => vault;

    /// <summary>Seals and writes what fits; answers one outcome per command, in their order.</summary>
    /// <param name="tips">The chains as they stood when the commands were decided.</param>
    /// <param name="subjects">The book their parties were mapped with.</param>
    /// <param name="patient">Wait for room in a full lane instead of being refused: imports do.</param>
    public async Task<ImmutableArray<WriteOutcome>> WriteAsync(
        IReadOnlyList<DecidedCommand> batch,
        StreamHeads tips,
        SubjectCache subjects,
        bool patient,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await vault.AddAsync(subjects, [], Named(batch), stop);
        var sealings = batch.Select(c => Seal(c, tips, subjects, now)).ToList();
        var outcomes = await lane.WriteAsync(
            [.. sealings.Select(s => s.Command).OfType<SealedCommand>()],
            patient,
            stop
        );
        var next = 0;
        return
        [
            .. sealings.Select(s => s.Refusal is { } refusal ? new WriteOutcome.Refused(refusal) : outcomes[next++]),
        ];
    }

    /// <summary>Seals without writing: a deed is held against the very leaf that will be logged.</summary>
    internal async Task<Sealing> SealAsync(
        DecidedCommand command,
        StreamHeads tips,
        SubjectCache subjects,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await vault.AddAsync(subjects, [], Named([command]), stop);
        return Seal(command, tips, subjects, now);
    }

    Sealing Seal(DecidedCommand command, StreamHeads tips, SubjectCache subjects, DateTimeOffset now)
    {
        try
        {
            return new(sealer.Seal(command, tips, subjects, now), null);
        }
        catch (LeafTooLongException error)
        {
            return new(null, Refusal.Of("event-too-long", ("bytes", error.Length), ("most", Leaf.Longest)));
        }
        // Signed, it would end the log: nobody could read it on.
        catch (LeafFlawException error)
        {
            return new(null, Refusal.Of("event-not-provable", ("flaw", error.Flaw)));
        }
    }

    /// <summary>Writes what <see cref="SealAsync"/> sealed.</summary>
    internal async Task<WriteOutcome> WriteAsync(SealedCommand command, CancellationToken stop) =>
        (await lane.WriteAsync([command], patient: false, stop))[0];

    /// <summary>Puts the new subjects of a prepared command on record.</summary>
    internal Task<bool> KeepAsync(SealedCommand command, DateTimeOffset at, CancellationToken stop) =>
        KeptSubjects.KeepAsync(database, command.Subjects, at, stop);

    /// <summary>Subjects that are on record and that the batch will disclose something of.</summary>
    static IEnumerable<Guid> Named(IEnumerable<DecidedCommand> batch) =>
        batch.SelectMany(c =>
            c.Appends.SelectMany(a => EventLeaf.Parties(a.Event))
                .Select(p => p.Party.Subject)
                .OfType<Guid>()
                .Concat(c.Texts.IsEmpty && c.Secrets.IsEmpty ? [] : c.Appends.Select(a => a.Stream))
        );

    /// <summary>What is on record for these event ids; used before deciding, so that a repeat is answered as it
    /// was.</summary>
    public Task<Dictionary<Guid, KnownCommand>> KnownAsync(IEnumerable<Guid> firstIds, CancellationToken stop) =>
        leaves.KnownAsync([.. firstIds], stop);

    /// <summary>Values of reservations; a reservation without a row is absent.</summary>
    /// <exception cref="BrokenLogException">A row contradicts what was recorded; the node is forked.</exception>
    public Task<ImmutableDictionary<ReservationKey, string>> ReservationsAsync(
        IEnumerable<ReservationKey> keys,
        CancellationToken stop
    ) => reservations.OfAsync([.. keys], stop);

    /// <summary>Nothing may rest on reservations any more of which one is proved wrong.</summary>
    /// <param name="what">What was found, as a sentence.</param>
    internal BrokenLogException Contradicted(string what) => reservations.Contradicted(what);
}

/// <summary>A command with its signed leaves, or why it cannot have any.</summary>
readonly record struct Sealing(SealedCommand? Command, Refusal? Refusal);
