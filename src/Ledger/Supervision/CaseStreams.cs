using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>The kinds of streams of this noun.</summary>
public static class CaseStreams
{
    /// <summary>A suspicion, or a case of an authority.</summary>
    public static StreamKind Case { get; } = new("case");
}
