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

    /// <summary>Destroyed or removed.</summary>
    Gone,

    /// <summary>Wiped, and verified by somebody else.</summary>
    Cleared,

    /// <summary>Wiped; nobody has verified it.</summary>
    Attested,

    /// <summary>An incident put its wipe in doubt.</summary>
    Suspect,

    /// <summary>It may hold data.</summary>
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
    public ImmutableArray<WipeConsent> Consents { get; init; } = [];
    public ImmutableArray<Attestation> Attestations { get; init; } = [];
    public ImmutableArray<AccountKind> Unlinked { get; init; } = [];

    /// <summary>It bears the mark 涉密 and was diverted: never for the market.</summary>
    public bool Classified { get; init; }

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

    /// <summary>The attestation of a medium and intake that neither failed nor was answered by a later one; of
    /// one that carries nothing the medium is wiped again.</summary>
    public Attestation? Live(int? ix, Guid? intake) =>
        Attestations.LastOrDefault(a =>
            a.MediumIx == ix
            && a.IntakeId == intake
            && a.State is (AttestationState.Attested or AttestationState.Verified)
            && a.Level is not WipeLevel.None
        );

    public static DataFacet Evolve(DataFacet data, StoredEvent e) =>
        e.Event switch
        {
            ClassifiedDeviceDiverted => data with { Classified = true },
            // What is on the new medium nobody knows: it is wiped like the old one was.
            Goods.PartReplaced { MediumChanged: true } => data.Doubted(),
            // Another register may say that there are media without saying which: then nobody knows.
            ItemMediaDeclared { Media: null or { IsDefaultOrEmpty: true }, NoneBecause: null } => data with
            {
                Media = null,
            },
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
                    ?
                    [
                        .. media.Select(m =>
                            m.State is DataState.Gone ? m : m with { State = DataState.Uncleared, RestsOn = null }
                        ),
                    ]
                    : null,
                Unlinked = [],
            },
            WipeConsentGiven c => data with
            {
                Consents = data.Consents.Add(new(c.IntakeId, c.Media ?? [], e.Envelope.OccurredAt)),
            },
            WipeAttested a => data.With(a.MediumIx, DataState.Attested, e.EventId, a.AttestationId) with
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
                    {
                        HasLog = a.Docs is { IsDefaultOrEmpty: false },
                        At = e.Envelope.OccurredAt,
                        ActedBy = e.Envelope.Actor,
                    }
                ),
            },
            WipeVerified v when data.Of(v.AttestationId) is { State: AttestationState.Attested } of => data.Settle(
                of,
                of with
                {
                    State = AttestationState.Verified,
                    Level = v.Level ?? of.Level,
                },
                Carries(v.Level ?? of.Level) ? DataState.Cleared : DataState.Attested,
                e.EventId
            ),
            WipeFailed f when data.Of(f.AttestationId) is { } of => data.Settle(
                of,
                of with
                {
                    State = AttestationState.Failed,
                },
                DataState.Uncleared,
                e.EventId
            ),
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
            WipeReinstated r
                when data.Of(r.AttestationId) is { State: AttestationState.Suspended } of
                    && of.SuspendedBy == r.IncidentId => data.Settle(
                of,
                of with
                {
                    State = of.Before,
                },
                of.Before is AttestationState.Verified && Carries(of.Level) ? DataState.Cleared : DataState.Attested,
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
            MediumDestroyed { Level: WipeLevel.Destruct } d => data.With(d.MediumIx, DataState.Gone, e.EventId),
            MediumRemoved r => data.With(r.MediumIx, DataState.Gone, e.EventId),
            AccountUnlinked { Kind: { } kind } when !data.Unlinked.Contains(kind) => data with
            {
                Unlinked = data.Unlinked.Add(kind),
            },
            ItemHandedOver or OwnershipTransferred or SaleRecorded => data with { Used = true },
            // Whoever had it abroad used it.
            Exports.DestinationRegistered or Exports.ItemReimported => data with { Used = true },
            _ => data,
        };

    /// <summary>What becomes of an attestation; its medium follows where it rests on that one still: not where it was
    /// used since, wiped anew, or is gone.</summary>
    DataFacet Settle(Attestation of, Attestation settled, DataState state, Guid by)
    {
        var follows = MediumOf(of.MediumIx) is { RestsOn: { } on } && on == of.Id;
        var rests = state is DataState.Uncleared ? null : of.Id;
        return (follows ? With(of.MediumIx, state, by, rests) : this) with
        {
            Attestations = Attestations.Replace(of, settled),
        };
    }

    /// <summary>Every medium is to be wiped again; nothing that was attested speaks of what is in it now.</summary>
    DataFacet Doubted() =>
        this with
        {
            Media = Media is { } media
                ?
                [
                    .. media.Select(m =>
                        m.State is DataState.Gone ? m : m with { State = DataState.Uncleared, RestsOn = null }
                    ),
                ]
                : null,
            Attestations =
            [
                .. Attestations.Select(a =>
                    a.State is AttestationState.Attested or AttestationState.Verified
                        ? a with
                        {
                            State = AttestationState.Revoked,
                        }
                        : a
                ),
            ],
        };

    /// <summary>A level that nobody told is none.</summary>
    static bool Carries(WipeLevel? level) => level is not (null or WipeLevel.None);

    public Attestation? Of(Guid? attestation) => Attestations.FirstOrDefault(a => a.Id == attestation);

    DataFacet With(int? ix, DataState state, Guid by, Guid? restsOn = null) =>
        MediumOf(ix) is { } medium
            ? this with
            {
                Media = Media!.Value.Replace(medium, medium with { State = state, Event = by, RestsOn = restsOn }),
            }
            : this;
}

/// <summary>A medium of the item, as its events leave it.</summary>
/// <param name="Handle">Of its serial number; null where none is known.</param>
/// <param name="Event">What its state rests on.</param>
public sealed record Medium(int Ix, MediumType Type, long? CapacityBytes, string? Handle, DataState State, Guid Event)
{
    /// <summary>The attestation that its state rests on; null where none does.</summary>
    public Guid? RestsOn { get; init; }
}

/// <summary>The owner's agreement to the wipe of these media in one intake.</summary>
/// <param name="Media">Numbers of the media it names.</param>
public sealed record WipeConsent(Guid? IntakeId, ImmutableArray<int> Media, DateTimeOffset At);
