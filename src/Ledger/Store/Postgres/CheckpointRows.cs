using Ledger.Proof;
using Ledger.Store.Publishing;
using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>Published checkpoints: the first note of each size.</summary>
sealed class CheckpointRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    /// <summary>The newest, where it is larger than a size.</summary>
    public async Task<PublishedCheckpoint?> NewerThanAsync(ulong size, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root, note, published_at from proof.checkpoint where size > $1 order by size desc limit 1"
        );
        return await OneAsync(command, size, stop);
    }

    /// <summary>The smallest that covers a leaf.</summary>
    public async Task<PublishedCheckpoint?> CoveringAsync(ulong index, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root, note, published_at from proof.checkpoint where size > $1 order by size limit 1"
        );
        return await OneAsync(command, index, stop);
    }

    static async Task<PublishedCheckpoint?> OneAsync(NpgsqlCommand command, ulong behind, CancellationToken stop)
    {
        command.Parameters.AddWithValue((long)behind);
        var found = await command.ListAsync(
            row => new PublishedCheckpoint(
                (ulong)row.GetInt64(0),
                Hash.Read(row.GetFieldValue<byte[]>(1)),
                row.GetString(2),
                row.GetFieldValue<DateTimeOffset>(3)
            ),
            stop
        );
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Size and root of the newest; the empty log's before the first.</summary>
    public async Task<(ulong Size, Hash Root)> NewestTreeAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select size, root from proof.checkpoint order by size desc limit 1"
        );
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? ((ulong)rows.GetInt64(0), Hash.Read(rows.GetFieldValue<byte[]>(1)))
            : (0, Merkle.EmptyRoot);
    }

    /// <summary>Records a checkpoint where there is none of its size.</summary>
    public async Task AddAsync(PublishedCheckpoint checkpoint, CancellationToken stop)
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
}
