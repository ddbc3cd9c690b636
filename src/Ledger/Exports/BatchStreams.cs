using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>All that a command on a batch, or on an item of one, may know: the batch, its exporter, the items it is
/// about.</summary>
/// <param name="Id">Of the batch.</param>
/// <param name="Lead">Id that the command's own event will have.</param>
/// <param name="Items">Each item of the batch, and one that is about to join it.</param>
sealed record BatchStreams(
    Guid Id,
    Guid Lead,
    Batch? Batch,
    (Guid Stream, Exporter? Exporter) Exporter,
    ImmutableDictionary<Guid, Item?> Items
)
{
    /// <summary>The streams that a batch touches, as far as it has been read.</summary>
    /// <param name="exporter">Of a batch that is about to be drafted.</param>
    public static IEnumerable<Need> Needs(Guid id, string? exporter, StreamsRead read, Situation s)
    {
        yield return Need.Of(id);
        var batch = read.Has(id) ? read.State(id, Exports.Batch.Fold) : null;
        if ((exporter ?? batch?.Drafted.Exporter) is { } code)
            yield return Need.Of(ExporterCommand.StreamOf(code, s.Ids));
        foreach (var said in batch?.Items ?? [])
            yield return Need.Of(said.Item!.Id);
    }

    /// <param name="also">Items that are not in the batch yet.</param>
    public static BatchStreams Of(Guid id, string? exporter, Guid[] also, StreamsRead read, Situation s)
    {
        var batch = id == Guid.Empty ? null : read.State(id, Exports.Batch.Fold);
        var stream = (exporter ?? batch?.Drafted.Exporter) is { } code
            ? ExporterCommand.StreamOf(code, s.Ids)
            : Guid.Empty;
        return new(
            id,
            s.Lead,
            batch,
            (stream, stream == Guid.Empty ? null : read.State(stream, Exports.Exporter.Fold)),
            (batch?.Items.Select(i => i.Item!.Id) ?? [])
                .Concat(also)
                .Distinct()
                .ToImmutableDictionary(item => item, item => read.ItemOf(item).State)
        );
    }
}
