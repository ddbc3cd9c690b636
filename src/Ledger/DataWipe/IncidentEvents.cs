using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>
/// Data was recovered, or may be: everything that was wiped with that tool, at that site, in that time is in doubt,
/// also what was wiped long before (domain.md §4.7). It stands on a stream of its own.
/// </summary>
/// <param name="Tool">Name of the tool; null: any.</param>
/// <param name="Versions">Its versions; none: every version.</param>
/// <param name="Site">Market or station where it was wiped; null: anywhere.</param>
/// <param name="Operator">Who wiped it; null: anybody.</param>
/// <param name="From">First instant at which a wipe in doubt may have finished.</param>
/// <param name="To">The last one; both ends belong to it.</param>
public sealed record RecoveryIncidentReported(
    Guid? IncidentId,
    string? Tool = null,
    ImmutableArray<string>? Versions = null,
    string? Site = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Finding = null,
    IncidentSeverity? Severity = null,
    PartyRef? Operator = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Operator = PartyRef.Map(Operator, map),
        };
}

/// <summary>An incident ended with an outcome: it no longer holds its tool, and what it suspended is reinstated or
/// revoked by commands of the ledger that follow.</summary>
public sealed record IncidentClosed(Guid? IncidentId, IncidentOutcome? Outcome = null, string? Finding = null)
    : LedgerEvent;

/// <summary>An attestation in the scope of an incident: its medium passes for uncleared until the incident
/// ends.</summary>
public sealed record WipeSuspended(Guid? IncidentId, Guid? AttestationId = null, string? Reason = null) : LedgerEvent;

/// <summary>The incident that suspended an attestation was unfounded: the attestation stands as before, and so does a
/// medium that rests on it.</summary>
public sealed record WipeReinstated(Guid? IncidentId, Guid? AttestationId = null, string? Reason = null) : LedgerEvent;

/// <summary>The incident that suspended an attestation was confirmed: the attestation counts no more, and a medium that
/// rests on it is uncleared.</summary>
public sealed record WipeRevoked(Guid? IncidentId, Guid? AttestationId = null, string? Reason = null) : LedgerEvent;

/// <summary>How sure a report is: data may be recoverable, or was recovered.</summary>
public enum IncidentSeverity
{
    Suspected,
    Confirmed,
}

/// <summary>What came out: nothing, and what was suspended stands again; or it was true, and is revoked.</summary>
public enum IncidentOutcome
{
    Unfounded,
    Confirmed,
}

/// <summary>Catalogue lines of incidents and what they do to attestations; <see cref="EventCatalog"/> gathers
/// them.</summary>
public static class IncidentEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<RecoveryIncidentReported>(
            "recovery-incident-reported",
            WipeStreams.Incident,
            "数据恢复事件报告",
            "Recovery incident reported"
        ),
        EventLine.Of<IncidentClosed>("incident-closed", WipeStreams.Incident, "事件结案", "Incident closed"),
        ItemEvents.Of<WipeSuspended>("wipe-suspended", "清除记录暂停", "Wipe suspended"),
        ItemEvents.Of<WipeReinstated>("wipe-reinstated", "清除记录恢复", "Wipe reinstated"),
        ItemEvents.Of<WipeRevoked>("wipe-revoked", "清除记录撤销", "Wipe revoked"),
    ];
}
