using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>The kinds of streams of this noun.</summary>
public static class WipeStreams
{
    /// <summary>Data was recovered from something that had been wiped.</summary>
    public static StreamKind Incident { get; } = new("incident");
}
