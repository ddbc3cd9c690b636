using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Credit;

/// <summary>Where a credit signal stands; only a live or objected one is shown.</summary>
public enum SignalState
{
    Live,

    /// <summary>The subject has objected; the source has not answered.</summary>
    Objected,

    /// <summary>The source has corrected it after an objection.</summary>
    Corrected,

    /// <summary>An authority has repaired it (信用修复).</summary>
    Repaired,
    Expired,

    /// <summary>Its source has withdrawn it.</summary>
    Withdrawn,
}

/// <summary>One signal of a party, as it stands.</summary>
/// <param name="SharedOn">Shanghai day of its publication.</param>
/// <param name="DueOn">When an open objection must be answered.</param>
/// <param name="Statement">The event with the subject's statement; null where there is none.</param>
public sealed record Signal(
    CreditSignalShared Shared,
    string Source,
    DateOnly SharedOn,
    SignalState State,
    DateOnly? DueOn,
    Guid? Statement,
    Guid Event
)
{
    public Guid Id => Shared.SignalId ?? default;

    /// <summary>Whether a reader is shown it on a day; whatever a timer has or has not done.</summary>
    public bool IsShownOn(DateOnly day) =>
        State is SignalState.Live or SignalState.Objected && (Shared.ExpiresOn is not { } last || day <= last);
}

/// <summary>A consent of the party to one purpose.</summary>
public sealed record Consent(ConsentGiven Given, bool Withdrawn)
{
    public bool Covers(string purpose, string reader, DateOnly day) =>
        !Withdrawn
        && Given.Purpose == purpose
        && (Given.Until is not { } last || day <= last)
        && (Given.Recipients is not { IsDefaultOrEmpty: false } named || named.Contains(reader));
}

/// <summary>What the ledger holds of one party's credit, folded from its stream.</summary>
/// <param name="Told">Signals that their subject was told of before they were shared, with their kind.</param>
/// <param name="Reads">Where each reading of it stands: stream and event.</param>
public sealed record CreditFile(
    ImmutableArray<Signal> Signals,
    ImmutableArray<Consent> Consents,
    ImmutableDictionary<Guid, string> Told,
    ImmutableArray<(Guid Stream, Guid Event)> Reads,
    long Version
)
{
    public static CreditFile Empty { get; } = new([], [], ImmutableDictionary<Guid, string>.Empty, [], 0);

    /// <summary>The roll has the party as a natural person.</summary>
    public bool IsPerson { get; init; }

    public Signal? Of(Guid id) => Signals.FirstOrDefault(s => s.Id == id);

    public static CreditFile Fold(IEnumerable<StoredEvent> history) => history.Aggregate(Empty, Evolve);

    public static CreditFile Evolve(CreditFile file, StoredEvent e) => Next(file, e) with { Version = e.Version };

    static CreditFile Next(CreditFile file, StoredEvent e) =>
        e.Event switch
        {
            PartyRegistered { Kind: PartyNature.Person } => file with { IsPerson = true },
            CreditSignalNotified { SignalId: { } id } told => file with
            {
                Told = file.Told.SetItem(id, told.Kind ?? ""),
            },
            CreditSignalShared shared => file with
            {
                Signals = file.Signals.Add(
                    new(shared, e.Envelope.Actor, e.Envelope.When.Day, SignalState.Live, null, null, e.EventId)
                ),
            },
            CreditStatementRecorded s => file.With(s.SignalId, x => x with { Statement = e.EventId }),
            ObjectionFiled o => file.With(o.SignalId, x => x with { State = SignalState.Objected, DueOn = o.DueOn }),
            ObjectionResolved { Outcome: ObjectionOutcome.Corrected } r => file.With(
                r.SignalId,
                x => x with { State = SignalState.Corrected, DueOn = null }
            ),
            ObjectionResolved r => file.With(r.SignalId, x => x with { State = SignalState.Live, DueOn = null }),
            CreditRepaired r => file.With(r.SignalId, x => x with { State = SignalState.Repaired }),
            CreditSignalExpired x => file.With(x.SignalId, s => s with { State = SignalState.Expired }),
            CreditSignalWithdrawn w => file.With(w.SignalId, x => x with { State = SignalState.Withdrawn }),
            ConsentGiven given => file with { Consents = file.Consents.Add(new(given, false)) },
            ConsentWithdrawn w => file with
            {
                Consents =
                [
                    .. file.Consents.Select(c => c.Given.ConsentId == w.ConsentId ? c with { Withdrawn = true } : c),
                ],
            },
            LinkedFactNoted { Evt: CreditEvents.FileRead, Stream: { } stream, Ref: { } read } => file with
            {
                Reads = file.Reads.Add((stream.Id, read)),
            },
            _ => file,
        };

    CreditFile With(Guid? id, Func<Signal, Signal> change) =>
        this with
        {
            Signals = [.. Signals.Select(s => s.Id == id ? change(s) : s)],
        };
}
