using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Where an exporter stands; only an approved one may export.</summary>
public enum ExporterState
{
    /// <summary>Nobody has approved it yet.</summary>
    Filed,
    Approved,
    Suspended,

    /// <summary>Off the register; it may file anew.</summary>
    Removed,
}

/// <summary>An exporter as folded from its stream.</summary>
/// <param name="Batches">Every batch it drafted, oldest first.</param>
public sealed record Exporter(
    ExporterFiled Filed,
    ExporterApproved? Approved,
    ExporterState State,
    ImmutableArray<Guid> Batches,
    long Version
)
{
    public string Code => Filed.Code ?? "";

    /// <summary>Whether it may act as an exporter on a day.</summary>
    public bool IsApprovedOn(DateOnly day) =>
        State is ExporterState.Approved && (Approved?.ValidTo is not { } last || day <= last);

    public static Exporter? Fold(IEnumerable<StoredEvent> history)
    {
        Exporter? exporter = null;
        foreach (var e in history)
            exporter = Evolve(exporter, e);
        return exporter;
    }

    static Exporter? Evolve(Exporter? exporter, StoredEvent e) =>
        (exporter, e.Event) switch
        {
            (_, ExporterFiled filed) => new(filed, null, ExporterState.Filed, exporter?.Batches ?? [], e.Version),
            (null, _) => null,
            (_, ExporterApproved approved) => exporter with
            {
                Approved = approved,
                State = ExporterState.Approved,
                Version = e.Version,
            },
            (_, ExporterSuspended) => exporter with { State = ExporterState.Suspended, Version = e.Version },
            (_, ExporterReinstated) => exporter with { State = ExporterState.Approved, Version = e.Version },
            (_, ExporterRemoved) => exporter with { State = ExporterState.Removed, Version = e.Version },
            (_, LinkedFactNoted { Evt: BatchEvents.Drafted, Stream: { } batch }) => exporter with
            {
                Batches = exporter.Batches.Add(batch.Id),
                Version = e.Version,
            },
            _ => exporter with { Version = e.Version },
        };
}
