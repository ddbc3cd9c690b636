using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>The kinds of streams of this noun.</summary>
public static class MarketStreams
{
    /// <summary>A second-hand market and who stands at its desks.</summary>
    public static StreamKind Market { get; } = new("market");

    /// <summary>A registration station (登记服务站).</summary>
    public static StreamKind Station { get; } = new("station");
}
