namespace Api;

/// <summary>The media of an item that can hold data; none with a reason.</summary>
public sealed record MediaBody(IReadOnlyList<MediumBody> Media, string? NoneBecause = null, string? OccurredAt = null);

/// <param name="Ix">Number of the medium within the item, from 0.</param>
/// <param name="Type"><c>hdd</c>, <c>ssd-sata</c>, <c>nvme</c>, <c>emmc</c>, <c>ufs</c>, <c>sd-card</c>,
/// <c>embedded</c>, <c>infotainment</c>, <c>key</c> or <c>dashcam</c>.</param>
/// <param name="Serial">Its serial number; kept in the vault.</param>
public sealed record MediumBody(int Ix, string Type, long? CapacityBytes = null, string? Serial = null);

/// <summary>The owner agrees to the wiping.</summary>
/// <param name="Method">What the owner was told of the method.</param>
/// <param name="Effect">What the owner was told of its effect.</param>
/// <param name="TextHash">SHA-256 of the text that was agreed to.</param>
public sealed record WipeConsentBody(
    string IntakeId,
    IReadOnlyList<int> Media,
    string Method,
    string Effect,
    string Subject,
    string? TextHash = null,
    string? OccurredAt = null
);

/// <summary>One medium was wiped, for one intake.</summary>
/// <param name="ClaimedLevel">What the report says: refused where the evidence does not carry it.</param>
/// <param name="Docs">SHA-256 of each of the tool's reports.</param>
public sealed record WipeBody(
    string IntakeId,
    int MediumIx,
    EvidenceBody Evidence,
    ToolBody Tool,
    string StartedAt,
    string FinishedAt,
    string Operator,
    string? ClaimedLevel = null,
    IReadOnlyList<string>? Docs = null,
    string? OccurredAt = null
);

/// <summary>What is not told of bytes, hidden areas and blocks not reached is unknown, and takes the level down by
/// one.</summary>
/// <param name="Technique">E.g. <c>overwrite</c>, <c>sanitize-block</c>, <c>nvme-sanitize</c>, <c>ufs-purge</c>,
/// <c>factory-reset</c>.</param>
/// <param name="Result"><c>ok</c>, <c>exceptions</c> or <c>failed</c>.</param>
/// <param name="BytesAddressed">How many bytes the technique reached; all that the medium is declared with, or the
/// level is one less.</param>
/// <param name="Unreached">Blocks that could not be reached; 0 where all were.</param>
/// <param name="EncryptedSinceFirstUse"><c>yes</c>, <c>no</c> or <c>unknown</c>; asked of cryptographic
/// erasure.</param>
public sealed record EvidenceBody(
    string Technique,
    string Result,
    int? Passes = null,
    long? BytesAddressed = null,
    HiddenBody? Hidden = null,
    long? Unreached = null,
    string? EncryptedSinceFirstUse = null,
    CheckBody? Check = null
);

/// <summary>Hidden areas of a disk, each <c>absent</c>, <c>cleared</c> or <c>unknown</c>.</summary>
public sealed record HiddenBody(string Hpa, string Dco, string Ama);

/// <param name="Method"><c>full</c>, <c>sampled</c> or <c>none</c>.</param>
public sealed record CheckBody(string Method, long? Sampled = null, long? Total = null, long? Residues = null);

public sealed record ToolBody(string Name, string Version, string? Sha256 = null);

/// <summary>Somebody else checked the wipe.</summary>
/// <param name="Accepted">False records the failure.</param>
public sealed record WipeVerificationBody(
    string AttestationId,
    CheckBody Check,
    ToolBody Tool,
    string Verifier,
    bool Accepted = true,
    string? Reason = null,
    string? OccurredAt = null
);

/// <param name="Technique"><c>disintegrate</c>, <c>melt</c>, <c>incinerate</c>, <c>shred</c>, <c>pulverise</c> or
/// <c>degauss</c>.</param>
/// <param name="Photos">SHA-256 of each photo.</param>
public sealed record DestructionBody(
    string Technique,
    IReadOnlyList<string>? Photos = null,
    long? WeightGrams = null,
    string? OccurredAt = null
);

public sealed record RemovalBody(string? CustodyTo = null, string? OccurredAt = null);

/// <param name="Kind"><c>activation-lock</c>, <c>cloud</c>, <c>digital-key</c> or <c>vehicle-app</c>.</param>
public sealed record UnlinkingBody(string Kind, string? Evidence = null, string? OccurredAt = null);
