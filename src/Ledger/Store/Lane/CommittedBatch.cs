using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>
/// What proves the events of one committed batch: the checkpoint of the size it made, and the edge from which the
/// inclusion proof of each of its leaves is taken when somebody asks.
/// </summary>
public sealed class CommittedBatch
{
    readonly RightEdge edge;
    readonly Dictionary<TileId, Tile> filled;

    internal CommittedBatch(string checkpoint, RightEdge edge, IEnumerable<FilledTile> tiles)
    {
        (Checkpoint, this.edge) = (checkpoint, edge);
        filled = tiles.ToDictionary(t => t.Id, t => t.Tile);
    }

    /// <summary>The signed checkpoint that covers the batch: a note, not yet witnessed by others.</summary>
    public string Checkpoint { get; }

    public ulong Size => edge.Size;

    /// <summary>All siblings of a new leaf lie in the right edge, or in a tile that the batch filled (proof.md
    /// §4).</summary>
    public Hash[] Inclusion(ulong index) =>
        ProofPlan
            .Inclusion(index, edge.Size)
            .Resolve(id => edge.On(id) ?? filled.GetValueOrDefault(id) ?? throw new BrokenLogException($"Tile {id}."));
}
