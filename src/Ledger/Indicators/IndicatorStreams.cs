using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>The kinds of streams of this noun.</summary>
public static class IndicatorStreams
{
    /// <summary>A figure of the plan in one region.</summary>
    public static StreamKind Indicator { get; } = new("indicator");
}
