using Ledger.Kernel;

namespace Ledger.Credit;

/// <summary>The kinds of streams of this noun.</summary>
public static class CreditStreams
{
    /// <summary>What one reader has read in one month.</summary>
    public static StreamKind Reading { get; } = new("reading");
}
