using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>An incident as folded from its stream.</summary>
/// <param name="Outcome">Null while it is open.</param>
public sealed record Incident(RecoveryIncidentReported Reported, IncidentOutcome? Outcome, long Version)
{
    public Guid Id => Reported.IncidentId ?? default;

    public static Incident? Fold(IEnumerable<StoredEvent> history)
    {
        Incident? incident = null;
        foreach (var e in history)
            incident = e.Event switch
            {
                RecoveryIncidentReported reported when incident is null => new(reported, null, e.Version),
                IncidentClosed closed when incident is not null => incident with
                {
                    Outcome = closed.Outcome ?? IncidentOutcome.Unfounded,
                    Version = e.Version,
                },
                _ => incident,
            };
        return incident;
    }
}
