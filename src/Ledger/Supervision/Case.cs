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
    public static Case? Fold(IEnumerable<StoredEvent> history)
    {
        Case? found = null;
        foreach (var e in history)
            found = Next(found, e);
        return found;
    }

    static Case? Next(Case? found, StoredEvent e)
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
        StoredEvent e,
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
