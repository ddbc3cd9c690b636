using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>The ledger has raised it; nobody has taken it up.</summary>
    Suspected,
    Open,
    Closed,
}

/// <summary>A suspicion or case as folded from its stream.</summary>
/// <param name="Since">When it came to its state.</param>
/// <param name="Events">What shows the pattern.</param>
public sealed record Case(
    Guid Id,
    string Pattern,
    ImmutableArray<Guid> Items,
    ImmutableArray<Guid> Events,
    CaseState State,
    DateTimeOffset RaisedAt,
    DateTimeOffset Since,
    PartyRef? Officer,
    string? Number,
    CaseOutcome? Outcome,
    string? Finding,
    long Version
)
{
    public static Case? Fold(IEnumerable<Recorded> history)
    {
        Case? found = null;
        foreach (var e in history)
            found = Next(found, e);
        return found;
    }

    static Case? Next(Case? found, Recorded e)
    {
        var at = e.Envelope.OccurredAt;
        return (e.Event, found) switch
        {
            (SuspicionRaised s, null) => Of(e, s.Pattern, s.Items, s.Events, CaseState.Suspected),
            (CaseOpened o, _) => (found ?? Of(e, o.Pattern, o.Items, [], CaseState.Open)) with
            {
                State = CaseState.Open,
                Since = at,
                Officer = o.Officer,
                Number = o.Number,
                Version = e.Version,
            },
            (CaseClosed c, not null) => found with
            {
                State = CaseState.Closed,
                Since = at,
                Outcome = c.Outcome,
                Finding = c.Finding,
                Version = e.Version,
            },
            _ => found,
        };
    }

    static Case Of(
        Recorded e,
        string? pattern,
        ImmutableArray<StreamRef>? items,
        ImmutableArray<Guid>? events,
        CaseState state
    ) =>
        new(
            e.StreamId,
            pattern ?? "",
            [.. (items ?? []).Select(i => i.Id)],
            events ?? [],
            state,
            e.Envelope.OccurredAt,
            e.Envelope.OccurredAt,
            null,
            null,
            null,
            null,
            e.Version
        );
}

/// <summary>Raises suspicions, opens and closes cases.</summary>
public static class CaseDecider
{
    /// <param name="found">As it stands; null: there is none yet.</param>
    /// <param name="fromSuspicion">Whether one must be there already.</param>
    public static Decision Decide(LedgerEvent e, Case? found, bool fromSuspicion, DateTimeOffset at, DateTimeOffset now)
    {
        if (Occurrence.Ahead(at, now) is { } ahead)
            return Decision.Refuse(ahead);
        if (found is null && fromSuspicion)
            return Decision.Refuse(new Refusal("case-unknown"));
        return (e, found) switch
        {
            (SuspicionRaised, not null) => Decision.Record(),
            (SuspicionRaised s, null) => Started(e, s.Pattern),
            (CaseOpened o, null) => Started(e, o.Pattern),
            (CaseOpened, { State: CaseState.Suspected }) => Decision.Record(e),
            (CaseClosed, { State: CaseState.Suspected or CaseState.Open }) => Decision.Record(e),
            _ => Decision.Refuse(new Refusal("wrong-state") { CurrentState = WireWords.Of(found!.State) }),
        };
    }

    static Decision Started(LedgerEvent e, string? pattern) =>
        Patterns.Find(pattern) is { Active: true }
            ? Decision.Record(e)
            : Decision.Refuse(
                Refusal
                    .Of(
                        "pattern-not-active",
                        ("value", Bounds.Short(pattern ?? "")),
                        ("known", string.Join(" ", Patterns.Active))
                    )
                    .At("pattern")
            );
}
