using Ledger.DataWipe;
using Ledger.Kernel;

namespace Ledger.Store;

/// <summary>Incidents of recovered data: reported and closed, each on a stream of its own.</summary>
public sealed class IncidentDesk(EventReader reader, WriteDoor door, StreamDesk streams)
{
    public Task<Answer> ReportAsync(RecoveryIncidentReported e, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Incident,
            e.IncidentId!.Value,
            order,
            async (_, _) => IncidentDecider.Report(e, await door.GuardsAsync(IncidentDecider.Tools(e), stop)),
            stop
        );

    public Task<Answer> CloseAsync(IncidentClosed e, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Incident,
            e.IncidentId!.Value,
            order,
            async (history, _) =>
                Incident.Fold(history) is { } incident
                    ? IncidentDecider.Close(
                        e,
                        incident,
                        await door.GuardsAsync(IncidentDecider.Holders(incident.Reported), stop)
                    )
                    : Decision.Refuse(Refusal.Of("incident-unknown", ("value", e.IncidentId))),
            stop
        );

    public async Task<Incident?> FindAsync(Guid incident, CancellationToken stop) =>
        Incident.Fold(await reader.StreamAsync(incident, stop));

    /// <summary>Every incident there is.</summary>
    public Task<List<Incident>> AllAsync(CancellationToken stop) => reader.AllAsync(Noun.Incident, Incident.Fold, stop);
}
