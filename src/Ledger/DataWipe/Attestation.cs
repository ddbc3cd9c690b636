using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>The record that one medium was wiped in one intake, and what became of it.</summary>
public sealed record Attestation(
    Guid? Id,
    int? MediumIx,
    Guid? IntakeId,
    AttestationState State,
    WipeLevel? Level,
    WipeEvidence? Evidence,
    WipeTool? Tool,
    PartyRef? Operator,
    Guid Event
)
{
    /// <summary>The tool's report is on record: without one no evidence carries a level.</summary>
    public bool HasLog { get; init; }

    /// <summary>When it was attested.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who recorded it, whomever the record names as its operator.</summary>
    public string? ActedBy { get; init; }

    /// <summary>What it was before it was suspended.</summary>
    public AttestationState Before { get; init; }

    /// <summary>The incident that suspended it.</summary>
    public Guid? SuspendedBy { get; init; }
}

/// <summary>Where an attestation stands.</summary>
public enum AttestationState
{
    Attested,
    Verified,
    Failed,

    /// <summary>An open incident puts it in doubt.</summary>
    Suspended,

    /// <summary>It counts no more.</summary>
    Revoked,
}
