using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.DataWipe;

/// <summary>Media of an item, and what becomes of the data on them.</summary>
public abstract record WipeCommand : ItemCommand
{
    public override bool MovesState => true;
}

/// <summary>A medium that is to be declared.</summary>
/// <param name="Serial">Its serial number with its handle, where one can be read.</param>
/// <param name="Ix">Number of the medium within the item, from 0.</param>
public sealed record MediumToDeclare(int Ix, MediumType Type, long? CapacityBytes, NamedIdentifier? Serial);

/// <summary>Asks to declare the media of the item, or why it has none; refused where they are declared
/// already.</summary>
public sealed record DeclareMedia(ImmutableArray<MediumToDeclare> Media, string? NoneBecause) : WipeCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf(Media.Select(m => m.Serial).OfType<NamedIdentifier>());
}

/// <summary>Asks to record that the owner agrees to the wipe of these media in an open intake.</summary>
/// <param name="Media">Numbers of the media.</param>
/// <param name="Method">What the owner was told of the method.</param>
/// <param name="Effect">What the owner was told of its effect.</param>
/// <param name="TextHash">Hash of the text that was agreed to.</param>
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

/// <summary>Asks to record that a medium was wiped in an open intake; its level is derived from the evidence.</summary>
/// <param name="Claimed">What the operator's report says; refused where it is more than the evidence carries.</param>
/// <param name="Docs">Hashes of the tool's reports.</param>
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

/// <summary>Asks to record that another person, with another tool, read a wiped medium back, and what was
/// found.</summary>
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

/// <summary>Asks to record that a medium was destroyed.</summary>
/// <param name="Photos">Hashes of photos.</param>
public sealed record DestroyMedium(
    int MediumIx,
    WipeTechnique Technique,
    ImmutableArray<string> Photos,
    long? WeightGrams
) : WipeCommand;

/// <summary>Asks to record that a medium was taken out of the item; refused where nobody is named who keeps
/// it.</summary>
public sealed record RemoveMedium(int MediumIx, PartyRef? CustodyTo) : WipeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            CustodyTo = PartyRef.Map(CustodyTo, map),
        };
}

/// <summary>Asks to record that the item was unlinked from an account.</summary>
/// <param name="Evidence">Hash of what shows it.</param>
public sealed record UnlinkAccount(AccountKind Kind, string? Evidence) : WipeCommand
{
    public override bool MovesState => false;
}

/// <summary>What an open incident does to an attestation in its scope.</summary>
public sealed record SuspendWipe(Guid IncidentId, Guid AttestationId, string? Reason) : WipeCommand
{
    public override bool MovesState => false;
}

/// <summary>What a closed incident does to an attestation that it suspended.</summary>
/// <param name="Outcome">Unfounded: it stands again; confirmed: it is revoked.</param>
public sealed record SettleWipe(Guid IncidentId, Guid AttestationId, IncidentOutcome Outcome, string? Reason)
    : WipeCommand
{
    public override bool MovesState => false;
}
