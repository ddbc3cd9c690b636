using System.Collections.Immutable;
using Ledger.Rules;

namespace Ledger.Kernel;

/// <summary>What a decider that is about several streams answers for one of them.</summary>
public sealed record StreamDecision(Guid Stream, StreamKind Kind, Decision Decision);

/// <summary>What a decider answers: events with the verdicts that were judged, or refusals. No events: nothing to
/// do.</summary>
public sealed record Decision
{
    public ImmutableArray<LedgerEvent> Events { get; private init; } = [];
    public ImmutableArray<Verdict> Verdicts { get; private init; } = [];
    public ImmutableArray<Refusal> Refusals { get; private init; } = [];

    /// <summary>Reservations it takes, changes or frees, each with the value it was decided on.</summary>
    public ImmutableArray<ReservationChange> Reservations { get; private init; } = [];

    /// <summary>What was read contradicts itself, as a sentence: nothing may rest on it any more. Null: it
    /// fits.</summary>
    public string? Contradiction { get; private init; }

    public bool IsRefused => !Refusals.IsEmpty;

    public static Decision Record(params ImmutableArray<LedgerEvent> events) => new() { Events = events };

    public static Decision Refuse(params ImmutableArray<Refusal> refusals) => new() { Refusals = refusals };

    public static Decision Contradict(string what) => new() { Contradiction = what };

    /// <summary>The same decision with further verdicts to keep.</summary>
    public Decision Noting(ImmutableArray<Verdict> verdicts) => this with { Verdicts = Verdicts.AddRange(verdicts) };

    public Decision Taking(params ImmutableArray<ReservationChange> reservations) =>
        this with
        {
            Reservations = Reservations.AddRange(reservations),
        };

    /// <summary>The same decision with the verdicts it rests on; verdicts that refuse turn it into a refusal.</summary>
    public Decision WithVerdicts(Judgement judgement) =>
        IsRefused ? this
        : judgement.Refusals.IsEmpty ? this with { Verdicts = judgement.Recorded }
        : Refuse(judgement.Refusals);
}
