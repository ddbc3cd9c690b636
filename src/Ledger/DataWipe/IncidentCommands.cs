using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>The closed union of what can be recorded of an incident of recovered data.</summary>
/// <param name="Incident">Its stream.</param>
public abstract record IncidentCommand(Guid Incident) : LedgerCommand;

/// <inheritdoc cref="RecoveryIncidentReported"/>
public sealed record ReportIncident(
    Guid Incident,
    string? Tool,
    ImmutableArray<string>? Versions,
    string? Site,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string Finding,
    IncidentSeverity Severity,
    PartyRef? Operator
) : IncidentCommand(Incident)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Operator = PartyRef.Map(Operator, map),
        };
}

/// <summary>Asks to end an open incident; what it suspended is settled by commands of the ledger that follow.</summary>
public sealed record CloseIncident(Guid Incident, IncidentOutcome Outcome, string? Finding) : IncidentCommand(Incident);
