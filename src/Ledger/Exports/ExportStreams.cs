using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>The kinds of streams of this noun.</summary>
public static class ExportStreams
{
    /// <summary>Who may export, by its unified social credit code.</summary>
    public static StreamKind Exporter { get; } = new("exporter");

    /// <summary>Goods under one export licence.</summary>
    public static StreamKind Batch { get; } = new("batch");
}
