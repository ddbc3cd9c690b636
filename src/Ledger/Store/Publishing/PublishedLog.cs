using Ledger.Proof;
using Npgsql;

namespace Ledger.Store.Publishing;

/// <summary>A checkpoint under which a quorum of the policy stands.</summary>
/// <param name="Note">With the lines of its witnesses.</param>
/// <param name="At">When it was cosigned.</param>
public sealed record PublishedCheckpoint(ulong Size, Hash Root, string Note, DateTimeOffset At);

/// <summary>What this node serves as <c>/checkpoint</c>. The first note of each size is a row; the served one may be a
/// fresher note of the same size, which lives in memory and in the file.</summary>
public sealed class PublishedLog(NpgsqlDataSource source, LogFiles files)
{
    volatile PublishedCheckpoint? served;

    /// <summary>Null before the first.</summary>
    public PublishedCheckpoint? Served => served;

    /// <summary>Leaves that a published checkpoint covers.</summary>
    public ulong Size => served?.Size ?? 0;

    public LogFiles Files => files;

    /// <summary>Takes over what another node, or this one before its restart, has published.</summary>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root, note, published_at from proof.checkpoint where size > $1 order by size desc limit 1"
        );
        command.Parameters.AddWithValue((long)Size);
        await using var rows = await command.ExecuteReaderAsync(stop);
        if (!await rows.ReadAsync(stop))
            return;
        var found = Read(rows);
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
        {
            await using var command = source.CreateCommand(
                "insert into proof.checkpoint (size, root, note, published_at) values ($1, $2, $3, $4) on conflict do nothing"
            );
            command.Parameters.AddWithValue((long)checkpoint.Size);
            command.Parameters.AddWithValue(checkpoint.Root.ToArray());
            command.Parameters.AddWithValue(checkpoint.Note);
            command.Parameters.AddWithValue(checkpoint.At);
            await command.ExecuteNonQueryAsync(stop);
        }
        served = checkpoint;
    }

    /// <summary>The smallest published checkpoint that covers a leaf: the same one every time it is asked
    /// for.</summary>
    /// <returns>Null where none covers it yet.</returns>
    public async Task<PublishedCheckpoint?> CoveringAsync(ulong index, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root, note, published_at from proof.checkpoint where size > $1 order by size limit 1"
        );
        command.Parameters.AddWithValue((long)index);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? Read(rows) : null;
    }

    static PublishedCheckpoint Read(NpgsqlDataReader row) =>
        new(
            (ulong)row.GetInt64(0),
            Hash.Read(row.GetFieldValue<byte[]>(1)),
            row.GetString(2),
            row.GetFieldValue<DateTimeOffset>(3)
        );
}
