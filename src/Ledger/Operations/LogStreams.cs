using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>The kinds of streams of this noun.</summary>
public static class LogStreams
{
    /// <summary>The proof log itself.</summary>
    public static StreamKind Log { get; } = new("log");
}
