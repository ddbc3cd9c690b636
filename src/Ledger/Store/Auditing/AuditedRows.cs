using Ledger.Proof;

namespace Ledger.Store.Auditing;

/// <summary>A row of <c>proof.leaf</c> with what stands beside it elsewhere.</summary>
/// <param name="Before">The leaf of the version before it in its stream, where there is one.</param>
/// <param name="StreamType">Of the stream's row, read with the first leaf of a stream only.</param>
sealed record StoredLeaf(
    ulong Index,
    Guid EventId,
    Guid Stream,
    long N,
    byte[] Body,
    Hash Hash,
    (ulong Index, Hash Hash)? Before,
    StoredEventRow? Event,
    string? StreamType
);

/// <summary>Marten's row at a leaf's stream and version.</summary>
sealed record StoredEventRow(
    long Seq,
    Guid Id,
    string Type,
    string? DotnetType,
    string Data,
    string? Headers,
    string? Correlation,
    bool IsArchived,
    DateTimeOffset At
);

/// <summary>A row of <c>proof.head</c>.</summary>
sealed record StoredHead(ulong Size, ulong? Prev, Hash Root, long Seq, byte[] Mac, DateTimeOffset At);

/// <summary>A row of <c>proof.checkpoint</c>.</summary>
sealed record StoredCheckpoint(ulong Size, byte[] Root, string Note);

/// <summary>A row of <c>mt_streams</c> beside the newest leaf of the stream.</summary>
/// <param name="N">Of the newest leaf; 0: there is none.</param>
/// <param name="Waits">Its version lacks only what the rows' follower has not come to yet.</param>
sealed record StoredStream(Guid Id, long Version, long N, ulong? Leaf, bool Waits);

/// <summary>A row of <c>mt_events</c>, and whether it has a leaf.</summary>
sealed record LeafOfEvent(long Seq, Guid Id, Guid Stream, long Version, bool HasLeaf);

/// <summary>A full tile as it is stored.</summary>
sealed record StoredTile(byte[] Hashes, Hash Root);

/// <summary>All that is stored of a stretch of the log that begins at a multiple of 256.</summary>
/// <param name="Heads">By size; the first behind the stretch too, which covers its last leaves.</param>
sealed record AuditPage(
    ulong First,
    ulong End,
    Dictionary<ulong, StoredLeaf> Leaves,
    Dictionary<ulong, StoredTile> Tiles,
    SortedDictionary<ulong, StoredHead> Heads,
    Dictionary<ulong, StoredCheckpoint> Checkpoints
)
{
    /// <summary>The stored full tile over a leaf's position, and the leaf's hash in it.</summary>
    public Hash? InTile(ulong index) =>
        Tiles.TryGetValue(index / Tile.Width, out var tile)
            ? Hash.Read(tile.Hashes.AsSpan((int)(index % Tile.Width) * Hash.Size, Hash.Size))
            : null;

    /// <summary>The smallest head that covers a leaf.</summary>
    public StoredHead? Covering(ulong index)
    {
        foreach (var (size, head) in Heads)
            if (size > index)
                return head;
        return null;
    }
}

/// <summary>A place in the log with what was made of its row.</summary>
/// <param name="Row">Null where it is missing.</param>
/// <param name="Hash">What the tree is built of: its bytes' hash; where the row contradicts itself or is missing, what
/// the tile over it says.</param>
/// <param name="Leaf">Null where its bytes are no leaf; <paramref name="Fault"/> says why.</param>
sealed record AuditedLeaf(ulong Index, StoredLeaf? Row, Hash Hash, Leaf? Leaf, LeafFault Fault);
