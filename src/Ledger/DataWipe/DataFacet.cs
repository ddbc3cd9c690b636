using System.Collections.Immutable;
using Ledger.Custody;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.DataWipe;

/// <summary>Where the data on a medium stands (domain.md §3.2); in rising order of concern.</summary>
public enum DataState
{
    /// <summary>There is no medium.</summary>
    None,
    Gone,
    Cleared,
    Attested,

    /// <summary>An incident put its wipe in doubt.</summary>
    Suspect,
    Uncleared,

    /// <summary>Nobody has said which media there are.</summary>
    Unknown,
}

/// <summary>Media, consents and attestations of an item. The item shows the worst of its media.</summary>
public sealed record DataFacet
{
    public static DataFacet Unknown { get; } = new();

    /// <summary>Null: not declared.</summary>
    public ImmutableArray<Medium>? Media { get; init; }
    public ImmutableArray<Consent> Consents { get; init; } = [];
    public ImmutableArray<Attestation> Attestations { get; init; } = [];
    public ImmutableArray<AccountKind> Unlinked { get; init; } = [];

    /// <summary>It has had an owner who could use it since it was last taken in.</summary>
    public bool Used { get; init; }

    public DataState State =>
        Media is not { } media ? DataState.Unknown
        : media.IsEmpty ? DataState.None
        : media.Max(m => m.State);

    /// <summary>What a sale is judged by: whoever owned it since the wipe may have used it, intake or not.</summary>
    public DataState StateForTrade =>
        Used && State > DataState.Gone && State < DataState.Uncleared ? DataState.Uncleared : State;

    public Medium? MediumOf(int? ix) => Media?.FirstOrDefault(m => m.Ix == ix);

    /// <summary>The attestation of a medium and intake that neither failed nor was answered by a later one.</summary>
    public Attestation? Live(int? ix, Guid? intake) =>
        Attestations.LastOrDefault(a =>
            a.MediumIx == ix
            && a.IntakeId == intake
            && a.State is not (AttestationState.Failed or AttestationState.Revoked)
        );

    public static DataFacet Evolve(DataFacet data, Recorded e) =>
        e.Event switch
        {
            ItemMediaDeclared d => data with
            {
                Media =
                [
                    .. (d.Media ?? []).Select(m => new Medium(
                        m.Ix,
                        m.Type,
                        m.CapacityBytes,
                        m.Handle,
                        DataState.Uncleared,
                        e.EventId
                    )),
                ],
            },
            // Whoever had it since may have left something on it.
            ItemReceived when data.Used => data with
            {
                Used = false,
                Media = data.Media is { } media
                    ? [.. media.Select(m => m.State is DataState.Gone ? m : m with { State = DataState.Uncleared })]
                    : null,
                Unlinked = [],
            },
            WipeConsentGiven c => data with
            {
                Consents = data.Consents.Add(new(c.IntakeId, c.Media ?? [], e.Envelope.OccurredAt)),
            },
            WipeAttested a => data.With(a.MediumIx, DataState.Attested, e.EventId) with
            {
                Attestations = data.Attestations.Add(
                    new(
                        a.AttestationId,
                        a.MediumIx,
                        a.IntakeId,
                        AttestationState.Attested,
                        a.Level,
                        a.Evidence,
                        a.Tool,
                        a.Operator,
                        e.EventId
                    )
                ),
            },
            WipeVerified v when data.Of(v.AttestationId) is { } of => data.With(
                of.MediumIx,
                v.Level is WipeLevel.None ? DataState.Attested : DataState.Cleared,
                e.EventId
            ) with
            {
                Attestations = data.Attestations.Replace(
                    of,
                    of with
                    {
                        State = AttestationState.Verified,
                        Level = v.Level ?? of.Level,
                    }
                ),
            },
            WipeFailed f when data.Of(f.AttestationId) is { } of => data.With(
                of.MediumIx,
                DataState.Uncleared,
                e.EventId
            ) with
            {
                Attestations = data.Attestations.Replace(of, of with { State = AttestationState.Failed }),
            },
            WipeSuspended s when data.Of(s.AttestationId) is { } of => data.Settle(
                of,
                of with
                {
                    State = AttestationState.Suspended,
                    Before = of.State,
                    SuspendedBy = s.IncidentId,
                },
                DataState.Suspect,
                e.EventId
            ),
            WipeReinstated r when data.Of(r.AttestationId) is { State: AttestationState.Suspended } of => data.Settle(
                of,
                of with
                {
                    State = of.Before,
                },
                of.Before is AttestationState.Verified && of.Level is not WipeLevel.None
                    ? DataState.Cleared
                    : DataState.Attested,
                e.EventId
            ),
            WipeRevoked r when data.Of(r.AttestationId) is { } of => data.Settle(
                of,
                of with
                {
                    State = AttestationState.Revoked,
                },
                DataState.Uncleared,
                e.EventId
            ),
            MediumDestroyed { Level: WipeLevel.Destruct or null } d => data.With(d.MediumIx, DataState.Gone, e.EventId),
            MediumRemoved r => data.With(r.MediumIx, DataState.Gone, e.EventId),
            AccountUnlinked { Kind: { } kind } when !data.Unlinked.Contains(kind) => data with
            {
                Unlinked = data.Unlinked.Add(kind),
            },
            ItemHandedOver or OwnershipTransferred or SaleRecorded => data with { Used = true },
            _ => data,
        };

    /// <summary>What an incident does to an attestation; its medium follows where it rests on that attestation and is
    /// still there.</summary>
    DataFacet Settle(Attestation of, Attestation settled, DataState state, Guid by)
    {
        var last = Attestations.LastOrDefault(a => a.MediumIx == of.MediumIx);
        var follows = last?.Id == of.Id && MediumOf(of.MediumIx) is not { State: DataState.Gone };
        return (follows ? With(of.MediumIx, state, by) : this) with
        {
            Attestations = Attestations.Replace(of, settled),
        };
    }

    public Attestation? Of(Guid? attestation) => Attestations.FirstOrDefault(a => a.Id == attestation);

    DataFacet With(int? ix, DataState state, Guid by) =>
        MediumOf(ix) is { } medium
            ? this with
            {
                Media = Media!.Value.Replace(medium, medium with { State = state, Event = by }),
            }
            : this;
}

/// <param name="Handle">Of its serial number; null where none is known.</param>
/// <param name="Event">What its state rests on.</param>
public sealed record Medium(int Ix, MediumType Type, long? CapacityBytes, string? Handle, DataState State, Guid Event);

/// <param name="Media">Numbers of the media it names.</param>
public sealed record Consent(Guid? IntakeId, ImmutableArray<int> Media, DateTimeOffset At);

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
    /// <summary>What it was before it was suspended.</summary>
    public AttestationState Before { get; init; }

    /// <summary>The incident that suspended it.</summary>
    public Guid? SuspendedBy { get; init; }
}

public enum AttestationState
{
    Attested,
    Verified,
    Failed,
    Suspended,
    Revoked,
}
