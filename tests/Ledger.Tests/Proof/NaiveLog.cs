using System.Globalization;
using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>A log in memory: leaf i is the decimal text of i.</summary>
sealed class NaiveLog
{
    readonly Hash[] leaves;
    readonly Dictionary<TileId, Tile> tiles = [];

    public NaiveLog(int size)
    {
        leaves =
        [
            .. Enumerable
                .Range(0, size)
                .Select(i => Merkle.LeafHash(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)))),
        ];
        var level = leaves;
        for (var l = 0; level.Length > 0; l++)
        {
            for (var n = 0; n * Tile.Width < level.Length; n++)
            {
                var tile = tiles[new(l, (ulong)n)] = new();
                for (var p = 0; p < Tile.Width && n * Tile.Width + p < level.Length; p++)
                    tile.Put(p, level[n * Tile.Width + p]);
            }
            level = [.. Enumerable.Range(0, level.Length / Tile.Width).Select(n => TileAt(new(l, (ulong)n)).Root)];
        }
    }

    public Hash Leaf(ulong i) => leaves[i];

    public ReadOnlySpan<Hash> Leaves(int size) => leaves.AsSpan(0, size);

    public Tile TileAt(TileId id) => tiles[id];

    public Hash RootAt(ulong size) => Resolve(ProofPlan.Root(size))[0];

    public RightEdge EdgeAt(ulong size) =>
        RightEdge.Load(size, id => Tile.Of(TileAt(id).Bytes(RightEdge.WidthAt(size, id.Level))));

    public Hash[] Resolve(ProofPlan plan) => plan.Resolve(TileAt);
}
