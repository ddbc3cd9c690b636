using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.DataWipe;

/// <summary>Media of an item, and what becomes of the data on them.</summary>
public abstract record WipeCommand : ItemCommand;

/// <param name="Serial">Its serial number with its handle, where one can be read.</param>
public sealed record MediumToDeclare(int Ix, MediumType Type, long? CapacityBytes, NamedIdentifier? Serial);

public sealed record DeclareMedia(ImmutableArray<MediumToDeclare> Media, string? NoneBecause) : WipeCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf(Media.Select(m => m.Serial).OfType<NamedIdentifier>());
}

public sealed record GiveWipeConsent(
    Guid IntakeId,
    ImmutableArray<int> Media,
    string Method,
    string Effect,
    string? TextHash,
    PartyRef Subject
) : WipeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Subject = map(Subject) };
}

/// <param name="Claimed">What the operator's report says; refused where it is more than the evidence carries.</param>
public sealed record AttestWipe(
    Guid AttestationId,
    int MediumIx,
    Guid IntakeId,
    WipeEvidence Evidence,
    WipeLevel? Claimed,
    WipeTool Tool,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    PartyRef Operator,
    ImmutableArray<string> Docs
) : WipeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Operator = map(Operator) };
}

/// <param name="Accepted">False records the failure: the medium is uncleared again.</param>
public sealed record VerifyWipe(
    Guid AttestationId,
    WipeCheck Check,
    WipeTool Tool,
    PartyRef Verifier,
    bool Accepted,
    string? Reason
) : WipeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Verifier = map(Verifier) };
}

public sealed record DestroyMedium(
    int MediumIx,
    WipeTechnique Technique,
    ImmutableArray<string> Photos,
    long? WeightGrams
) : WipeCommand;

public sealed record RemoveMedium(int MediumIx, PartyRef? CustodyTo) : WipeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            CustodyTo = PartyRef.Map(CustodyTo, map),
        };
}

public sealed record UnlinkAccount(AccountKind Kind, string? Evidence) : WipeCommand;

/// <summary>What an open incident does to an attestation in its scope.</summary>
public sealed record SuspendWipe(Guid IncidentId, Guid AttestationId, string? Reason) : WipeCommand;

/// <summary>What a closed incident does to an attestation that it suspended.</summary>
/// <param name="Outcome">Unfounded: it stands again; confirmed: it is revoked.</param>
public sealed record SettleWipe(Guid IncidentId, Guid AttestationId, IncidentOutcome Outcome, string? Reason)
    : WipeCommand;
