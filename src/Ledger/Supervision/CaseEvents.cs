using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>The ledger has seen a pattern on an item: somebody should look (domain.md R14).</summary>
/// <param name="Pattern">A code of <see cref="Patterns"/>.</param>
/// <param name="Events">Ids of the events that show it.</param>
public sealed record SuspicionRaised(
    string? Pattern,
    ImmutableArray<StreamRef>? Items = null,
    ImmutableArray<Guid>? Events = null
) : LedgerEvent;

/// <summary>An authority looks into it: from a suspicion, or of its own accord.</summary>
/// <param name="Officer">Who leads it, by the authority's own word.</param>
public sealed record CaseOpened(
    string? Pattern,
    ImmutableArray<StreamRef>? Items = null,
    PartyRef? Officer = null,
    string? Number = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Officer = PartyRef.Map(Officer, map),
        };
}

/// <summary>An authority closed a case, or dismissed a suspicion, with a finding.</summary>
public sealed record CaseClosed(CaseOutcome? Outcome, string? Finding = null) : LedgerEvent;

/// <summary>What came out.</summary>
public enum CaseOutcome
{
    Unfounded,
    Founded,
}

/// <summary>Catalogue lines of suspicions and cases; <see cref="EventCatalog"/> gathers them.</summary>
public static class CaseEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<SuspicionRaised>("suspicion-raised", CaseStreams.Case, "可疑线索", "Suspicion raised"),
        EventLine.Of<CaseOpened>("case-opened", CaseStreams.Case, "立案", "Case opened"),
        EventLine.Of<CaseClosed>("case-closed", CaseStreams.Case, "结案", "Case closed"),
    ];
}
