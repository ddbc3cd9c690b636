using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store.Publishing;

/// <summary>A checkpoint under which a quorum of the policy stands.</summary>
/// <param name="Note">With the lines of its witnesses.</param>
/// <param name="At">When it was cosigned.</param>
public sealed record PublishedCheckpoint(ulong Size, Hash Root, string Note, DateTimeOffset At);

/// <summary>What this node serves as <c>/checkpoint</c>. The first note of each size is a row; the served one may be a
/// fresher note of the same size, which lives in memory and in the file.</summary>
public sealed class PublishedLog(LedgerDatabase database, LogFiles files)
{
    readonly CheckpointRows checkpoints = new(database);
    volatile PublishedCheckpoint? served;

    /// <summary>Null before the first.</summary>
    public PublishedCheckpoint? Served => served;

    /// <summary>Leaves that a published checkpoint covers.</summary>
    public ulong Size => served?.Size ?? 0;

    public LogFiles Files => files;

    /// <summary>Takes over what another node, or this one before its restart, has published.</summary>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        if (await checkpoints.NewerThanAsync(Size, stop) is not { } found)
            return;
        var kept = served is null ? files.Checkpoint() : null;
        // The file's note of the same tree is the same one or a fresher one.
        served =
            kept is var (checkpoint, note) && checkpoint.Size == found.Size && checkpoint.Root == found.Root
                ? found with
                {
                    Note = note,
                }
                : found;
    }

    /// <summary>Records the first note of a size, and serves it; a later note of that size is only served.</summary>
    public async Task PublishAsync(PublishedCheckpoint checkpoint, CancellationToken stop)
    {
        if (checkpoint.Size > Size || served is null)
            await checkpoints.AddAsync(checkpoint, stop);
        served = checkpoint;
    }

    /// <summary>The smallest published checkpoint that covers a leaf: the same one every time it is asked
    /// for.</summary>
    /// <returns>Null where none covers it yet.</returns>
    public Task<PublishedCheckpoint?> CoveringAsync(ulong index, CancellationToken stop) =>
        checkpoints.CoveringAsync(index, stop);
}
