using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>The kinds of streams of this noun.</summary>
public static class GoodsStreams
{
    /// <summary>One thing from its registration to its end.</summary>
    public static StreamKind Item { get; } = new("item") { IsMany = true };
}
