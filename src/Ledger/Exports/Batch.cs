using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Where an export batch stands (domain.md §3.2).</summary>
public enum BatchState
{
    /// <summary>Items may be added and removed.</summary>
    Drafted,

    /// <summary>The exporter has applied for its licence.</summary>
    Applied,
    Licensed,

    /// <summary>Declared to customs: its items leave.</summary>
    Declared,

    /// <summary>The last item has left; the licence is used up.</summary>
    Consumed,
}

/// <summary>An export batch as folded from its stream.</summary>
/// <param name="Items">What is in it, in the order it was added.</param>
/// <param name="Licence">Null before it is granted, and again after it was returned.</param>
public sealed record Batch(
    BatchDrafted Drafted,
    BatchState State,
    ImmutableArray<BatchItemAdded> Items,
    ExportLicenceApplied? Application,
    ExportLicenceGranted? Licence,
    long Version
)
{
    /// <summary>Those that have left the country with it, also where one came back.</summary>
    public ImmutableHashSet<Guid> Left { get; init; } = [];

    public Guid Id => Drafted.Batch?.Id ?? default;

    public BatchItemAdded? Of(Guid item) => Items.FirstOrDefault(i => i.Item?.Id == item);

    public static Batch? Fold(IEnumerable<StoredEvent> history)
    {
        Batch? batch = null;
        foreach (var e in history)
            batch = Evolve(batch, e.Event) is { } after ? after with { Version = e.Version } : null;
        return batch;
    }

    static Batch? Evolve(Batch? batch, LedgerEvent e) =>
        (batch, e) switch
        {
            (null, BatchDrafted drafted) => new(drafted, BatchState.Drafted, [], null, null, 0),
            (null, _) => null,
            (_, BatchItemAdded added) => batch with { Items = batch.Items.Add(added) },
            (_, LinkedFactNoted { Evt: BatchEvents.Exported, Stream: { } item }) => batch with
            {
                Left = batch.Left.Add(item.Id),
            },
            (_, BatchItemRemoved { Item: { } item }) => batch with
            {
                Items = batch.Items.RemoveAll(i => i.Item == item),
            },
            (_, ExportLicenceApplied applied) => batch with { State = BatchState.Applied, Application = applied },
            (_, ExportLicenceRefused) => batch with { State = BatchState.Drafted },
            (_, ExportLicenceGranted granted) => batch with { State = BatchState.Licensed, Licence = granted },
            (_, ExportLicenceReturned) => batch with { State = BatchState.Drafted, Licence = null },
            (_, CustomsDeclared) => batch with { State = BatchState.Declared },
            (_, CustomsDeclarationWithdrawn) => batch with { State = BatchState.Licensed },
            (_, ExportLicenceConsumed) => batch with { State = BatchState.Consumed },
            _ => batch,
        };
}
