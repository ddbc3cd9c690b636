using Ledger.Operations;
using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store.Mapping;

/// <summary>A head map as its leaf says it (proof.md §7): what stored rows of the map are held against before anything
/// rests on them.</summary>
/// <param name="TreeSize">It covers the leaves before this one.</param>
/// <param name="MapSize">Entries in it.</param>
/// <param name="Index">Its own leaf.</param>
public sealed record LoggedMap(long TreeSize, long MapSize, Hash Root, ulong Index)
{
    internal static string WireName { get; } = EventCatalog.OfType(typeof(HeadMapped))!.WireName;

    /// <summary>The log's own stream, in which the maps stand.</summary>
    public static Guid StreamIn(LedgerDatabase database) => LogCommand.MapsOf(database.Handles, database.Log.Origin);

    /// <returns>Null where the leaf tells of no head map.</returns>
    public static LoggedMap? Of(Leaf leaf, ulong index) =>
        leaf.Claims.Evt == WireName
        && leaf.Said.TryGetProperty("treeSize", out var treeSize)
        && leaf.Said.TryGetProperty("mapSize", out var mapSize)
        && treeSize.Integer() is { } tree
        && mapSize.Integer() is { } size
        && leaf.Said.Hash("mapRoot") is { } root
            ? new(tree, size, root, index)
            : null;
}
