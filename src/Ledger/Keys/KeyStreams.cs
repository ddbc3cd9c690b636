using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>The kinds of streams of this noun.</summary>
public static class KeyStreams
{
    /// <summary>The keys of one party, and nothing else (proof.md §6).</summary>
    public static StreamKind Keys { get; } = new("keychain");
}
